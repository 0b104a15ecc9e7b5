/*
 * Values as the spikes that a network is given: the count of each neuron (spikeCounts.ts), written in one of four ways.
 *
 * c    count of a neuron, 0..M: 0 is no spike in any way          I    steps between two spikes
 *
 * count      c spikes of value 1, at j I                          j = 0 .. c - 1
 * rate       c spikes of value 1, at floor(j M I / c)             as many, spread over the M intervals of a full count
 * temporal   one spike of value 1, at (M - c) I                   earlier for more
 * charge     one spike of value c / M, at 0
 *
 * So all four say the same count, and differ in how they say it. None is later than (M - 1) I.
 */
import { type InputRange, spikeCounts, type SpikeCountCode } from './spikeCounts.ts'

export const waysWithin = ['count', 'charge', 'temporal', 'rate'] as const
type WayWithin = (typeof waysWithin)[number]

/** How the inputs of a network become spikes, and for how long a network runs on them. */
export interface InputEncoding extends SpikeCountCode {
  /** How a neuron says its count. */
  readonly within: WayWithin
  readonly intervalSteps: number
  readonly runSteps: number
}

/** Why a code cannot be, as a sentence that says what to change; undefined where it can. */
export const codeProblem = ({
  code,
  neuronsPerInput,
}: Pick<InputEncoding, 'code' | 'neuronsPerInput'>): string | undefined => {
  if (code === 'flip-flop' && neuronsPerInput % 2 !== 0)
    return `flip-flop needs an even neuronsPerInput, not ${neuronsPerInput}`
  // One neuron of a triangle would answer the same to every value.
  return (code === 'argyle' || code === 'triangle') && neuronsPerInput < 2
    ? `${code} needs a neuronsPerInput of at least 2`
    : undefined
}

/** Why spikes do not fit a run, as a sentence that says what to change; undefined where they do. */
export const timeProblem = ({
  within,
  maxSpikes,
  intervalSteps,
  runSteps,
}: Pick<InputEncoding, 'within' | 'maxSpikes' | 'intervalSteps' | 'runSteps'>): string | undefined => {
  const last = (maxSpikes - 1) * intervalSteps
  return within !== 'charge' && last >= runSteps
    ? `the last of ${maxSpikes} spikes every ${intervalSteps} steps is at step ${last}, but a run of ${runSteps} steps ends at step ${runSteps - 1}: it needs fewer maxSpikes, shorter intervalSteps or longer runSteps`
    : undefined
}

/** Why an encoding cannot be; undefined where it can. */
export const encodingProblem = (encoding: InputEncoding): string | undefined =>
  codeProblem(encoding) ?? timeProblem(encoding)

/** When a neuron of a count spikes, and the value of each of its spikes. */
const spikesOf = ({ within, maxSpikes, intervalSteps }: InputEncoding, count: number) => {
  const times = (at: (spike: number) => number): readonly number[] => Array.from({ length: count }, (_, j) => at(j))
  switch (within) {
    case 'count':
      return { steps: times((j) => j * intervalSteps), value: 1 }
    case 'rate':
      return { steps: times((j) => Math.floor((j * maxSpikes * intervalSteps) / count)), value: 1 }
    case 'temporal':
      return { steps: count === 0 ? [] : [(maxSpikes - count) * intervalSteps], value: 1 }
    case 'charge':
      return { steps: count === 0 ? [] : [0], value: count / maxSpikes }
  }
}

/** The input spikes of samples or decisions, one after the other: those of a sample by step, those of a step by input neuron. */
export interface InputSpikes {
  /** [samples + 1]: where those of a sample begin; the last is the number of spikes. */
  readonly offsets: Uint32Array
  /** [spikes]. */
  readonly steps: Uint32Array
  /** [spikes]: places of the input neurons; those of an input follow each other. */
  readonly inputs: Uint32Array
  /** [spikes], in (0, 1]. */
  readonly values: Float64Array
}

/** Encodes the values of one sample after the other. */
interface InputEncoder {
  /** Input neurons that a network needs for it. */
  readonly neurons: number
  /**
   * @param values one for each range
   * @returns the spikes of this sample alone, as views of the encoder's memory: they hold until the next call
   */
  readonly encode: (values: ArrayLike<number>) => InputSpikes
}

/** @throws {RangeError} when the encoding is none */
export const createInputEncoder = (encoding: InputEncoding, ranges: readonly InputRange[]): InputEncoder => {
  const problem = encodingProblem(encoding)
  if (problem !== undefined) throw new RangeError(problem)
  const patterns = Array.from({ length: encoding.maxSpikes + 1 }, (_, count) => spikesOf(encoding, count))
  const mostOfNeuron = Math.max(...patterns.map(({ steps }) => steps.length))
  const neurons = ranges.length * encoding.neuronsPerInput
  const counts = new Uint32Array(neurons)
  const span = 1 + Math.max(...patterns.flatMap(({ steps }) => steps))
  /** Where the next spike of a step belongs, one place further on. */
  const places = new Uint32Array(span + 1)
  const steps = new Uint32Array(neurons * mostOfNeuron)
  const inputs = new Uint32Array(steps.length)
  const values = new Float64Array(steps.length)

  const encode = (sample: ArrayLike<number>): InputSpikes => {
    places.fill(0)
    for (const [input, range] of ranges.entries()) {
      const own = spikeCounts(encoding, sample[input] ?? NaN, range)
      counts.set(own, input * encoding.neuronsPerInput)
      for (const count of own) {
        for (const step of patterns[count]?.steps ?? []) places[step + 1] = (places[step + 1] ?? 0) + 1
      }
    }
    for (let step = 0; step < span; step++) places[step + 1] = (places[step + 1] ?? 0) + (places[step] ?? 0)
    const found = places[span] ?? 0
    for (let neuron = 0; neuron < neurons; neuron++) {
      const pattern = patterns[counts[neuron] ?? 0]
      if (pattern === undefined) continue
      for (const step of pattern.steps) {
        const place = places[step] ?? 0
        places[step] = place + 1
        steps[place] = step
        inputs[place] = neuron
        values[place] = pattern.value
      }
    }
    return {
      offsets: Uint32Array.of(0, found),
      steps: steps.subarray(0, found),
      inputs: inputs.subarray(0, found),
      values: values.subarray(0, found),
    }
  }
  return { neurons, encode }
}

/**
 * The number that a table had where a dataset has it in single precision: the decimal of up to six digits that rounds to it, and
 * otherwise the number itself. A rounded 6.1 lies on another side of the middle of 4.3 and 7.9 than 6.1 does.
 */
export const asWritten = (single: number): number => {
  const decimal = Number(single.toPrecision(6))
  return Math.fround(decimal) === single ? decimal : single
}

/** The lowest and the highest value of each column. @throws {RangeError} when there is no row */
export const rangesOf = (rows: readonly ArrayLike<number>[]): readonly InputRange[] => {
  const [first] = rows
  if (first === undefined) throw new RangeError('a table without rows has no ranges')
  return Array.from({ length: first.length }, (_, column) => {
    let [low, high] = [Infinity, -Infinity]
    for (const row of rows) {
      const value = row[column] ?? NaN
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    return { low, high }
  })
}

/**
 * The input spikes of a table, every row a sample.
 * @param ranges of the whole data set, so that samples to learn from and to test on are encoded alike
 * @throws {RangeError} when the encoding is none
 */
export const encodeTable = (
  rows: readonly ArrayLike<number>[],
  ranges: readonly InputRange[],
  encoding: InputEncoding,
): InputSpikes => {
  const { encode } = createInputEncoder(encoding, ranges)
  const offsets = new Uint32Array(rows.length + 1)
  for (const [row, sample] of rows.entries()) offsets[row + 1] = (offsets[row] ?? 0) + encode(sample).steps.length
  const spikes = offsets[rows.length] ?? 0
  const table = { steps: new Uint32Array(spikes), inputs: new Uint32Array(spikes), values: new Float64Array(spikes) }
  for (const [row, sample] of rows.entries()) {
    const own = encode(sample)
    table.steps.set(own.steps, offsets[row])
    table.inputs.set(own.inputs, offsets[row])
    table.values.set(own.values, offsets[row])
  }
  return { offsets, ...table }
}

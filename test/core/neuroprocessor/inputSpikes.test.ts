import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  asWritten,
  createInputEncoder,
  encodeTable,
  encodingProblem,
  type InputEncoding,
  type InputSpikes,
  rangesOf,
  waysWithin,
} from '../../../src-core/neuroprocessor/inputSpikes.ts'
import { spikeCodes, spikeCounts } from '../../../src-core/neuroprocessor/spikeCounts.ts'

const encoding: InputEncoding = {
  code: 'flip-flop',
  neuronsPerInput: 2,
  within: 'count',
  maxSpikes: 4,
  intervalSteps: 3,
  runSteps: 20,
}
const triples = ({ steps, inputs, values }: InputSpikes) =>
  Array.from(steps, (step, place) => [step, inputs[place], values[place]])

describe('createInputEncoder', () => {
  /** Counts of 3 and 0 of one input, of 0 and 2 of another. */
  const spikesBy = (within: InputEncoding['within']) =>
    triples(
      createInputEncoder({ ...encoding, within }, [
        { low: 0, high: 8 },
        { low: 0, high: 8 },
      ]).encode([1, 6]),
    )

  it('says the same counts in four ways', () => {
    expect(spikesBy('count')).toEqual([
      [0, 0, 1],
      [0, 3, 1],
      [3, 0, 1],
      [3, 3, 1],
      [6, 0, 1],
    ])
    // 3 spikes over the 12 steps of a full count, and 2.
    expect(spikesBy('rate')).toEqual([
      [0, 0, 1],
      [0, 3, 1],
      [4, 0, 1],
      [6, 3, 1],
      [8, 0, 1],
    ])
    expect(spikesBy('temporal')).toEqual([
      [3, 0, 1],
      [6, 3, 1],
    ])
    expect(spikesBy('charge')).toEqual([
      [0, 0, 3 / 4],
      [0, 3, 2 / 4],
    ])
  })

  it('has no spike behind the last of a full count, and none of a neuron twice in a step', () => {
    for (const within of waysWithin) {
      for (let maxSpikes = 1; maxSpikes <= 12; maxSpikes++) {
        const code = { ...encoding, within, maxSpikes, runSteps: (maxSpikes - 1) * 3 + 1 }
        const { neurons, encode } = createInputEncoder(code, [{ low: 0, high: 1 }])
        expect(neurons).toBe(2)
        for (let value = 0; value <= 1; value += 1 / 16) {
          const spikes = encode([value])
          expect(Math.max(0, ...spikes.steps)).toBeLessThan(code.runSteps)
          const places = Array.from(spikes.steps, (step, place) => step * 2 + (spikes.inputs[place] ?? 0))
          expect(places).toEqual([...new Set(places)].sort((one, other) => one - other))
        }
      }
    }
  })

  it('gives each neuron the spikes of its count, by every code', () => {
    for (const code of spikeCodes) {
      for (const value of [-1, 0, 0.3, 1, 2]) {
        const settings = { ...encoding, code, neuronsPerInput: 4 }
        const spikes = createInputEncoder(settings, [{ low: 0, high: 1 }]).encode([value])
        const counts = [0, 1, 2, 3].map((neuron) => spikes.inputs.filter((input) => input === neuron).length)
        expect(counts, `${code} of ${value}`).toEqual(spikeCounts(settings, value, { low: 0, high: 1 }))
      }
    }
  })

  it('refuses what cannot be', () => {
    expect(() => createInputEncoder({ ...encoding, neuronsPerInput: 3 }, [])).toThrow('even neuronsPerInput')
  })
})

describe('encodeTable', () => {
  it.each(['iris', 'wine'])('gives each sample of %s its golden spikes', (name) => {
    const text = readFileSync(
      new URL(`../../golden/eons/classify${name === 'iris' ? 'Iris' : 'Wine'}.json`, import.meta.url),
      'utf8',
    )
    const golden = JSON.parse(text) as { feature_min: number[]; feature_max: number[]; input_counts: number[][] }
    const table = readFileSync(new URL(`../../../resources/tables/${name}.csv`, import.meta.url), 'utf8')
    // As a dataset keeps them, and as the table has them.
    const rows = table
      .trim()
      .split('\n')
      .slice(1)
      .map((line) =>
        line
          .split(',')
          .slice(0, -1)
          .map((cell) => asWritten(Math.fround(Number(cell)))),
      )
    const ranges = rangesOf(rows)
    expect(ranges.map(({ low }) => low)).toEqual(golden.feature_min)
    expect(ranges.map(({ high }) => high)).toEqual(golden.feature_max)
    const spikes = encodeTable(rows, ranges, { ...encoding, maxSpikes: 8, intervalSteps: 2, runSteps: 40 })
    const counts = rows.map((row, sample) => {
      const own = new Array<number>(2 * row.length).fill(0)
      for (let place = spikes.offsets[sample] ?? 0; place < (spikes.offsets[sample + 1] ?? 0); place++) {
        const input = spikes.inputs[place] ?? -1
        expect(spikes.steps[place]).toBe(2 * (own[input] ?? NaN))
        own[input] = (own[input] ?? 0) + 1
      }
      return own
    })
    expect(counts).toEqual(golden.input_counts)
  })
})

describe('asWritten', () => {
  it('gives back decimals of six digits, and leaves other numbers alone', () => {
    expect([6.1, 0.026873, 1680, 0, -2.5e-7].map((value) => asWritten(Math.fround(value)))).toEqual([
      6.1, 0.026873, 1680, 0, -2.5e-7,
    ])
    expect(asWritten(Math.fround(Math.PI))).toBe(Math.fround(Math.PI))
  })
})

describe('encodingProblem', () => {
  it('names what cannot be, and says what to do', () => {
    expect(encodingProblem({ ...encoding, neuronsPerInput: 3 })).toContain('even neuronsPerInput, not 3')
    expect(encodingProblem({ ...encoding, code: 'argyle', neuronsPerInput: 1 })).toContain('at least 2')
    expect(encodingProblem({ ...encoding, code: 'triangle', neuronsPerInput: 1 })).toContain('at least 2')
    expect(encodingProblem({ ...encoding, runSteps: 9 })).toContain(
      'the last of 4 spikes every 3 steps is at step 9, but a run of 9 steps ends at step 8: it needs fewer maxSpikes',
    )
    expect(encodingProblem({ ...encoding, runSteps: 10 })).toBeUndefined()
    expect(encodingProblem({ ...encoding, runSteps: 1, within: 'charge' })).toBeUndefined()
    expect(encodingProblem({ ...encoding, code: 'bins', neuronsPerInput: 1 })).toBeUndefined()
  })
})

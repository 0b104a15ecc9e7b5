import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import { answerMargin, type Decoder, decodeAnswer, outputsFor } from '../../../src-core/neuroprocessor/decoders.ts'
import {
  asWritten,
  encodeTable,
  type InputEncoding,
  type InputSpikes,
} from '../../../src-core/neuroprocessor/inputSpikes.ts'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import type { InputRange } from '../../../src-core/neuroprocessor/spikeCounts.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { Dataset, LabelledSamples } from '../../datasets/dataset.ts'
import type { DatasetSplit, SampleSelection } from '../../datasets/splitDataset.ts'
import type { Neuroprocessor } from '../../engines/neuroprocessor/neuroprocessor.ts'
import { AskedSpikes } from '../askedSpikes.ts'
import { inputLayer } from '../spikeTotals.ts'
import type { TestResult } from '../testing.ts'
import type { Judged, Problem } from './problem.ts'

/** How values become spikes and spikes answers. */
export interface Coding {
  readonly encoding: InputEncoding
  readonly outputDecoder: Decoder
  /** First samples, or decisions, that silence is judged by. */
  readonly silentSamples: number
}

/** Input spikes that samples can have together: their memory is a gigabyte. */
const mostSpikes = 5e7
/** Samples that are shown between two turns. */
const testedAtOnce = 2000

/** The values of a sample, as its table or its image has them. */
export const featuresOf = (part: LabelledSamples, index: number): ArrayLike<number> => {
  switch (part.kind) {
    case 'images':
      return part.imageAt(index)
    case 'values':
      return Array.from(part.valuesAt(index), asWritten)
    case 'events':
      throw new TypeError('recordings of events have no table of values')
  }
}

/** The range of each value over the whole data set, so that samples to learn from and to test on are encoded alike. */
export const featureRanges = ({ train, test, frames, rows, columns, sampleShape }: Dataset): readonly InputRange[] => {
  const values = rows * columns * sampleShape.channels
  if (train.kind !== 'values' || test.kind !== 'values') {
    return Array.from({ length: frames * values }, () => ({ low: 0, high: 255 }))
  }
  const [ofTrain, ofTest] = [train.range(), test.range()]
  const ranges = Array.from({ length: values }, (_, place) => ({
    low: asWritten(Math.min(ofTrain.lowest[place] ?? 0, ofTest.lowest[place] ?? 0)),
    high: asWritten(Math.max(ofTrain.highest[place] ?? 0, ofTest.highest[place] ?? 0)),
  }))
  return Array.from({ length: frames }, () => ranges).flat()
}

const encoded = ({ part, indices }: SampleSelection, ranges: readonly InputRange[], encoding: InputEncoding) => {
  const most = indices.length * ranges.length * encoding.neuronsPerInput * encoding.maxSpikes
  if (most > mostSpikes) {
    throw new ImpossibleNetwork(
      `${indices.length} samples of ${ranges.length} values would be up to ${most.toLocaleString('en')} input spikes: take fewer ` +
        '`dataset.trainSamples`, neuronsPerInput or maxSpikes',
    )
  }
  return encodeTable(
    indices.map((index) => featuresOf(part, index)),
    ranges,
    encoding,
  )
}

interface TableParts extends Coding {
  readonly definition: Pick<StudyDefinition, 'objective' | 'constraints'>
  readonly dataset: Dataset
  readonly split: DatasetSplit
  readonly createProcessor: () => Neuroprocessor
}

/** Samples that a network is to tell apart; fitness is the share of the training samples that it answers right. */
export class TableProblem implements Problem {
  readonly inputs: number
  readonly outputs: number
  readonly ranges: readonly InputRange[]
  readonly #parts: TableParts
  readonly #training: Neuroprocessor

  /** @throws {ImpossibleNetwork} when the samples would be too many spikes */
  constructor(parts: TableParts) {
    const { dataset, split, encoding, outputDecoder, createProcessor } = parts
    this.#parts = parts
    this.ranges = featureRanges(dataset)
    this.inputs = this.ranges.length * encoding.neuronsPerInput
    this.outputs = outputsFor({ decoder: outputDecoder, answers: dataset.classes })
    this.#training = createProcessor()
    this.#training.setSamples(encoded(split.training, this.ranges, encoding))
  }

  judge(network: NeuroNetwork): Judged {
    const { split, encoding, silentSamples } = this.#parts
    const { part, indices } = split.training
    const first = Math.min(silentSamples, indices.length)
    this.#training.load(network)
    const shown = this.#training.runSamples({ from: 0, to: first, steps: encoding.runSteps })
    const outputSpikes = shown.outputCounts.reduce((sum, count) => sum + count, 0)
    if (outputSpikes === 0) return { fitness: { state: 'silent' }, outputSpikes }
    const rest = this.#training.runSamples({ from: first, to: indices.length, steps: encoding.runSteps })
    let [correct, margin] = [0, 0]
    for (const [from, results] of [[0, shown] as const, [first, rest] as const]) {
      for (const [place, outputs] of this.#outputsOf(results).entries()) {
        const label = part.labels[indices[from + place] ?? 0] ?? 0
        correct += Number(decodeAnswer(this.#reading, outputs) === label)
        margin += answerMargin(this.#reading, outputs, label)
      }
    }
    const samples = indices.length
    const fitness = {
      score: correct / samples,
      margin: margin / samples,
      spikes: (shown.spikes + rest.spikes) / samples,
    }
    return { fitness: { state: 'measured', ...fitness }, outputSpikes }
  }

  async test(network: NeuroNetwork, turn: (done: number, planned: number) => Promise<void>): Promise<TestResult> {
    const { definition, dataset, split, encoding, createProcessor } = this.#parts
    const { part, indices } = split.evaluation
    const samples = encoded(split.evaluation, this.ranges, encoding)
    const processor = createProcessor()
    processor.setSamples(samples)
    processor.load(network)
    const confusion = Array.from({ length: dataset.classes }, () => new Array<number>(dataset.classes).fill(0))
    const asked = new AskedSpikes(definition)
    let [correct, spikes, accumulates] = [0, 0, 0]
    for (let from = 0; from < indices.length; from += testedAtOnce) {
      await turn(from, indices.length)
      const to = Math.min(from + testedAtOnce, indices.length)
      const results = processor.runSamples({ from, to, steps: encoding.runSteps })
      spikes += results.spikes
      accumulates += results.accumulates
      for (const [place, outputs] of this.#outputsOf(results).entries()) {
        const label = part.labels[indices[from + place] ?? 0] ?? 0
        const answer = decodeAnswer(this.#reading, outputs)
        correct += Number(answer === label)
        const row = confusion[label]
        if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1
        asked.add(label, (layer) => (layer === inputLayer ? spikesAt(samples, from + place) : NaN))
      }
    }
    const accuracy = correct / indices.length
    const metrics = {
      accuracy,
      testSamples: indices.length,
      neurons: network.neurons.length,
      synapses: network.synapses.length,
      synapticOperationsPerSample: accumulates / indices.length,
      spikesPerSample: spikes / indices.length,
      testSpikesPerSampleInput: samples.steps.length / indices.length,
      ...asked.perSample(),
    }
    return { accuracy, confusion, metrics }
  }

  get #reading() {
    const { dataset, encoding, outputDecoder } = this.#parts
    return { decoder: outputDecoder, answers: dataset.classes, runSteps: encoding.runSteps }
  }

  /** What the outputs did in each of the samples that were run. */
  #outputsOf({ outputCounts, outputFirsts }: ReturnType<Neuroprocessor['runSamples']>) {
    return Array.from({ length: outputCounts.length / this.outputs }, (_, sample) => {
      const own = [sample * this.outputs, (sample + 1) * this.outputs] as const
      return { fires: outputCounts.subarray(...own), firstSteps: outputFirsts.subarray(...own) }
    })
  }
}

const spikesAt = ({ offsets }: InputSpikes, sample: number): number =>
  (offsets[sample + 1] ?? 0) - (offsets[sample] ?? 0)

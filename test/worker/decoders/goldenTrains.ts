import { readFileSync } from 'node:fs'
import type { SpikeTrain } from '../../../src-worker/decoders/decoder.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../golden/${name}`, import.meta.url), 'utf8'))

interface LabelledSpikes {
  /** [sample][step] neurons */
  readonly spikes: readonly (readonly (readonly number[])[])[]
  readonly labels: readonly number[]
}

/** Values of BindsNET. */
export const golden = read('decoders.json') as {
  readonly neurons: number
  readonly classes: number
  readonly train: LabelledSpikes
  readonly test: LabelledSpikes
  readonly assignLabels: readonly {
    readonly assignments: readonly number[]
    readonly proportions: readonly (readonly number[])[]
    readonly rates: readonly (readonly number[])[]
  }[]
  readonly ngramScores: Readonly<Record<string, readonly number[]>>
  readonly predictions: Readonly<Record<'all' | 'vote' | '2gram', readonly number[]>>
}

/** Values of scikit-learn on the same spikes. */
export const goldenLinear = read('linearDecoders.json') as {
  readonly cases: readonly {
    readonly decoder: 'log' | 'svm'
    readonly regularisation: number
    readonly weights: readonly (readonly number[])[]
    readonly intercepts: readonly number[]
    readonly predictions: readonly number[]
  }[]
}

export interface Sample {
  readonly spikes: SpikeTrain
  readonly label: number
}

const samplesOf = ({ spikes, labels }: LabelledSpikes): Sample[] =>
  spikes.map((steps, index) => ({
    spikes: {
      neurons: Uint32Array.from(steps.flat()),
      steps: Uint32Array.from(steps.flatMap((neurons, step) => neurons.map(() => step))),
    },
    label: labels[index] ?? -1,
  }))

export const trainSamples = samplesOf(golden.train)
export const testSamples = samplesOf(golden.test)

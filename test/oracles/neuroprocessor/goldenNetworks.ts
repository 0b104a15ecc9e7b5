/** The golden values of the processor, as our networks: recorded from TENNLab's RISP (eons.md section 12). */
import { readFileSync } from 'node:fs'
import type { NeuroNetwork } from '../../../src-core/neuroprocessor/network.ts'
import { type ProcessorSettings, processorSchema } from '../../../src-core/neuroprocessor/processor.ts'

export type RispSettings = Extract<ProcessorSettings, { type: 'risp' }>
type Parameters = Readonly<Record<string, unknown>>
type Edge = readonly [from: number, to: number, weight: number, delay: number]

export interface GoldenResult {
  readonly fire_times: number[][]
  readonly charges: number[]
  readonly output_counts: number[]
  readonly time: number
  readonly fires_in_run: number
  readonly accumulates_in_run: number
}
export type GoldenAction =
  | {
      readonly op: 'spikes'
      readonly normalized: boolean
      readonly spikes: readonly (readonly [number, number, number])[]
    }
  | { readonly op: 'run'; readonly duration: number }
  | { readonly op: 'clear' }

interface RispCase {
  readonly name: string
  readonly settings: RispSettings
  readonly network: NeuroNetwork
  readonly actions: readonly GoldenAction[]
  readonly results: readonly GoldenResult[]
}

const goldenFolder = new URL('../../golden/eons/', import.meta.url)
const read = (name: string, folder = goldenFolder): unknown =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))

const settingsOf = (parameters: Parameters): RispSettings => {
  const names = Object.entries(parameters).map(([name, value]) => [
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  const settings: ProcessorSettings = processorSchema.parse({ type: 'risp', ...Object.fromEntries(names) })
  if (settings.type !== 'risp') throw new Error('the golden networks are of RISP')
  return settings
}

const synapsesOf = (edges: readonly Edge[]): NeuroNetwork['synapses'] =>
  edges.map(([from, to, weight, delay]) => ({ from, to, weight, delay }))

/** Whether charges are the original's: floating ones within 1e-9, as they are summed in another order. */
export const sameCharges = (
  { discrete }: RispSettings,
  found: readonly number[],
  expected: readonly number[] = [],
): boolean =>
  found.length === expected.length &&
  found.every((charge, neuron) => Math.abs(charge - (expected[neuron] ?? NaN)) <= (discrete ? 0 : 1e-9))

export const rispCases = (): readonly RispCase[] => {
  const { cases } = read('rispNetworks') as {
    cases: {
      name: string
      proc_params: Parameters
      nodes: { id: number; threshold: number; leak?: number }[]
      inputs: number[]
      outputs: number[]
      edges: Edge[]
      actions: GoldenAction[]
      results: GoldenResult[]
    }[]
  }
  return cases.map(({ name, proc_params, nodes, inputs, outputs, edges, actions, results }) => ({
    name,
    settings: settingsOf(proc_params),
    network: {
      neurons: nodes.map(({ id, threshold, leak = 0 }) => ({ id, threshold, leak, axonalDelay: 0 })),
      inputs,
      outputs,
      synapses: synapsesOf(edges),
    },
    actions,
    results,
  }))
}

export interface ClassifyCase {
  readonly settings: RispSettings
  readonly network: NeuroNetwork
  /** [sample][input]: spikes, the j-th at step j * interval. */
  readonly inputCounts: readonly (readonly number[])[]
  readonly outputCounts: readonly (readonly number[])[]
  readonly interval: number
  readonly steps: number
}

/** @param folder of the golden files; a bundle lies elsewhere than this file */
export const classifyCase = (name: 'Iris' | 'Wine', folder?: URL): ClassifyCase => {
  const golden = read(`classify${name}`, folder) as {
    proc_params: Parameters
    nodes: [number, number][]
    edges: Edge[]
    n_in: number
    n_out: number
    encoder: { interval: number }
    sim_time: number
    input_counts: number[][]
    output_counts: number[][]
  }
  const ids = Array.from({ length: golden.n_in + golden.n_out }, (_, id) => id)
  return {
    settings: settingsOf(golden.proc_params),
    network: {
      neurons: golden.nodes.map(([id, threshold]) => ({ id, threshold, leak: 0, axonalDelay: 0 })),
      inputs: ids.slice(0, golden.n_in),
      outputs: ids.slice(golden.n_in),
      synapses: synapsesOf(golden.edges),
    },
    inputCounts: golden.input_counts,
    outputCounts: golden.output_counts,
    interval: golden.encoder.interval,
    steps: golden.sim_time,
  }
}

/** The samples of such a case as input spikes. */
export const samplesOf = ({ inputCounts, interval }: Pick<ClassifyCase, 'inputCounts' | 'interval'>) => {
  const spikes = inputCounts.map((counts) =>
    counts.flatMap((count, input) => Array.from({ length: count }, (_, spike) => ({ step: spike * interval, input }))),
  )
  const offsets = [0]
  for (const sample of spikes) offsets.push((offsets.at(-1) ?? 0) + sample.length)
  const all = spikes.flat()
  return {
    offsets,
    steps: all.map(({ step }) => step),
    inputs: all.map(({ input }) => input),
    values: all.map(() => 1),
  }
}

export const caspianLeaks = (): readonly { charge: number; leak: number; dt: number; result: number }[] =>
  (read('caspianLeak') as { rows: { charge: number; leak: number; dt: number; result: number }[] }).rows

/**
 * A network on a neuromorphic processor. Order of calls: layOut, (memory grown, the network and the parameters written,)
 * prepare; then runs: begin, advance step by step or to the end, finish; or runSamples.
 */
import { advanceCaspian } from './caspian'
import { clearLanes, forgetLaneTotals, laneAccumulates, laneFires, showInLanes } from './lanes'
import * as layout from './layout'
import { At } from './layout'
import { advanceDiscrete, advanceFloating, settle } from './risp'
import * as state from './state'

export {
  layOut,
  neuronRecords,
  synapses,
  inputNeurons,
  outputNeurons,
  firedNow,
  rowShift,
  runSpikes,
  sampleSpikes,
  sampleOffsets,
  sampleCounts,
  sampleFirsts,
  laneSpikes,
  laneOffsets,
} from './layout'
export { minPotential, fireLikeRavens } from './risp'
export { softReset, leaked } from './caspian'
export { spikes, accumulates, firedCount } from './state'

/** The processor: 0: RISP of integers, 1: RISP of floating numbers, 2: Caspian. */
export let processor: i32 = 0

/** Whether samples may be shown eight at a time. */
export let inLanes: bool = false

/** Totals over the samples of the last call of `runSamples`. */
export let totalSpikes: f64 = 0
export let totalAccumulates: f64 = 0

/** Once the network is written. */
export function prepare(): void {
  if (inLanes) clearLanes()
  clear()
}

export function clear(): void {
  state.clearQueue()
  state.clearActivity()
}

/** Begins a run with the input spikes in `runSpikes`. */
export function begin(steps: i32, inputSpikes: i32, records: bool): void {
  state.beginRun(steps, records)
  state.setInputs(layout.runSpikes, layout.runSpikes + ((<usize>inputSpikes) << 4))
}

/** Goes on to a step of the run. */
export function advance(until: i32): void {
  state.forgetFired()
  go(until, true)
}

export function finish(): void {
  if (processor != 2) settle(processor == 0)
  state.endRun()
}

function go(until: i32, keeps: bool): void {
  if (processor == 0) advanceDiscrete(until, keeps)
  else if (processor == 1) advanceFloating(until, keeps)
  else advanceCaspian(until, keeps)
}

/** Shows samples, each without a trace of the one before. The queue must be empty, and is empty again. */
export function runSamples(first: i32, after: i32, steps: i32): void {
  totalSpikes = 0
  totalAccumulates = 0
  if (inLanes) {
    forgetLaneTotals()
    showInLanes(first, after, steps)
    totalSpikes = laneFires
    totalAccumulates = laneAccumulates
    return
  }
  let at = <usize>first * <usize>layout.outputs
  for (let sample = first; sample < after; sample++) {
    state.clearActivity()
    state.beginRun(steps, false)
    const offsets = layout.sampleOffsets + ((<usize>sample) << 2)
    state.setInputs(
      layout.sampleSpikes + ((<usize>load<u32>(offsets)) << 4),
      layout.sampleSpikes + ((<usize>load<u32>(offsets, 4)) << 4),
    )
    go(steps, false)
    totalSpikes += state.spikes
    totalAccumulates += state.accumulates
    for (let output = 0; output < layout.outputs; output++, at++) {
      const neuron = load<u32>(layout.outputNeurons + ((<usize>output) << 2))
      const record = layout.neuronRecords + ((<usize>neuron) << 6)
      store<u32>(layout.sampleCounts + (at << 2), load<u32>(record, At.count))
      store<i32>(layout.sampleFirsts + (at << 2), load<i32>(record, At.first))
    }
  }
  state.clearActivity()
}

/**
 * Where everything lies in the linear memory. An amount is an i32, or an f64 on a floating processor; sizes in square brackets.
 *
 * The queue is a ring of rows, one a step, as many as the power of two above the longest delay. A row: how many amounts were put
 * into it for a later run (u32, 8 bytes), a bit for each neuron that something arrives at (u64 [words]), the sums of what arrives
 * (amounts [neurons]). Rows are a power of two long, so that the row of a delay is found by one addition and one mask.
 */
const line: u64 = 64

export let neurons: i32 = 0
export let outputs: i32 = 0
/** u64 words of a bit for each neuron. */
export let words: i32 = 0

/** Records of 64 bytes, see below [neurons]. */
export let neuronRecords: usize = 0
/**
 * Records of 16 bytes, by the neuron they start at: delay in bytes of rows (u32), target (u32), amount [synapses]. Behind an amount
 * that is an i32, the delay in steps (i32).
 */
export let synapses: usize = 0
/** u32 [inputs], u32 [outputs]: their neurons. */
export let inputNeurons: usize = 0
export let outputNeurons: usize = 0
/** u64 [words]: RISP: neurons that count as fired in the next step. Caspian: neurons that are tested in the next step. */
export let flagged: usize = 0
/** u32 [neurons]: neurons that fired in the last step, where that is recorded. */
export let firedNow: usize = 0

export let ring: usize = 0
export let ringMask: u32 = 0
export let rowShift: i32 = 0
/** Where the sums of a row begin. */
export let cellsAt: usize = 0

/** Records of 16 bytes, by step: step (u32), input (u32), amount [input spikes of a run]. */
export let runSpikes: usize = 0
/** The same of samples, and u32 [samples + 1]: which of them are a sample's. */
export let sampleSpikes: usize = 0
export let sampleOffsets: usize = 0
/** u32, i32 [samples][outputs]: spikes, and the step of the first one or -1. */
export let sampleCounts: usize = 0
export let sampleFirsts: usize = 0

/**
 * Eight samples at a time (lanes.ts): a ring of rows of the same meaning, where a bit says that something arrives in any of the eight
 * samples, and a cell has the sums (v128) and in which samples something arrives (v128).
 */
export let laneRing: usize = 0
export let laneRowBytes: usize = 0
export let laneCellsAt: usize = 0
export let slotMask: i32 = 0
/** Records of 48 bytes [neurons], and of 32 bytes [neurons]: neurons that fire in a step, and in which samples. */
export let laneStates: usize = 0
export let laneFired: usize = 0
/** Records of 48 bytes, by step; u32 [groups of eight samples + 1]: which of them are a group's. */
export let laneSpikes: usize = 0
export let laneOffsets: usize = 0

/** A neuron's record, in bytes: what a run changes, then what it is. */
export namespace At {
  export const charge: usize = 0
  export const count: usize = 8
  /** -1: none in this run. */
  export const first: usize = 12
  export const last: usize = 16
  /** i32: all bits where the charge outlasts a step, otherwise none. */
  export const keeps: usize = 20
  export const threshold: usize = 24
  /** First synapse and the end of the last, as addresses. */
  export const from: usize = 32
  export const to: usize = 36
  /** Longest delay of its synapses, in steps. */
  export const longest: usize = 40
  /** Of Caspian: leak, and the step of the last arrival. */
  export const leak: usize = 44
  export const touched: usize = 48
}

let top: u64 = 0

function take(count: u64, bytes: u64): usize {
  const at = top
  top = (at + count * bytes + line - 1) & ~(line - 1)
  return <usize>at
}

/**
 * Lays the regions out and returns the bytes that the memory must have; nothing is written. More than 2^32: it does not fit.
 * @param amountBytes 4 or 8
 * @param inLanes whether the network is shown samples eight at a time; otherwise there is no room for that
 */
export function layOut(
  neuronCount: i32,
  synapseCount: i32,
  inputCount: i32,
  outputCount: i32,
  longestDelay: i32,
  amountBytes: i32,
  runSpikeCount: i32,
  sampleCount: i32,
  sampleSpikeCount: i32,
  laneSpikeCount: i32,
  inLanes: bool,
): f64 {
  neurons = neuronCount
  outputs = outputCount
  words = (neuronCount + 63) >> 6
  top = (<u64>__heap_base + line - 1) & ~(line - 1)
  // What outlasts a network lies first, and where it was.
  sampleOffsets = take(<u64>sampleCount + 1, 4)
  sampleSpikes = take(sampleSpikeCount, 16)
  const groups = (<u64>sampleCount + 7) >> 3
  laneOffsets = take(groups + 1, 4)
  laneSpikes = take(laneSpikeCount, 48)
  sampleCounts = take(<u64>sampleCount * <u64>outputCount, 4)
  sampleFirsts = take(<u64>sampleCount * <u64>outputCount, 4)
  neuronRecords = take(neuronCount, 64)
  synapses = take(synapseCount, 16)
  inputNeurons = take(inputCount, 4)
  outputNeurons = take(outputCount, 4)
  flagged = take(words, 8)
  firedNow = take(neuronCount, 4)
  cellsAt = 8 + ((<usize>words) << 3)
  const rowBytes = <u64>cellsAt + <u64>neuronCount * <u64>amountBytes
  rowShift = 64 - <i32>clz<u64>(rowBytes - 1)
  const rows = (<u64>1) << (32 - clz<u32>(<u32>longestDelay))
  const ringBytes = rows << rowShift
  ringMask = <u32>(ringBytes - 1)
  ring = take(ringBytes, 1)
  const laned: u64 = inLanes ? 1 : 0
  slotMask = <i32>(rows - 1)
  laneCellsAt = ((<usize>words + 1) >> 1) << 4
  laneRowBytes = laneCellsAt + ((<usize>neuronCount) << 5)
  laneRing = take(rows * <u64>laneRowBytes, <u64>laned)
  laneStates = take(<u64>neuronCount * laned, 48)
  laneFired = take((<u64>neuronCount + 1) * laned, 32)
  // Last, so that there can be more of them without anything being moved.
  runSpikes = take(runSpikeCount, 16)
  return <f64>top
}

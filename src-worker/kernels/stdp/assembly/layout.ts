/**
 * Where everything lies in the linear memory. Regions start at cache lines. A row of weights holds the synapses of one
 * input; rows are an odd number of cache lines long, so that a walk down a column visits all sets of the caches.
 * Shapes are given in square brackets; `padded` is `neurons` rounded up to whole blocks.
 */
const line: u64 = 64
/** Neurons whose input is summed together, four vectors of four: with eight, the compiler's registers run out. */
const block: i32 = 16

export let inputSize: i32 = 0
export let neurons: i32 = 0
export let padded: i32 = 0
export let steps: i32 = 0

/** f32 [inputSize][weightRowBytes / 4] */
export let weights: usize = 0
export let weightRowBytes: usize = 0

/** f32 [padded]; the thresholds of the padding are infinite: it never spikes. */
export let theta: usize = 0
/** f32 [padded] */
export let excitatoryPotential: usize = 0
/** f32 [padded] */
export let excitatoryRefractory: usize = 0
/** f32 [padded]: synaptic input of this step from the inputs, and from the inhibitory layer. */
export let excitation: usize = 0
export let inhibition: usize = 0
/** i32 [padded]: step of the last spike; `never` before the first. */
export let excitatoryLastSpike: usize = 0
/** u32 [padded]: spikes in this presentation. */
export let excitatoryCounts: usize = 0
/** u32 [neurons]: neurons above their threshold in this step, ascending. */
export let crossed: usize = 0

/** f32 [neurons] */
export let inhibitoryPotential: usize = 0
/** f32 [neurons]; valid where `inhibitoryAwake`. */
export let inhibitoryRefractory: usize = 0
/** u8 [neurons]: 1 once the neuron has had input in this presentation. */
export let inhibitoryAwake: usize = 0
/** u32 [neurons]: the neurons that are awake, in the order of waking. */
export let inhibitoryAwakeList: usize = 0
/** u32 [neurons]: neurons that spiked in this step, in the order of waking. */
export let inhibitorySpikes: usize = 0
/** u8 [neurons]: all 0, but while the distances from those are summed. */
export let inhibitorySpiked: usize = 0

/** u8 [inputSize] */
export let image: usize = 0
/** u32 [steps][inputRowBytes / 4]: inputs that spike in each step, ascending. */
export let inputSpikes: usize = 0
export let inputRowBytes: usize = 0
/** u32 [steps]: how many they are. */
export let inputSpikeCounts: usize = 0
/** i32 [inputSize]: step of the last spike; `never` before the first. */
export let inputLastSpike: usize = 0
/** u32 [inputSize]: inputs that have spiked since the last reset, in the order of their first spikes. */
export let activeInputs: usize = 0
/** usize [inputSize]: first weights of the inputs that spiked in the last step. */
export let activeRows: usize = 0

/** u32 [256][steps], see src-core/diehlCook/encodingTables.ts. */
export let cumulative: usize = 0
/** u8 [256] */
export let audible: usize = 0
/** u16 [256][256]: smallest interval of a grey level by the upper eight of the 31 bits drawn. */
export let guide: usize = 0

/** f32 [steps + 1]: the trace k steps after a spike, and its products with the two learning rates. */
export let traceAfter: usize = 0
export let preChange: usize = 0
export let postChange: usize = 0

/** u32 [neurons]: neurons that have spiked since the last reset while learning, in the order of their first spikes. */
export let activeNeurons: usize = 0
/** u8 [neurons]: 1 for those. */
export let neuronActive: usize = 0
/** u32 [neurons] and f32 [neurons]: byte offset in a row and change of the synapses that an input spike weakens. */
export let weakenedOffsets: usize = 0
export let weakenedChanges: usize = 0
/** f32 [padded]: the same changes, dense. */
export let weakenedDense: usize = 0
/** u32 [neurons]: byte offsets in a row of the synapses onto the neurons that spiked in this step. */
export let strengthenedOffsets: usize = 0

/** u8 [padded]: 1 where the weights onto a neuron may not be normalised. */
export let unnormalised: usize = 0
/** u8 [padded]: 1 where a weight onto a neuron lies outside the bounds. */
export let outside: usize = 0

/** u32 [neurons * steps] each: the excitatory spike train. */
export let spikeNeurons: usize = 0
export let spikeSteps: usize = 0

export const never: i32 = -1

let top: u64 = 0

function take(count: u64, bytes: u64): usize {
  const at = top
  top = (at + count * bytes + line - 1) & ~(line - 1)
  return <usize>at
}

/** Bytes of a row of `count` four-byte entries: an odd number of cache lines. */
function rowBytes(count: u64): u64 {
  const lines = (count * 4 + line - 1) / line
  return (lines | 1) * line
}

/**
 * Lays the regions out for a network and returns the bytes that the memory must have; nothing is written. A figure
 * above 2^32 means that the network does not fit.
 */
export function layOut(inputs: i32, size: i32, presentationSteps: i32): f64 {
  inputSize = inputs
  neurons = size
  steps = presentationSteps
  padded = ((size + block - 1) / block) * block
  const n = <u64>neurons
  const p = <u64>padded
  const i = <u64>inputSize
  const t = <u64>steps
  top = (<u64>__heap_base + line - 1) & ~(line - 1)

  theta = take(p, 4)
  excitatoryPotential = take(p, 4)
  excitatoryRefractory = take(p, 4)
  excitation = take(p, 4)
  inhibition = take(p, 4)
  excitatoryLastSpike = take(p, 4)
  excitatoryCounts = take(p, 4)
  crossed = take(p, 4)
  inhibitoryPotential = take(n, 4)
  inhibitoryRefractory = take(n, 4)
  inhibitoryAwake = take(n, 1)
  inhibitoryAwakeList = take(n, 4)
  inhibitorySpikes = take(n, 4)
  inhibitorySpiked = take(n, 1)
  image = take(i, 1)
  inputSpikeCounts = take(t, 4)
  inputLastSpike = take(i, 4)
  activeInputs = take(i, 4)
  activeRows = take(i, sizeof<usize>())
  traceAfter = take(t + 1, 4)
  preChange = take(t + 1, 4)
  postChange = take(t + 1, 4)
  activeNeurons = take(n, 4)
  neuronActive = take(n, 1)
  weakenedOffsets = take(n, 4)
  weakenedChanges = take(n, 4)
  strengthenedOffsets = take(n, 4)
  weakenedDense = take(p, 4)
  unnormalised = take(p, 1)
  outside = take(p, 1)
  audible = take(256, 1)
  guide = take(256 * 256, 2)
  cumulative = take(256 * t, 4)
  const inputRow = rowBytes(i)
  inputRowBytes = <usize>inputRow
  inputSpikes = take(t, inputRow)
  spikeNeurons = take(n * t, 4)
  spikeSteps = take(n * t, 4)
  const weightRow = rowBytes(p)
  weightRowBytes = <usize>weightRow
  weights = take(i, weightRow)
  return <f64>top
}

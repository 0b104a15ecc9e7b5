/**
 * Layered networks, forward and backward in time: what src-worker/engines/layered/kernelSet.ts describes, single precision,
 * one thread. Pointers are byte offsets into the memory, multiples of 16; sizes are counts of numbers. The caller hands out
 * the memory from `heapStart` on: nothing is allocated here. Behind every block 256 bytes may be read, and are not used.
 */
export const heapStart: usize = __heap_base

export { listColumns, listRows, listValues, valued } from './events'
export {
  denseForwardEvents,
  denseProduct,
  denseProductTransposed,
  denseTransposedProduct,
  denseWeightGradientEvents,
} from './dense'
export { convWeightGradientEvents } from './convEventGradient'
export { convForwardEvents } from './convEvents'
export { convForward } from './convForward'
export { convInputGradientFourier, convWeightGradientFourier } from './convFourier'
export { convInputGradient, convWeightGradient } from './convGradients'
export { setConv } from './convSize'
export { poolForward, poolInputGradient } from './pool'
export { neuronsForward, setNeurons, tabulateKept } from './neurons'
export { addDecayGradients, neuronsBackward, setSurrogate, tabulateKeptSingle } from './neuronGradients'
export { delayBackward, delayForward } from './delay'
export { normalise, normaliseGradient, quantise } from './weights'
export { addConstant, fill, maskSteps, meanOverSteps, repeatOverSteps, sumSamples } from './spikes'
export { adam, allFinite, squaredNorm } from './optimiser'

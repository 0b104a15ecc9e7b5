import type { Block, KernelSet } from '../../../src-worker/engines/layered/kernelSet.ts'
import { at, valuesOf } from './referenceBlock.ts'

const shiftOf = (delays: Block | null, channel: number): number =>
  delays === null ? 1 : 1 + Math.floor(at(valuesOf(delays), channel))

/** The shift of a layer's spikes by a step and by the delay of their channel. */
export const delay: KernelSet['delay'] = {
  forward({ steps, batch, neurons, channels }, spikes, delays, delayed) {
    const [source, target] = [valuesOf(spikes), valuesOf(delayed)]
    const width = batch * neurons
    for (let step = 0; step < steps; step++) {
      for (let index = 0; index < width; index++) {
        const from = step - shiftOf(delays, index % channels)
        target[step * width + index] = from < 0 ? 0 : at(source, from * width + index)
      }
    }
  },

  backward({ steps, batch, neurons, channels }, gradient, delays, delayed, spikeGradient, delayGradient) {
    const [gradients, delayedValues, target] = [valuesOf(gradient), valuesOf(delayed), valuesOf(spikeGradient)]
    const width = batch * neurons
    const sums = new Float64Array(channels)
    for (let step = 0; step < steps; step++) {
      for (let index = 0; index < width; index++) {
        const channel = index % channels
        const [place, to] = [step * width + index, step + shiftOf(delays, channel)]
        target[place] = to < steps ? at(gradients, to * width + index) : 0
        const before = step === 0 ? 0 : at(delayedValues, place - width)
        sums[channel] = at(sums, channel) - at(gradients, place) * (at(delayedValues, place) - before)
      }
    }
    if (delayGradient !== null) valuesOf(delayGradient).set(sums)
  },
}

/** The rate encoders: `drawInterval` of src-core/diehlCook/encodingTables.ts with a guide to where the search for an interval starts. */
import * as layout from './layout'
import { advanced, output, seeded } from './random'

const guideShift: u32 = 23

/** Fills the guide from `cumulative`: for each start of 2^23 draws, the smallest interval that they can give. */
export function prepareGuide(): void {
  const steps = layout.steps
  for (let level = 0; level < 256; level++) {
    const row = layout.cumulative + ((<usize>level * <usize>steps) << 2)
    let interval = 1
    for (let start: u32 = 0; start < 256; start++) {
      while (interval <= steps && start << guideShift >= load<u32>(row + ((<usize>(interval - 1)) << 2))) interval++
      store<u16>(layout.guide + ((((<usize>level) << 8) + start) << 1), <u16>interval)
    }
  }
}

function clearInputSpikes(): void {
  memory.fill(layout.inputSpikeCounts, 0, (<usize>layout.steps) << 2)
}

/** Draws the input spikes of the image in `layout.image`. */
export function encode(seedHigh: u32, seedLow: u32): void {
  clearInputSpikes()
  const steps = layout.steps
  const inputSize = layout.inputSize
  const counts = layout.inputSpikeCounts
  const spikes = layout.inputSpikes
  const rowBytes = layout.inputRowBytes
  let state = seeded(seedHigh, seedLow)
  for (let pixel = 0; pixel < inputSize; pixel++) {
    const level = <usize>load<u8>(layout.image + pixel)
    if (load<u8>(layout.audible + level) == 0) continue
    const guideRow = layout.guide + (level << 9)
    const row = layout.cumulative + ((level * <usize>steps) << 2) - 4
    let time = 0
    while (true) {
      const draw = output(state) >>> 1
      state = advanced(state)
      let interval = <i32>load<u16>(guideRow + ((<usize>(draw >>> guideShift)) << 1))
      while (interval <= steps && draw >= load<u32>(row + ((<usize>interval) << 2))) interval++
      time += interval
      if (time > steps) break
      const countAt = counts + ((<usize>(time - 1)) << 2)
      const count = load<u32>(countAt)
      store<u32>(spikes + <usize>(time - 1) * rowBytes + ((<usize>count) << 2), pixel)
      store<u32>(countAt, count + 1)
    }
  }
}

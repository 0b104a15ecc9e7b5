/**
 * Normalisation, src-core/neuron/weightNormalisation.ts, of the neurons marked in `layout.unnormalised`, four columns at a
 * time: unmarked ones among the four get the factor 1. pmin and pmax are one instruction, min and max are many.
 */
import * as layout from './layout'
import * as parameters from './parameters'
import { setOutside } from './plasticity'

/** Normalises, and notes which neurons have weights outside the bounds afterwards. */
export function normalise(): void {
  for (let first = 0; first < layout.padded; first += 4) {
    if (load<u32>(layout.unnormalised + first) != 0) normaliseFour(first)
  }
}

function normaliseFour(first: usize): void {
  const rowBytes = layout.weightRowBytes
  const start = layout.weights + (first << 2)
  const end = start + <usize>layout.inputSize * rowBytes
  let sumLow = f64x2.splat(0)
  let sumHigh = f64x2.splat(0)
  for (let at = start; at < end; at += rowBytes) {
    const weight = f32x4.abs(v128.load(at))
    sumLow = f64x2.add(sumLow, f64x2.promote_low_f32x4(weight))
    sumHigh = f64x2.add(sumHigh, f64x2.promote_low_f32x4(v128.shuffle<u32>(weight, weight, 2, 3, 0, 1)))
  }
  let factor = f32x4.splat(1)
  if (load<u8>(layout.unnormalised + first))
    factor = f32x4.replace_lane(factor, 0, factorOf(f64x2.extract_lane(sumLow, 0)))
  if (load<u8>(layout.unnormalised + first, 1))
    factor = f32x4.replace_lane(factor, 1, factorOf(f64x2.extract_lane(sumLow, 1)))
  if (load<u8>(layout.unnormalised + first, 2))
    factor = f32x4.replace_lane(factor, 2, factorOf(f64x2.extract_lane(sumHigh, 0)))
  if (load<u8>(layout.unnormalised + first, 3))
    factor = f32x4.replace_lane(factor, 3, factorOf(f64x2.extract_lane(sumHigh, 1)))
  store<u32>(layout.unnormalised + first, 0)

  let least = f32x4.splat(f32.MAX_VALUE)
  let most = f32x4.splat(-f32.MAX_VALUE)
  for (let at = start; at < end; at += rowBytes) {
    const weight = f32x4.mul(v128.load(at), factor)
    v128.store(at, weight)
    least = f32x4.pmin(least, weight)
    most = f32x4.pmax(most, weight)
  }
  noteOutside(first, least, most)
}

function factorOf(sum: f64): f32 {
  const rounded = <f32>sum
  return parameters.weightNorm / (rounded == 0 ? 1 : rounded)
}

function noteOutside(first: usize, least: v128, most: v128): void {
  const minimum = f32x4.splat(parameters.weightMinimum)
  const maximum = f32x4.splat(parameters.weightMaximum)
  const lanes = v128.or(f32x4.lt(least, minimum), f32x4.gt(most, maximum))
  const mask = i32x4.bitmask(lanes)
  for (let lane: usize = 0; lane < 4; lane++) {
    const neuron = first + lane
    if (<i32>neuron < layout.neurons) store<u8>(layout.outside + neuron, <u8>((mask >> (<i32>lane)) & 1))
  }
  if (mask != 0) setOutside(true)
}

/** Looks at all weights for ones outside the bounds, after they were replaced from outside. */
export function findOutside(): void {
  setOutside(false)
  for (let first: usize = 0; first < <usize>layout.padded; first += 4) {
    let least = f32x4.splat(f32.MAX_VALUE)
    let most = f32x4.splat(-f32.MAX_VALUE)
    let at = layout.weights + (first << 2)
    for (let input = 0; input < layout.inputSize; input++) {
      const weight = v128.load(at)
      least = f32x4.pmin(least, weight)
      most = f32x4.pmax(most, weight)
      at += layout.weightRowBytes
    }
    noteOutside(first, least, most)
  }
}

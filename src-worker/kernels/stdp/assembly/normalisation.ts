/**
 * Normalisation, test/oracles/diehlCook/plasticity.ts, of the neurons marked in `layout.unnormalised`, four or sixteen
 * columns at a time: unmarked ones among them get the factor 1. pmin and pmax are one instruction, min and max are many.
 */
import * as layout from './layout'
import * as parameters from './parameters'
import { setOutside } from './plasticity'

/** Normalises, and notes which neurons have weights outside the bounds afterwards. */
export function normalise(): void {
  for (let first: usize = 0; first < <usize>layout.padded; first += 16) {
    let marked = 0
    for (let group: usize = 0; group < 16; group += 4) {
      marked += i32(load<u32>(layout.unnormalised + first + group) != 0)
    }
    if (marked >= 3) {
      normaliseLine(first)
      continue
    }
    for (let group: usize = 0; group < 16; group += 4) {
      if (load<u32>(layout.unnormalised + first + group) != 0) normaliseFour(first + group)
    }
  }
}

/** Factors of four neurons from the sums of their weights; 1 for those that are not marked. */
function factorsOf(first: usize, sumLow: v128, sumHigh: v128): v128 {
  let factor = f32x4.splat(1)
  if (load<u8>(layout.unnormalised + first))
    factor = f32x4.replace_lane(factor, 0, factorOf(f64x2.extract_lane(sumLow, 0)))
  if (load<u8>(layout.unnormalised + first, 1))
    factor = f32x4.replace_lane(factor, 1, factorOf(f64x2.extract_lane(sumLow, 1)))
  if (load<u8>(layout.unnormalised + first, 2))
    factor = f32x4.replace_lane(factor, 2, factorOf(f64x2.extract_lane(sumHigh, 0)))
  if (load<u8>(layout.unnormalised + first, 3))
    factor = f32x4.replace_lane(factor, 3, factorOf(f64x2.extract_lane(sumHigh, 1)))
  return factor
}

function addLow(sum: v128, weight: v128): v128 {
  return f64x2.add(sum, f64x2.promote_low_f32x4(weight))
}

function addHigh(sum: v128, weight: v128): v128 {
  return f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<u32>(weight, weight, 2, 3, 0, 1)))
}

/** Sixteen neurons, whose weights of an input share a cache line: it is fetched once, not four times. */
function normaliseLine(first: usize): void {
  const rowBytes = layout.weightRowBytes
  const start = layout.weights + (first << 2)
  const end = start + <usize>layout.inputSize * rowBytes
  let low0 = f64x2.splat(0)
  let low1 = f64x2.splat(0)
  let low2 = f64x2.splat(0)
  let low3 = f64x2.splat(0)
  let high0 = f64x2.splat(0)
  let high1 = f64x2.splat(0)
  let high2 = f64x2.splat(0)
  let high3 = f64x2.splat(0)
  for (let at = start; at < end; at += rowBytes) {
    const weight0 = f32x4.abs(v128.load(at))
    const weight1 = f32x4.abs(v128.load(at, 16))
    const weight2 = f32x4.abs(v128.load(at, 32))
    const weight3 = f32x4.abs(v128.load(at, 48))
    low0 = addLow(low0, weight0)
    high0 = addHigh(high0, weight0)
    low1 = addLow(low1, weight1)
    high1 = addHigh(high1, weight1)
    low2 = addLow(low2, weight2)
    high2 = addHigh(high2, weight2)
    low3 = addLow(low3, weight3)
    high3 = addHigh(high3, weight3)
  }
  const factor0 = factorsOf(first, low0, high0)
  const factor1 = factorsOf(first + 4, low1, high1)
  const factor2 = factorsOf(first + 8, low2, high2)
  const factor3 = factorsOf(first + 12, low3, high3)
  memory.fill(layout.unnormalised + first, 0, 16)

  let least0 = f32x4.splat(f32.MAX_VALUE)
  let least1 = least0
  let least2 = least0
  let least3 = least0
  let most0 = f32x4.splat(-f32.MAX_VALUE)
  let most1 = most0
  let most2 = most0
  let most3 = most0
  for (let at = start; at < end; at += rowBytes) {
    const weight0 = f32x4.mul(v128.load(at), factor0)
    const weight1 = f32x4.mul(v128.load(at, 16), factor1)
    const weight2 = f32x4.mul(v128.load(at, 32), factor2)
    const weight3 = f32x4.mul(v128.load(at, 48), factor3)
    v128.store(at, weight0)
    v128.store(at, weight1, 16)
    v128.store(at, weight2, 32)
    v128.store(at, weight3, 48)
    least0 = f32x4.pmin(least0, weight0)
    least1 = f32x4.pmin(least1, weight1)
    least2 = f32x4.pmin(least2, weight2)
    least3 = f32x4.pmin(least3, weight3)
    most0 = f32x4.pmax(most0, weight0)
    most1 = f32x4.pmax(most1, weight1)
    most2 = f32x4.pmax(most2, weight2)
    most3 = f32x4.pmax(most3, weight3)
  }
  noteOutside(first, least0, most0)
  noteOutside(first + 4, least1, most1)
  noteOutside(first + 8, least2, most2)
  noteOutside(first + 12, least3, most3)
}

function normaliseFour(first: usize): void {
  const rowBytes = layout.weightRowBytes
  const start = layout.weights + (first << 2)
  const end = start + <usize>layout.inputSize * rowBytes
  let sumLow = f64x2.splat(0)
  let sumHigh = f64x2.splat(0)
  for (let at = start; at < end; at += rowBytes) {
    const weight = f32x4.abs(v128.load(at))
    sumLow = addLow(sumLow, weight)
    sumHigh = addHigh(sumHigh, weight)
  }
  const factor = factorsOf(first, sumLow, sumHigh)
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

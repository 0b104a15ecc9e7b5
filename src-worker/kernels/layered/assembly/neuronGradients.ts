/**
 * Neurons over time, backward: the surrogate's derivative times the gradient of the spikes, then the adjoints of the
 * membrane and of the current, last step first, in single precision (test/oracles/layered/surrogateGradients.ts; lava-dl).
 *
 * A piece's adjoints lie four neurons by four: voltage, current, 16 bytes each.
 */
import { Four } from './functions'
import { columnsAtOnce } from './neurons'
import { copyFew } from './panels'

const groupBytes: usize = 32
const pieceBytes: usize = <usize>columnsAtOnce * 8

let surrogate: i32 = 0
/** 1 / tau and the derivative's height at 0. */
let steepness: f32 = 0
let height: f32 = 0
let hasCurrent: bool = false
/** What a spike leaves of the membrane potential that decay gradients are of: 0 what it was, 1 nothing, 2 the margin. */
let left: i32 = 0

let toMargin: usize = 0
let toMask: usize = 0
let toOut: usize = 0
let toVoltage: usize = 0
let toCurrent: usize = 0

/** Room for a group of columns that is not whole: spike gradient, margin, mask, out, voltage, current. */
const few = memory.data(96, 16)

/**
 * @param kind 0 exponential, 1 fast-sigmoid or superspike, 2 arctan, 3 triangle
 * @param model 0 alif, 1 cuba, 2 lif
 * @param leaves what decay gradients take for the membrane potential after a spike: 0 that before it, 1 zero, 2 the margin
 */
export function setSurrogate(kind: i32, perTau: f32, atZero: f32, model: i32, leaves: i32): void {
  left = leaves
  surrogate = kind
  steepness = perTau
  height = atZero
  hasCurrent = model != 2
}

/** Writes what each column keeps: numbers, `count` of them, from a table of doubles. */
export function tabulateKeptSingle(table: usize, count: i32, out: usize): void {
  for (let index = 0; index < count; index++) {
    store<f32>(out + ((<usize>index) << 2), <f32>load<f64>(table + ((<usize>index) << 3)))
  }
}

/**
 * @param voltage and `current`: records, for the gradients of the decays; 0: not wanted
 * @param sums for those gradients: per column of a piece of voltage, then of current; numbers, 2 * 1024
 * @param totals doubles of `period` for voltage, then for current, added to
 * @param adjoints of all columns when `lasting`, otherwise room for those of one piece
 */
export function neuronsBackward(
  fromStep: i32,
  toStep: i32,
  steps: i32,
  width: i32,
  period: i32,
  spikeGradient: usize,
  margin: usize,
  mask: usize,
  out: usize,
  voltage: usize,
  current: usize,
  keptCurrent: usize,
  keptVoltage: usize,
  sums: usize,
  totals: usize,
  adjoints: usize,
  lasting: bool,
): void {
  toMargin = margin - spikeGradient
  toOut = out - spikeGradient
  toVoltage = voltage - spikeGradient
  toCurrent = current - spikeGradient
  for (let from = 0; from < width; from += columnsAtOnce) {
    const count = min(columnsAtOnce, width - from)
    const adjoint = lasting ? adjoints + <usize>(from / columnsAtOnce) * pieceBytes : adjoints
    if (toStep == steps) memory.fill(adjoint, 0, pieceBytes)
    const column = (<usize>from) << 2
    const table = (<usize>(from % period)) << 2
    if (voltage) memory.fill(sums, 0, <usize>columnsAtOnce * 8)
    for (let step = toStep - 1; step >= fromStep; step--) {
      const at = spikeGradient + ((<usize>step * <usize>width) << 2) + column
      const ofMask = mask ? mask + column : 0
      if (voltage) addDecaySums(at, count, adjoint, sums, current != 0)
      if (surrogate == 0) stepPiece<i8>(at, count, ofMask, adjoint, keptCurrent + table, keptVoltage + table)
      else if (surrogate == 1) stepPiece<i16>(at, count, ofMask, adjoint, keptCurrent + table, keptVoltage + table)
      else if (surrogate == 2) stepPiece<i32>(at, count, ofMask, adjoint, keptCurrent + table, keptVoltage + table)
      else stepPiece<i64>(at, count, ofMask, adjoint, keptCurrent + table, keptVoltage + table)
    }
    if (voltage) addTotals(sums, count, from, period, totals, current != 0)
  }
}

/** adjoint[t + 1] state[t] of every column. */
function addDecaySums(gradient: usize, count: i32, adjoint: usize, sums: usize, ofCurrent: bool): void {
  let group = adjoint
  for (let column: usize = 0; column < (<usize>count) << 2; column += 16, group += groupBytes) {
    // Beyond the last column the adjoints are 0 or of no use: such sums are left out of the totals.
    let state = v128.load(gradient + toVoltage + column)
    if (left != 0) {
      const above = v128.load(gradient + toMargin + column)
      const after = left == 1 ? f32x4.splat(0) : above
      state = v128.bitselect(after, state, f32x4.gt(above, f32x4.splat(0)))
    }
    const v = f32x4.mul(v128.load(group), state)
    v128.store(sums + column, f32x4.add(v128.load(sums + column), v))
    if (!ofCurrent) continue
    const u = f32x4.mul(v128.load(group, 16), v128.load(gradient + toCurrent + column))
    const at = sums + ((<usize>columnsAtOnce) << 2) + column
    v128.store(at, f32x4.add(v128.load(at), u))
  }
}

function addTotals(sums: usize, count: i32, from: i32, period: i32, totals: usize, ofCurrent: bool): void {
  let channel = from % period
  for (let column = 0; column < count; column++) {
    const at = sums + ((<usize>column) << 2)
    const to = totals + ((<usize>channel) << 3)
    store<f64>(to, load<f64>(to) + <f64>load<f32>(at))
    if (ofCurrent) {
      const next = to + ((<usize>period) << 3)
      store<f64>(next, load<f64>(next) + <f64>load<f32>(at + ((<usize>columnsAtOnce) << 2)))
    }
    if (++channel == period) channel = 0
  }
}

/** Adds the totals of a period, times `sign`, to the gradients of `count` decays, that of all or of each channel. */
export function addDecayGradients(totals: usize, period: i32, gradients: usize, count: i32, sign: f64): void {
  for (let index = 0; index < count; index++) {
    let sum: f64 = 0
    for (let channel = index; channel < period; channel += count) sum += load<f64>(totals + ((<usize>channel) << 3))
    const to = gradients + ((<usize>index) << 2)
    store<f32>(to, <f32>(<f64>load<f32>(to) + sign * sum))
  }
}

/** S: i8 exponential, i16 fast-sigmoid or superspike, i32 arctan, i64 triangle. One step of a piece. */
function stepPiece<S>(
  gradient: usize,
  count: i32,
  mask: usize,
  adjoint: usize,
  keptCurrent: usize,
  keptVoltage: usize,
): void {
  const end = gradient + ((<usize>(count & ~3)) << 2)
  const ofMask = mask - gradient
  let at = gradient
  let group = adjoint
  let u = keptCurrent
  let v = keptVoltage
  for (; at < end; at += 16) {
    let result = Reverse.group<S>(v128.load(at), v128.load(at + toMargin), group, u, v)
    if (mask) result = f32x4.mul(result, v128.load(at + ofMask))
    v128.store(at + toOut, result)
    group += groupBytes
    u += 16
    v += 16
  }
  const left = count & 3
  if (left == 0) return
  copyFew(at, few, left)
  copyFew(at + toMargin, few + 16, left)
  let result = Reverse.group<S>(v128.load(few), v128.load(few + 16), group, u, v)
  if (mask) {
    copyFew(at + ofMask, few + 32, left)
    result = f32x4.mul(result, v128.load(few + 32))
  }
  v128.store(few + 48, result)
  copyFew(few + 48, at + toOut, left)
}

abstract class Reverse {
  // @ts-ignore: decorator
  @inline
  static group<S>(gradient: v128, margin: v128, adjoint: usize, keptCurrent: usize, keptVoltage: usize): v128 {
    const fromSpike = f32x4.mul(gradient, Reverse.derivative<S>(margin))
    const voltage = f32x4.add(f32x4.mul(v128.load(keptVoltage), v128.load(adjoint)), fromSpike)
    v128.store(adjoint, voltage)
    if (!hasCurrent) return voltage
    const current = f32x4.add(f32x4.mul(v128.load(keptCurrent), v128.load(adjoint, 16)), voltage)
    v128.store(adjoint, current, 16)
    return current
  }

  // @ts-ignore: decorator
  @inline
  static derivative<S>(margin: v128): v128 {
    const one = f32x4.splat(1)
    // pmin and pmax are one instruction; min, max, abs and neg are several.
    const below = f32x4.mul(f32x4.pmin(margin, f32x4.sub(f32x4.splat(0), margin)), f32x4.splat(steepness))
    if (sizeof<S>() == 1) return f32x4.mul(f32x4.splat(height), Four.exponential(below))
    const z = f32x4.sub(f32x4.splat(0), below)
    if (sizeof<S>() == 2) {
      const side = f32x4.add(one, z)
      return f32x4.div(f32x4.splat(height), f32x4.mul(side, side))
    }
    if (sizeof<S>() == 4) {
      const turned = f32x4.mul(z, f32x4.splat(1.5707963267948966))
      return f32x4.div(f32x4.splat(height), f32x4.add(one, f32x4.mul(turned, turned)))
    }
    const side = f32x4.sub(one, f32x4.mul(z, f32x4.splat(0.5)))
    return f32x4.mul(f32x4.splat(height), f32x4.pmax(side, f32x4.splat(0)))
  }
}

/**
 * Neurons over time, forward: `neuronStep` of test/oracles/layered/neuronStep.ts for four neurons at once, in double precision,
 * so that fixed point is exact (all products stay below 2^53). Columns are the neurons of all samples, taken in pieces
 * whose states stay in the first-level cache while the steps pass by.
 *
 * A piece's states lie four neurons by four: current, voltage, threshold, refractory state, 32 bytes each.
 */
import { Four } from './functions'
import { copyFew } from './panels'

export const columnsAtOnce: i32 = 1024
const groupBytes: usize = 128
const pieceBytes: usize = <usize>columnsAtOnce * 32

// What is the same for all neurons of a layer, in the unit of the arithmetic (fixed point: 1/4096).
let restThreshold: f64 = 0
let thresholdStep: f64 = 0
/** Shares of a state that are kept. */
let thresholdKept: f64 = 0
let refractoryKept: f64 = 0
let subtracts: bool = false

// The records that are written, each relative to the currents; 0: not wanted.
let toSpikes: usize = 0
let toVoltage: usize = 0
let toMargin: usize = 0
let toCurrent: usize = 0
let keepsCurrent: bool = false

/** Room for a group of columns that is not whole: currents, mask, spikes, voltage, margin, current. */
const few = memory.data(96, 16)

export function setNeurons(threshold: f64, rise: f64, ofThreshold: f64, ofRefractory: f64, subtract: bool): void {
  restThreshold = threshold
  thresholdStep = rise
  thresholdKept = ofThreshold
  refractoryKept = ofRefractory
  subtracts = subtract
}

/**
 * Writes what each column keeps: doubles, `period` + 1024 of them, in turn.
 * @param decays `count` of them, times 4096; in fixed point the nearest whole number acts, of two the even one
 * @param period of the columns' decays: a multiple of `count`
 */
export function tabulateKept(decays: usize, count: i32, period: i32, quantised: bool, table: usize): void {
  let next = 0
  for (let index = 0; index < period + columnsAtOnce; index++) {
    const decay = <f64>load<f32>(decays + ((<usize>next) << 2))
    const acting = min<f64>(max<f64>(quantised ? nearest<f64>(decay) : decay, 0), 4096)
    store<f64>(table + ((<usize>index) << 3), 1 - acting / 4096)
    if (++next == count) next = 0
  }
}

/**
 * @param model 0 alif, 1 cuba, 2 lif
 * @param mask 0: none
 * @param period columns after which the decays are the same again
 * @param keptCurrent tables of `tabulateKept`
 * @param states of all columns when `continued` or to be continued (`lasting`); otherwise room for those of one piece
 */
export function neuronsForward(
  model: i32,
  quantised: bool,
  fromStep: i32,
  toStep: i32,
  width: i32,
  period: i32,
  currents: usize,
  mask: usize,
  spikes: usize,
  voltage: usize,
  margin: usize,
  current: usize,
  keptCurrent: usize,
  keptVoltage: usize,
  states: usize,
  lasting: bool,
): void {
  toSpikes = spikes - currents
  toVoltage = voltage - currents
  toMargin = margin - currents
  toCurrent = current - currents
  keepsCurrent = current != 0
  for (let from = 0; from < width; from += columnsAtOnce) {
    const count = min(columnsAtOnce, width - from)
    const state = lasting ? states + <usize>(from / columnsAtOnce) * pieceBytes : states
    if (fromStep == 0) rest(state)
    const column = (<usize>from) << 2
    const table = (<usize>(from % period)) << 3
    const ofMask = mask ? mask + column : 0
    for (let step = fromStep; step < toStep; step++) {
      const at = currents + ((<usize>step * <usize>width) << 2) + column
      const u = keptCurrent + table
      const v = keptVoltage + table
      if (quantised) {
        if (model == 0) stepPiece<i8, i32>(at, count, ofMask, state, u, v)
        else if (model == 1) stepPiece<i16, i32>(at, count, ofMask, state, u, v)
        else stepPiece<i32, i32>(at, count, ofMask, state, u, v)
      } else {
        if (model == 0) stepPiece<i8, f32>(at, count, ofMask, state, u, v)
        else if (model == 1) stepPiece<i16, f32>(at, count, ofMask, state, u, v)
        else stepPiece<i32, f32>(at, count, ofMask, state, u, v)
      }
    }
  }
}

function rest(state: usize): void {
  const threshold = f64x2.splat(restThreshold)
  for (let at = state; at < state + pieceBytes; at += groupBytes) {
    for (let part: usize = 0; part < groupBytes; part += 16) {
      v128.store(at + part, part == 64 || part == 80 ? threshold : f64x2.splat(0))
    }
  }
}

/** M: i8 alif, i16 cuba, i32 lif; Q: i32 fixed point, f32 plain. One step of a piece. */
function stepPiece<M, Q>(
  currents: usize,
  count: i32,
  mask: usize,
  state: usize,
  keptCurrent: usize,
  keptVoltage: usize,
): void {
  const end = currents + ((<usize>(count & ~3)) << 2)
  const toMask = mask - currents
  let at = currents
  let group = state
  let u = keptCurrent
  let v = keptVoltage
  for (; at < end; at += 16) {
    let input = v128.load(at)
    if (mask) input = f32x4.mul(input, v128.load(at + toMask))
    Scan.group<M, Q>(input, group, u, v, at + toSpikes, at + toVoltage, at + toMargin, at + toCurrent, keepsCurrent)
    group += groupBytes
    u += 32
    v += 32
  }
  const left = count & 3
  if (left == 0) return
  copyFew(at, few, left)
  let input = v128.load(few)
  if (mask) {
    copyFew(at + toMask, few + 16, left)
    input = f32x4.mul(input, v128.load(few + 16))
  }
  Scan.group<M, Q>(input, group, u, v, few + 32, few + 48, few + 64, few + 80, true)
  copyFew(few + 32, at + toSpikes, left)
  copyFew(few + 48, at + toVoltage, left)
  copyFew(few + 64, at + toMargin, left)
  if (keepsCurrent) copyFew(few + 80, at + toCurrent, left)
}

abstract class Scan {
  // @ts-ignore: decorator
  @inline
  static group<M, Q>(
    input: v128,
    state: usize,
    keptCurrent: usize,
    keptVoltage: usize,
    spikes: usize,
    voltage: usize,
    margin: usize,
    current: usize,
    writesCurrent: bool,
  ): void {
    const x0 = Scan.input<Q>(Four.low(input))
    const x1 = Scan.input<Q>(Four.high(input))
    let u0 = x0
    let u1 = x1
    if (sizeof<M>() < 4) {
      u0 = f64x2.add(Scan.leak<Q>(v128.load(state), v128.load(keptCurrent)), x0)
      u1 = f64x2.add(Scan.leak<Q>(v128.load(state, 16), v128.load(keptCurrent, 16)), x1)
      v128.store(state, u0)
      v128.store(state, u1, 16)
    }
    const v0 = f64x2.add(Scan.leak<Q>(v128.load(state, 32), v128.load(keptVoltage)), u0)
    const v1 = f64x2.add(Scan.leak<Q>(v128.load(state, 48), v128.load(keptVoltage, 16)), u1)
    const rest = f64x2.splat(restThreshold)
    let m0: v128
    let m1: v128
    let s0: v128
    let s1: v128
    if (sizeof<M>() == 1) {
      v128.store(state, v0, 32)
      v128.store(state, v1, 48)
      const k = f64x2.splat(thresholdKept)
      const th0 = f64x2.add(Scan.leak<Q>(f64x2.sub(v128.load(state, 64), rest), k), rest)
      const th1 = f64x2.add(Scan.leak<Q>(f64x2.sub(v128.load(state, 80), rest), k), rest)
      const r0 = Scan.leak<Q>(v128.load(state, 96), f64x2.splat(refractoryKept))
      const r1 = Scan.leak<Q>(v128.load(state, 112), f64x2.splat(refractoryKept))
      m0 = f64x2.sub(v0, f64x2.add(th0, r0))
      m1 = f64x2.sub(v1, f64x2.add(th1, r1))
      s0 = f64x2.ge(m0, f64x2.splat(0))
      s1 = f64x2.ge(m1, f64x2.splat(0))
      const rise = f64x2.splat(thresholdStep)
      v128.store(state, f64x2.add(th0, v128.and(s0, rise)), 64)
      v128.store(state, f64x2.add(th1, v128.and(s1, rise)), 80)
      v128.store(state, f64x2.add(r0, v128.and(s0, f64x2.add(th0, th0))), 96)
      v128.store(state, f64x2.add(r1, v128.and(s1, f64x2.add(th1, th1))), 112)
    } else {
      m0 = f64x2.sub(v0, rest)
      m1 = f64x2.sub(v1, rest)
      s0 = f64x2.gt(m0, f64x2.splat(0))
      s1 = f64x2.gt(m1, f64x2.splat(0))
      const subtracted = i64x2.splat(subtracts ? -1 : 0)
      v128.store(state, v128.bitselect(v128.and(m0, subtracted), v0, s0), 32)
      v128.store(state, v128.bitselect(v128.and(m1, subtracted), v1, s1), 48)
    }
    const spiked = v128.shuffle<u32>(s0, s1, 0, 2, 4, 6)
    v128.store(spikes, v128.and(spiked, f32x4.splat(1)))
    v128.store(voltage, Scan.natural<Q>(v0, v1))
    v128.store(margin, Scan.natural<Q>(m0, m1))
    if (writesCurrent) v128.store(current, Scan.natural<Q>(u0, u1))
  }

  // @ts-ignore: decorator
  @inline
  static input<Q>(x: v128): v128 {
    // + 0: a state is never -0.
    return isFloat<Q>() ? x : f64x2.add(f64x2.trunc(f64x2.mul(x, f64x2.splat(4096))), f64x2.splat(0))
  }

  /** What is kept of a state; in fixed point cut toward 0. */
  // @ts-ignore: decorator
  @inline
  static leak<Q>(state: v128, kept: v128): v128 {
    return isFloat<Q>() ? f64x2.mul(state, kept) : f64x2.trunc(f64x2.mul(state, kept))
  }

  // @ts-ignore: decorator
  @inline
  static natural<Q>(low: v128, high: v128): v128 {
    const x = Four.joined(low, high)
    return isFloat<Q>() ? x : f32x4.mul(x, f32x4.splat(1.0 / 4096))
  }
}

/**
 * Fixed-point arithmetic of layered networks: that of lava-dl, which is that of Intel's Loihi. A state is a whole number
 * of 1/4096, a decay one of 1/4096, a weight one of 2/64. Whole numbers are held as doubles, exact up to 2^53.
 */

/** 1 in the unit of a state (lava-dl's `s_scale`, 64 * 64). */
export const STATE_SCALE = 4096
/** A decay of 1 as it is stored and learned (lava-dl's `p_scale`, 2^12). */
export const DECAY_SCALE = 4096

const WEIGHT_STEP = 2 / 64
const LOWEST_WEIGHT = -256 / 64
const HIGHEST_WEIGHT = 254 / 64

/** The nearest whole number, of two equally near the even one (IEEE 754, as torch rounds). */
export const roundToEven = (value: number): number => {
  const rounded = Math.round(value)
  const even = rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
  return even + 0
}

/** The nearest weight that 8 bits hold: a multiple of 2/64 from -256/64 to 254/64. */
export const quantiseWeight = (weight: number): number =>
  Math.min(Math.max(roundToEven(weight / WEIGHT_STEP) * WEIGHT_STEP, LOWEST_WEIGHT), HIGHEST_WEIGHT)

/** A threshold, or its rise at a spike, cut to a multiple of 1/64 towards 0. */
export const quantiseThreshold = (threshold: number): number => Math.trunc(threshold * 64) / 64

/** A decay times 4096 as it acts: a whole number from 0 to 4096. */
export const quantiseDecay = (scaledDecay: number): number =>
  roundToEven(Math.min(Math.max(scaledDecay, 0), DECAY_SCALE))

/** What is left of a state after a step: state * (4096 - decay) / 4096 cut towards 0, both whole numbers. */
export const leak = (state: number, decay: number): number =>
  Math.trunc((state * (DECAY_SCALE - decay)) / DECAY_SCALE) + 0

/** A number as a state: cut towards 0. */
export const toState = (value: number): number => Math.trunc(value * STATE_SCALE) + 0

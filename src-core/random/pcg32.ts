/**
 * PCG32, the XSH-RR variant of the permuted congruential generator (O'Neill, HMC-CS-2014-0905, 2014), in 32-bit
 * halves. The WebAssembly kernels hold the same generator in 64-bit arithmetic: both give the same numbers.
 */
export interface Pcg32 {
  /** Uniform integer in [0, 2^32). */
  nextUint32(): number
  /** Uniform multiple of 2^-24 in [0, 1): exact in single precision. */
  nextFloat(): number
}

const multiplierHigh = 0x5851f42d
const multiplierLow = 0x4c957f2d
const defaultStreamHigh = 0
const defaultStreamLow = 54

/** The upper 32 bits of the product of two unsigned 32-bit integers. */
export const multiplyHigh = (left: number, right: number): number => {
  const leftLow = left & 0xffff
  const leftHigh = left >>> 16
  const rightLow = right & 0xffff
  const rightHigh = right >>> 16
  const middle = leftHigh * rightLow + ((leftLow * rightLow) >>> 16)
  const carried = leftLow * rightHigh + (middle & 0xffff)
  return (leftHigh * rightHigh + (middle >>> 16) + (carried >>> 16)) >>> 0
}

/**
 * Seeds a generator by the 64-bit number `seedHigh * 2^32 + seedLow`, with the stream number 54 of the author's
 * demonstration. Seeds should come from `deriveSeed`: neighbouring seeds give correlated first numbers.
 */
export const createPcg32 = (seedHigh: number, seedLow: number): Pcg32 => {
  const incrementHigh = ((defaultStreamHigh << 1) | (defaultStreamLow >>> 31)) >>> 0
  const incrementLow = ((defaultStreamLow << 1) | 1) >>> 0
  let high = 0
  let low = 0

  const add = (otherHigh: number, otherLow: number): void => {
    const sum = low + otherLow
    high = (high + otherHigh + (sum > 0xffffffff ? 1 : 0)) >>> 0
    low = sum >>> 0
  }
  const advance = (): void => {
    const crossed = Math.imul(low, multiplierHigh) + Math.imul(high, multiplierLow)
    high = (multiplyHigh(low, multiplierLow) + crossed) >>> 0
    low = Math.imul(low, multiplierLow) >>> 0
    add(incrementHigh, incrementLow)
  }
  const nextUint32 = (): number => {
    // (state >> 18 ^ state) >> 27, its lower 32 bits, rotated right by state >> 59
    const mixedHigh = (high ^ (high >>> 18)) >>> 0
    const mixedLow = (low ^ ((low >>> 18) | (high << 14))) >>> 0
    const word = ((mixedLow >>> 27) | (mixedHigh << 5)) >>> 0
    const rotation = high >>> 27
    advance()
    return ((word >>> rotation) | (word << (-rotation & 31))) >>> 0
  }

  advance()
  add(seedHigh >>> 0, seedLow >>> 0)
  advance()
  return { nextUint32, nextFloat: () => (nextUint32() >>> 8) / 0x1000000 }
}

/** PCG32 (O'Neill 2014), XSH-RR 64/32 with stream 54: the generator of src-core/random/pcg32.ts. */
const multiplier: u64 = 6364136223846793005
const increment: u64 = 54 * 2 + 1

/** The state that a 64-bit seed, given in halves, starts with. */
export function seeded(high: u32, low: u32): u64 {
  return advanced(increment + (((<u64>high) << 32) | (<u64>low)))
}

export function advanced(state: u64): u64 {
  return state * multiplier + increment
}

/** The number that a state stands for. */
export function output(state: u64): u32 {
  return rotr<u32>(<u32>((state ^ (state >> 18)) >> 27), <u32>(state >> 59))
}

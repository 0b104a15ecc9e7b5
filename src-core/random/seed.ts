/** A 32-bit seed from a parent seed and labels, so that every consumer of randomness has a stream of its own. */
export type Seed = number

/**
 * Derives an unsigned 32-bit seed from `seed` and any labels: FNV-1a over their text, then the finaliser of
 * MurmurHash3 (Appleby 2011) for avalanche. Equal arguments give equal seeds on every host.
 */
export const deriveSeed = (seed: Seed, ...labels: readonly (number | string)[]): Seed => {
  const text = [seed, ...labels].join('\u0000')
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

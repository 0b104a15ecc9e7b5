/** What a network draws from its seeds; shared by all implementations, so that one seed gives one result. */
import { createPcg32 } from '../random/pcg32.ts'
import { deriveSeed } from '../random/seed.ts'

/** The 64-bit seeds, in halves, of the encoder and of the one-spike draws of one presentation. */
export const presentationSeeds = (sampleSeed: number): Record<'encoding' | 'oneSpike', [number, number]> => ({
  encoding: [deriveSeed(sampleSeed, 'encoding'), sampleSeed],
  oneSpike: [deriveSeed(sampleSeed, 'one-spike'), sampleSeed],
})

/** Initial weights [inputSize][neurons]: uniform multiples of 2^-24 in [0, 1), as in the reference experiments. */
export const initialWeights = (inputSize: number, neurons: number, seed: number): Float32Array => {
  const generator = createPcg32(deriveSeed(seed, 'initial weights'), seed)
  return Float32Array.from({ length: inputSize * neurons }, generator.nextFloat)
}

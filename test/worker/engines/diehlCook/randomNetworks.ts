import fc from 'fast-check'
import type { RateEncoding, Stimulus } from '../../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { DiehlCookParameters } from '../../../../src-core/diehlCook/diehlCookParameters.ts'
import { spikesAt } from './spikesAt.ts'

const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

/**
 * Small networks of all kinds: sizes around multiples of four, thresholds below the resting potential, no inhibition,
 * no refractory period, steps other than 1 ms, weights that normalisation takes out of their bounds, resets within samples.
 */
export const anyParameters: fc.Arbitrary<DiehlCookParameters> = fc.record({
  inputSize: fc.integer({ min: 1, max: 24 }),
  neurons: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 37 })),
  dtMs: fc.constantFrom(1, 1, 0.5, 0.1),
  restExcitatoryMv: real(-66, -60),
  resetExcitatoryMv: real(-70, -58),
  thresholdExcitatoryMv: fc.oneof(real(-62, -55), real(-70, -60)),
  refractoryExcitatoryMs: fc.constantFrom(0, 1, 2, 5),
  tauMembraneExcitatoryMs: real(5, 4000),
  thetaPlusMv: fc.constantFrom(0, 0.05, 1),
  tauThetaDecayMs: real(10, 1e7),
  restInhibitoryMv: real(-60, -45),
  resetInhibitoryMv: real(-60, -45),
  thresholdInhibitoryMv: fc.oneof(real(-44, -30), real(-60, -45)),
  refractoryInhibitoryMs: fc.constantFrom(0, 2, 9),
  tauMembraneInhibitoryMs: real(5, 1500),
  strengthExcitatory: fc.constantFrom(10, 22.5, 356.9),
  strengthInhibitory: fc.constantFrom(0, 2, 17.5, 433.6, -2, -40),
  tauTraceMs: real(1, 40),
  learningRatePre: fc.constantFrom(0, 1e-4, 0.02),
  learningRatePost: fc.constantFrom(0, 1e-2, 0.3),
  weightMinimum: fc.constantFrom(0, -0.5),
  weightMaximum: fc.constantFrom(1, 0.6),
  weightNorm: fc.constantFrom(0.5, 3, 12),
  oneSpike: fc.constantFrom('random', 'lowestIndex', 'off'),
  inhibition: fc.constantFrom('all', 'distance'),
  resetIntervalSteps: fc.constantFrom(0, 0, 1, 3, 10, 50),
})

export const anyEncoding: fc.Arbitrary<RateEncoding> = fc.record({
  kind: fc.constantFrom('poisson', 'bernoulli'),
  maximumRateHz: fc.constantFrom(30, 128, 400, 1000),
  steps: fc.integer({ min: 1, max: 40 }),
})

const anyPixel = fc.oneof(fc.constant(0), fc.constant(255), fc.integer({ min: 0, max: 255 }))

export interface Presentation {
  readonly stimulus: Stimulus
  readonly sampleSeed: number
  readonly learning: boolean
}

const anyImage = (inputSize: number): fc.Arbitrary<Stimulus> =>
  fc
    .array(anyPixel, { minLength: inputSize, maxLength: inputSize })
    .map((levels) => ({ kind: 'image', image: Uint8Array.from(levels) }))

const anySpikes = (inputSize: number, steps: number): fc.Arbitrary<Stimulus> =>
  fc
    .array(fc.subarray(Array.from({ length: inputSize }, (_, input) => input)), { maxLength: steps })
    .map((lists) => ({ kind: 'spikes', spikes: spikesAt(lists) }))

export const anyPresentations = (inputSize: number, steps: number): fc.Arbitrary<Presentation[]> =>
  fc.array(
    fc.record({
      stimulus: fc.oneof(anyImage(inputSize), anySpikes(inputSize, steps)),
      sampleSeed: fc.integer({ min: 0, max: 0xffffffff }),
      learning: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )

export interface Scenario {
  readonly parameters: DiehlCookParameters
  readonly encoding: RateEncoding
  readonly weightsSeed: number
  readonly presentations: Presentation[]
}

/** A network and the samples that it is shown, learning from some. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(anyParameters, anyEncoding)
  .chain(([parameters, encoding]) =>
    fc.record({
      parameters: fc.constant(parameters),
      encoding: fc.constant(encoding),
      weightsSeed: fc.integer({ min: 0, max: 0xffffffff }),
      presentations: anyPresentations(parameters.inputSize, encoding.steps),
    }),
  )

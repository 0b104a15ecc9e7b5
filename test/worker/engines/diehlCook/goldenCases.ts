import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { DiehlCookParameters } from '../../../../src-core/diehlCook/diehlCookParameters.ts'

const numbers = z.array(z.number())
const table = z.array(numbers)

const goldenSchema = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      nIn: z.int(),
      n: z.int(),
      steps: z.int(),
      learning: z.boolean(),
      oneSpike: z.enum(['lowest index', 'off']),
      params: z.object({
        eRest: z.number(),
        eReset: z.number(),
        eThresh: z.number(),
        eRefrac: z.number(),
        eTcDecay: z.number(),
        thetaPlus: z.number(),
        tcThetaDecay: z.number(),
        iRest: z.number(),
        iReset: z.number(),
        iThresh: z.number(),
        iRefrac: z.number(),
        iTcDecay: z.number(),
        exc: z.number(),
        inh: z.number(),
        nuPre: z.number(),
        nuPost: z.number(),
        norm: z.number(),
      }),
      initialWeights: table,
      samples: z.array(
        z.object({
          inputSpikes: table,
          E: z.object({ v: table, theta: table, refrac: table, trace: table, spikes: table }),
          I: z.object({ v: table, refrac: table, spikes: table }),
          weightsBeforeNormalisation: table,
          weightsAfterNormalisation: table,
        }),
      ),
    }),
  ),
})

export type GoldenCase = z.infer<typeof goldenSchema>['cases'][number]

/** State after every step of BindsNET's own network, see the file's `source` and `about`. */
export const goldenCases: readonly GoldenCase[] = goldenSchema.parse(
  JSON.parse(readFileSync(new URL('../../../golden/stdp.json', import.meta.url), 'utf8')),
).cases

export const goldenParameters = ({ nIn, n, params, oneSpike }: GoldenCase): DiehlCookParameters => ({
  inputSize: nIn,
  neurons: n,
  dtMs: 1,
  restExcitatoryMv: params.eRest,
  resetExcitatoryMv: params.eReset,
  thresholdExcitatoryMv: params.eThresh,
  refractoryExcitatoryMs: params.eRefrac,
  tauMembraneExcitatoryMs: params.eTcDecay,
  thetaPlusMv: params.thetaPlus,
  tauThetaDecayMs: params.tcThetaDecay,
  restInhibitoryMv: params.iRest,
  resetInhibitoryMv: params.iReset,
  thresholdInhibitoryMv: params.iThresh,
  refractoryInhibitoryMs: params.iRefrac,
  tauMembraneInhibitoryMs: params.iTcDecay,
  strengthExcitatory: params.exc,
  strengthInhibitory: params.inh,
  tauTraceMs: 20,
  learningRatePre: params.nuPre,
  learningRatePost: params.nuPost,
  weightMinimum: 0,
  weightMaximum: 1,
  weightNorm: params.norm,
  oneSpike: oneSpike === 'off' ? 'off' : 'lowestIndex',
  inhibition: 'all',
  resetIntervalSteps: 0,
})

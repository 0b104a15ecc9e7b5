import type { trialCalls } from '../../../src-core/contracts/window/trialCalls.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { whyThisPoint } from '../../../src-core/progress/whyThisPoint.ts'
import type { CallParts, Handlers } from './callParts.ts'

const notYet = (): never => {
  throw new SpiketuneError('internal', 'This is not possible yet.')
}

export const createTrialCalls = ({ studies }: CallParts): Handlers<typeof trialCalls> => ({
  explainTrial: ({ id, number }) =>
    studies.use(id, (study) => {
      const trial = study.trial(number)
      return trial === null ? [] : whyThisPoint(trial.explanation, Object.keys(study.definition.space))
    }),
  trialRecord: notYet,
  annotateTrial: notYet,
  excludeTrial: notYet,
  enqueueTrial: notYet,
  cancelTrial: notYet,
})

import type { curveCalls } from '../../../src-core/contracts/window/curveCalls.ts'
import type { trialCalls } from '../../../src-core/contracts/window/trialCalls.ts'
import { whyThisPoint } from '../../../src-core/progress/whyThisPoint.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createCurveCalls = ({ studies }: CallParts): Handlers<typeof curveCalls> => ({
  learningCurves: ({ id, numbers }) => studies.use(id, (study) => study.learningCurves(numbers)),
})

export const createTrialCalls = ({ studies }: CallParts): Handlers<typeof trialCalls> => ({
  explainTrial: ({ id, number }) =>
    studies.use(id, (study) => {
      const trial = study.trial(number)
      return trial === null ? [] : whyThisPoint(trial.explanation, Object.keys(study.definition.space))
    }),
  trialRecord: ({ id, number }) => studies.use(id, (study) => study.record(number)),
  annotateTrial: ({ id, number, ...change }) => studies.use(id, (study) => study.annotate(number, change)),
  excludeTrial: ({ id, number, excluded }) => studies.use(id, (study) => study.exclude(number, excluded)),
  enqueueTrial: ({ id, configuration, seed }) =>
    studies.use(id, (study) => study.enqueue(configuration, seed === null ? null : seed)),
  cancelTrial: ({ id, number }) => studies.use(id, (study) => study.cancel(number)),
})

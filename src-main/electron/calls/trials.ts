import type { StudyCallName } from '../../../src-core/contracts/studyCalls.ts'
import type { curveCalls } from '../../../src-core/contracts/window/curveCalls.ts'
import type { trialCalls } from '../../../src-core/contracts/window/trialCalls.ts'
import { whyThisPoint } from '../../../src-core/progress/whyThisPoint.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createCurveCalls = ({ studies }: CallParts): Handlers<typeof curveCalls> => ({
  learningCurves: ({ id, numbers }) => studies.use(id, (study) => study.learningCurves(numbers)),
})

export const createTrialCalls = ({ studies }: CallParts): Handlers<Omit<typeof trialCalls, StudyCallName>> => ({
  explainTrial: ({ id, number }) =>
    studies.use(id, (study) => {
      const trial = study.trial(number)
      return trial === null ? [] : whyThisPoint(trial.explanation, Object.keys(study.definition.space))
    }),
  trialRecord: ({ id, number }) => studies.use(id, (study) => study.record(number)),
})

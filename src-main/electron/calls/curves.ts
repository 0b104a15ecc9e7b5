import type { curveCalls } from '../../../src-core/contracts/window/curveCalls.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createCurveCalls = ({ studies }: CallParts): Handlers<typeof curveCalls> => ({
  learningCurves: ({ id, numbers }) => studies.use(id, (study) => study.learningCurves(numbers)),
})

import type { studyCalls } from '../../../src-core/contracts/studyCalls.ts'
import type { CallParts, Handlers } from './callParts.ts'

/** What is asked of one study goes to it, whichever process runs it. */
export const createStudyCalls = ({ studies, starts }: CallParts): Handlers<typeof studyCalls> => ({
  resumeStudy: (request) =>
    studies.use(request.id, async (study) => {
      if (study.summary().inBackground === true) return study.calls.resumeStudy(request)
      await starts.start(study)
      return study.summary()
    }),
  pauseStudy: (request) => studies.use(request.id, ({ calls }) => calls.pauseStudy(request)),
  pauseStudyNow: (request) => studies.use(request.id, ({ calls }) => calls.pauseStudyNow(request)),
  setWorkers: (request) => studies.use(request.id, ({ calls }) => calls.setWorkers(request)),
  annotateTrial: (request) => studies.use(request.id, ({ calls }) => calls.annotateTrial(request)),
  excludeTrial: (request) => studies.use(request.id, ({ calls }) => calls.excludeTrial(request)),
  enqueueTrial: (request) => studies.use(request.id, ({ calls }) => calls.enqueueTrial(request)),
  cancelTrial: (request) => studies.use(request.id, ({ calls }) => calls.cancelTrial(request)),
  startConfirmation: (request) => studies.use(request.id, ({ calls }) => calls.startConfirmation(request)),
  continueConfirmation: (request) => studies.use(request.id, ({ calls }) => calls.continueConfirmation(request)),
  stopConfirmation: (request) => studies.use(request.id, ({ calls }) => calls.stopConfirmation(request)),
})

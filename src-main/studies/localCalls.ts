import type { StudyCalls } from '../../src-core/contracts/studyCalls.ts'
import type { OpenStudy } from './studyService.ts'

/** Does it at once; a refusal is a rejection, as if another process had refused. */
const answered = <Answer>(act: () => Answer): Promise<Answer> =>
  new Promise((resolve) => {
    resolve(act())
  })

/** What a person asks of a study is done by this process. */
export const localCalls = (study: Omit<OpenStudy, 'calls'>): StudyCalls => ({
  resumeStudy: async () => {
    await study.start()
    return study.summary()
  },
  pauseStudy: () =>
    answered(() => {
      study.pause()
      return study.summary()
    }),
  pauseStudyNow: async () => {
    await study.pauseNow()
    return study.summary()
  },
  setWorkers: ({ workers }) =>
    answered(() => {
      study.setWorkers(workers)
      return study.summary()
    }),
  annotateTrial: ({ number, note, tags, pinned }) => answered(() => study.annotate(number, { note, tags, pinned })),
  excludeTrial: ({ number, excluded }) => answered(() => study.exclude(number, excluded)),
  enqueueTrial: ({ configuration, seed }) => answered(() => study.enqueue(configuration, seed)),
  cancelTrial: ({ number }) => answered(() => study.cancel(number)),
  startConfirmation: ({ trials, seeds }) => answered(() => study.confirm({ trials, seeds })),
  continueConfirmation: ({ confirmation }) => answered(() => study.continueConfirmation(confirmation)),
  stopConfirmation: async () => {
    await study.stopConfirmation()
    return null
  },
})

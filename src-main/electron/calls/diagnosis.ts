import type { diagnosisCalls } from '../../../src-core/contracts/window/diagnosisCalls.ts'
import { searchRecord } from '../../../src-core/diagnostics/searchRecord.ts'
import { sendEvent } from '../ipc.ts'
import type { CallParts, Handlers } from './callParts.ts'

/** Explanations read at once: a few milliseconds of work. */
const explanationsAtOnce = 400

export const createDiagnosisCalls = ({ studies, analyses, window }: CallParts): Handlers<typeof diagnosisCalls> => ({
  modelStudy: ({ id }) =>
    studies.use(id, (study) =>
      analyses.report(study, (progress) => {
        sendEvent(window, 'modelsFitting', { folder: study.folder, progress })
      }),
    ),
  mapModels: ({ id, settings }) => studies.use(id, (study) => analyses.map(study, settings)),
  readSearch: ({ id, from }) =>
    studies.use(id, (study) => {
      const explained = study.explanations(from, explanationsAtOnce)
      return {
        record: searchRecord(explained),
        next: (explained.at(-1)?.number ?? from - 1) + 1,
        complete: explained.length < explanationsAtOnce,
      }
    }),
  replayStopRule: ({ id, rule, sweep }) => studies.use(id, (study) => analyses.replay(study, rule, sweep)),
})

import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type ComparedImportance, comparedImportance } from '../../src-core/studyComparison/comparedImportance.ts'
import { diagnosisWork } from '../diagnosis/diagnosisRequest.ts'
import type { Diagnose } from '../diagnosis/diagnosisThread.ts'
import type { StudyReading } from '../studies/studyReading.ts'

/** No map is shown. */
const settings = { map: null, average: false, resolution: 2 }

/** Models a study as `diagnose` does, which takes seconds; a study that cannot be modelled says why. */
export const readImportance = async (
  read: (idOrFolder: string) => Promise<StudyReading>,
  diagnose: Diagnose,
  idOrFolder: string,
): Promise<ComparedImportance> => {
  try {
    const study = await read(idOrFolder)
    const { request } = (() => {
      try {
        return diagnosisWork(study, settings)
      } finally {
        study.close()
      }
    })()
    return comparedImportance((await diagnose(request)).importance)
  } catch (error) {
    if (!(error instanceof SpiketuneError)) throw error
    return { outputs: [], problem: error.message }
  }
}

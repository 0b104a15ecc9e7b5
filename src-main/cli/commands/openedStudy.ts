import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import type { Application, GlobalOptions } from '../application.ts'

/** Does something with a study of the library, and closes it. */
export async function withStudy<Result>(
  application: Application,
  { library }: GlobalOptions,
  id: string,
  action: (study: OpenStudy) => Result | Promise<Result>,
): Promise<Result> {
  const study = await application.openLibrary(library ?? null).open(id)
  try {
    return await action(study)
  } finally {
    await study.close()
  }
}

/** The trials that are named on the command line. @throws {SpiketuneError} trial-not-found */
export function parseTrials(study: OpenStudy, words: readonly string[]): number[] {
  return words.map((word) => {
    if (/^\d{1,9}$/.test(word)) return Number(word)
    throw new SpiketuneError('trial-not-found', `"${word}" is no number of a trial of the study "${study.id}".`)
  })
}

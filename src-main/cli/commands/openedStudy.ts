import type { Damage } from '../../../src-core/contracts/studyCheck.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { systemClock } from '../../scheduler/clock.ts'
import { patiently } from '../../storage/held.ts'
import type { StudyReading } from '../../studies/studyReading.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { damageLines } from '../text/checkText.ts'

/** Says what is damaged of a study; resolves when everything that was stored at its opening has been looked at. */
export const warnOfDamage = async (
  study: OpenStudy,
  application: Application,
  options: GlobalOptions,
): Promise<void> => {
  warnOf((await study.verified()).damage, study.id, application, options)
}

export const warnOf = (
  damage: readonly Damage[],
  study: string,
  { terminal }: Application,
  options: GlobalOptions,
): void => {
  for (const line of damageLines(damage, createSuggestions(options).command('check', study))) terminal.warn(line)
}

/** Does what a person asks, after another program has let go of the database if need be. @throws {SpiketuneError} database-locked, after a minute */
export const whenFree = <Result>(
  { terminal }: Pick<Application, 'terminal'>,
  action: () => Result | Promise<Result>,
): Promise<Result> =>
  patiently(systemClock, action, ({ message }) => {
    terminal.warn(`${message.split('. ')[0] ?? message}. Waiting for it, a minute at most; Ctrl-C ends.`)
  })

/** Opens a study of the library. */
export const openedStudy = (application: Application, { library }: GlobalOptions, id: string): Promise<OpenStudy> =>
  whenFree(application, () => application.openLibrary(library ?? null).open(id))

/** Reads a study of the library without opening it: however large it is, little of it is held. */
export const readStudy = (application: Application, { library }: GlobalOptions, id: string): Promise<StudyReading> =>
  whenFree(application, () => application.openLibrary(library ?? null).read(id))

/** Does something with a study of the library, and closes it. @param action to be done again where the database is held */
export const withStudy = async <Result>(
  application: Application,
  options: GlobalOptions,
  id: string,
  action: (study: OpenStudy) => Result | Promise<Result>,
): Promise<Result> => {
  const study = await openedStudy(application, options, id)
  try {
    return await whenFree(application, () => action(study))
  } finally {
    await study.close()
  }
}

/** The trials that are named on the command line. @throws {SpiketuneError} trial-not-found */
export const parseTrials = (study: OpenStudy, words: readonly string[]): number[] =>
  words.map((word) => {
    if (/^\d{1,9}$/.test(word)) return Number(word)
    throw new SpiketuneError('trial-not-found', `"${word}" is no number of a trial of the study "${study.id}".`)
  })

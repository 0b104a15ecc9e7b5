import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** The folder of what can be made anew: the one that $SPIKETUNE_CACHE names, else the user's own. */
export const cacheFolder = (environment: Readonly<Record<string, string | undefined>>): string => {
  const named = environment['SPIKETUNE_CACHE']
  return named === undefined || named === '' ? envPaths('spiketune', { suffix: '' }).cache : resolve(named)
}

/** Whether $SPIKETUNE_LIBRARY names a library. */
export const namesLibrary = ({ SPIKETUNE_LIBRARY: named }: Readonly<Record<string, string | undefined>>): boolean =>
  named !== undefined && named !== ''

/** The folder of studies: the given one, else the one that $SPIKETUNE_LIBRARY names, else the user's own. */
export const libraryFolder = (
  given: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): string => {
  const named = given ?? environment['SPIKETUNE_LIBRARY']
  return named === undefined || named === ''
    ? join(envPaths('spiketune', { suffix: '' }).data, 'studies')
    : resolve(named)
}

import { delimiter } from 'node:path'
import type { Installation } from './installation.ts'

/** The environment of a process that loads the binding. */
export const bindingEnvironment = (
  { libraryFolders }: Pick<Installation, 'libraryFolders'>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> => {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const before = environment['LD_LIBRARY_PATH']
  const path = [...libraryFolders, ...(before === undefined || before === '' ? [] : [before])].join(delimiter)
  return {
    ...Object.fromEntries(given),
    // Errors only: its notes on start would fill what is kept of a worker's last words.
    TF_CPP_MIN_LOG_LEVEL: environment['TF_CPP_MIN_LOG_LEVEL'] ?? '2',
    ...(path === '' ? {} : { LD_LIBRARY_PATH: path }),
  }
}

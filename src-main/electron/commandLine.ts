import { isAbsolute, resolve } from 'node:path'
import { parseArgs } from 'node:util'

interface CommandLine {
  /** Id of a study in the library, or absolute path of a study's folder. */
  readonly study: string | null
  /** Absolute path of the library's folder. */
  readonly library: string | null
}

/** A bare word is an id; anything with a separator in it is a path. */
const isPath = (argument: string): boolean => isAbsolute(argument) || /[/\\]/.test(argument) || argument === '.'

/**
 * Reads the arguments of the application, among which Chromium's own switches may stand.
 *
 * @param argv the process's arguments, the executable first
 * @param packaged false: the first argument that is no switch is the application's folder
 */
export const readCommandLine = (
  argv: readonly string[],
  { packaged, workingFolder }: { packaged: boolean; workingFolder: string },
): CommandLine => {
  const { values, positionals } = parseArgs({
    args: argv.slice(1),
    options: { library: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const study = positionals[packaged ? 0 : 1]
  return {
    study: study === undefined ? null : isPath(study) ? resolve(workingFolder, study) : study,
    library: typeof values.library === 'string' ? resolve(workingFolder, values.library) : null,
  }
}

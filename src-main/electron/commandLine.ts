import { basename, dirname, isAbsolute, resolve } from 'node:path'
import { parseArgs } from 'node:util'

interface CommandLine {
  /** Id of a study in the library, or absolute path of a study's folder. */
  readonly study: string | null
  /** Absolute path of a file to open: a definition, or an evaluation log. */
  readonly file: string | null
  /** Absolute path of the library's folder. */
  readonly library: string | null
}

/** A bare word is an id; anything with a separator in it is a path. */
const isPath = (argument: string): boolean => isAbsolute(argument) || /[/\\]/.test(argument) || argument === '.'

/** As a drop on the window tells them apart; whatever else is named is a study. */
const isFile = (argument: string): boolean => /\.(?:ya?ml|json|csv|csv\.gz)$/i.test(argument)

/** A study is its folder; desktops open the database in it with a double click. */
const studyOf = (path: string): string => (basename(path) === 'study.sqlite' ? dirname(path) : path)

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
  const named = positionals[packaged ? 0 : 1]
  const file = named !== undefined && isFile(named) ? resolve(workingFolder, named) : null
  const study = named === undefined || file !== null ? null : named
  return {
    study:
      study === null
        ? null
        : isPath(study) || study === 'study.sqlite'
          ? studyOf(resolve(workingFolder, study))
          : study,
    file,
    library: typeof values.library === 'string' ? resolve(workingFolder, values.library) : null,
  }
}

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { studyDefinitionSchema, type StudyDefinition } from '../../../src-core/study/definition.ts'
import type { SourcedDefinition } from '../../studies/definitionSources.ts'
import type { Application } from '../application.ts'
import { runStudy, type RunOptions } from '../run/runStudy.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends RunOptions {
  readonly workers?: number
  readonly name?: string
}

export function addRunCommand(program: Command, application: Application, run: RunAction): void {
  program
    .command('run')
    .summary('create a study and run it')
    .description(
      'Creates a study in the library from a definition and runs it to its end. Ctrl-C lets running trials finish and ' +
        'ends; pressed twice it stops at once. Nothing that was finished is lost, and resume goes on.',
    )
    .argument(
      '<study>',
      'a YAML or JSON file (a study definition or an exported configuration), or the name of a preset',
    )
    .option('-w, --workers <number>', 'worker processes, instead of what the definition says', parseWorkers)
    .option('-n, --name <name>', 'name of the study, instead of what the definition says', parseName)
    .option('-q, --quiet', 'print only one line at the end')
    .option('--plain', 'print lines instead of redrawing, also in a terminal')
    .addHelpText(
      'after',
      examples([
        ['spiketune run mnist-stdp-small', 'the preset of the demo'],
        ['spiketune run my-study.yaml --workers 8', 'a definition of your own'],
        ['spiketune run mnist-stdp-small-1-trial-9.yaml', 'an export, to reproduce it'],
        ['spiketune run my-study.yaml --json > run.jsonl', 'for scripts'],
      ]),
    )
    .action(
      run(async (options: Options, study: string) => {
        const { definition, source } = await readDefinition(application, study)
        const library = application.openLibrary(options.library ?? null)
        const opened = await library.create(withOverrides(definition, options), source)
        return runStudy(opened, application, options)
      }),
    )
}

/** A file when there is one of that name or the name looks like one; otherwise a preset. */
export function readDefinition({ definitions }: Application, study: string): Promise<SourcedDefinition> {
  const path = resolve(study)
  const looksLikeFile = /[/\\]|\.(ya?ml|json)$/i.test(study)
  return looksLikeFile || existsSync(path) ? definitions.readFile(path) : definitions.readPreset(study)
}

const withOverrides = (definition: StudyDefinition, { workers, name }: Options): StudyDefinition =>
  Object.freeze({
    ...definition,
    ...(workers === undefined ? {} : { workers }),
    ...(name === undefined ? {} : { name }),
  })

export function parseWorkers(text: string): number {
  const workers = studyDefinitionSchema.shape.workers.safeParse(Number(text))
  if (!workers.success || typeof workers.data !== 'number') throw new InvalidArgumentError('Allowed: 1 to 256.')
  return workers.data
}

function parseName(text: string): string {
  const name = studyDefinitionSchema.shape.name.safeParse(text)
  if (!name.success) throw new InvalidArgumentError('Allowed: letters, digits, dot, dash, underscore; at most 64.')
  return name.data
}

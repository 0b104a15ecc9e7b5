import { type Argument, Command, CommanderError } from 'commander'
import type { Application, GlobalOptions } from './application.ts'
import { examples, type RunAction } from './commands/command.ts'
import { addBackgroundCommands } from './commands/background.ts'
import { addCacheCommand } from './commands/cache.ts'
import { addBackupCommand, addCheckCommand } from './commands/check.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addConfirmCommand } from './commands/confirm.ts'
import { addAnnotateCommand } from './commands/annotate.ts'
import { addDatasetsCommand } from './commands/datasets.ts'
import { addDevicesCommand } from './commands/devices.ts'
import { addDiagnoseCommand } from './commands/diagnose.ts'
import { addEnqueueCommand } from './commands/enqueue.ts'
import { addExperimentCommand } from './commands/experiment.ts'
import { addExportCommand } from './commands/export.ts'
import { addGlossaryCommand } from './commands/glossary.ts'
import { addImportCommand } from './commands/import.ts'
import { addForkCommand } from './commands/fork.ts'
import { addListCommand } from './commands/list.ts'
import { addPresetsCommand } from './commands/presets.ts'
import { addReferenceCommands } from './commands/reference.ts'
import { addResumeCommand } from './commands/resume.ts'
import { addRunCommand } from './commands/run.ts'
import { addSetupCommand } from './commands/setup.ts'
import { addShowCommand } from './commands/show.ts'
import { addTrialCommands } from './commands/trials.ts'
import { addManageCommands } from './commands/manage.ts'
import { addDiskCommand } from './commands/disk.ts'
import { addLogCommand } from './commands/log.ts'
import { addValidateCommand } from './commands/validate.ts'
import { addWindowCommand } from './commands/window.ts'
import { exitCodes, exitCodesText } from './exitCodes.ts'
import { reportError } from './reportError.ts'

/** Reads `words` (the arguments after the program's name), does what they say, returns the exit code. Never throws. */
export const runProgram = async (words: readonly string[], application: Application): Promise<number> => {
  let exitCode: number = exitCodes.success
  const run: RunAction = (action) =>
    async function (this: Command, ...parameters) {
      // Commander passes the arguments, then the options, then the command.
      const texts = parameters
        .slice(0, -2)
        .flat()
        .filter((parameter) => typeof parameter === 'string')
      exitCode = await action(this.optsWithGlobals(), ...texts)
    }
  const program = createProgram(application, run)
  try {
    await program.parseAsync([...words], { from: 'user' })
    const output = await application.terminal.flush()
    if (output === 'written' || exitCode !== exitCodes.success) return exitCode
    return output === 'lost' ? exitCodes.environment : exitCodes.outputClosed
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage
    return reportError(error, application, program.opts<GlobalOptions>())
  }
}

/** Every command takes options; to say so of each would only make the list wide. */
const subcommandTerm = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map((argument) => humanReadable(argument))].join(' ')

const humanReadable = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

const createProgram = (application: Application, run: RunAction): Command => {
  const { terminal } = application
  const program = new Command('spiketune')
    .description('Finds good hyperparameters for spiking neural networks on one workstation.')
    .version(application.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help; after a command: help for it')
    .helpCommand(false)
    .option('--library <folder>', 'folder of the studies (default: $SPIKETUNE_LIBRARY, else a folder of this user)')
    .option('--json', 'print JSON, one object a line')
    .option('--verbose', 'print the technical details of errors')
    .exitOverride()
    .showHelpAfterError('(--help shows what is allowed)')
    .configureHelp({ showGlobalOptions: true, subcommandTerm })
    .configureOutput({
      writeOut: (text) => {
        terminal.print(text.trimEnd())
      },
      writeErr: (text) => {
        terminal.warn(text.trimEnd())
      },
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.styles.isColorSupported,
      getErrHasColors: () => terminal.styles.isColorSupported,
    })
    .addHelpText(
      'after',
      [
        examples([
          ['spiketune run mnist-stdp-small', 'run the demo study'],
          ['spiketune list', 'which studies there are'],
          ['spiketune show mnist-stdp-small-1', 'what came of one'],
          ['spiketune export mnist-stdp-small-1 --best', 'keep its best configuration'],
          ['spiketune run --help', 'more about a command'],
        ]),
        '',
        exitCodesText(),
      ].join('\n'),
    )
  for (const add of [
    addRunCommand,
    addResumeCommand,
    addExperimentCommand,
    addBackgroundCommands,
    addListCommand,
    addShowCommand,
    addDiagnoseCommand,
    addCompareCommand,
    addConfirmCommand,
    addExportCommand,
    addCheckCommand,
    addBackupCommand,
    addAnnotateCommand,
    addEnqueueCommand,
    addTrialCommands,
    addManageCommands,
    addLogCommand,
    addDiskCommand,
    addForkCommand,
    addImportCommand,
    addPresetsCommand,
    addGlossaryCommand,
    addValidateCommand,
    addDatasetsCommand,
    addCacheCommand,
    addDevicesCommand,
    addSetupCommand,
    addWindowCommand,
    addReferenceCommands,
  ]) {
    add(program, application, run)
  }
  return program
}

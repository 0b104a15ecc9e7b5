import type { Command } from 'commander'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { countOf } from '../text/format.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly show?: string
}

export const addPresetsCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('presets')
    .summary('the studies that come with Spiketune')
    .description('Lists the study definitions that come with Spiketune, or prints one of them.')
    .option('--show <name>', 'print the definition of this preset')
    .addHelpText('after', examples([['spiketune presets --show mnist-stdp > my-study.yaml', 'to begin your own from']]))
    .action(
      run(async (options: Options) => {
        const { terminal, definitions } = application
        if (options.show !== undefined) {
          const { definition, source } = await definitions.readPreset(options.show)
          terminal.print(options.json ? JSON.stringify(definition) : source.trimEnd())
          return exitCodes.success
        }
        const presets = await definitions.listPresets()
        if (options.json) {
          for (const preset of presets) terminal.print(JSON.stringify(preset))
          return exitCodes.success
        }
        for (const { name, description, trials } of presets) {
          const budget = trials === null ? '' : ` (${countOf(trials, 'trial')})`
          terminal.print(`${terminal.styles.bold(name)}${budget}\n  ${description}`)
        }
        terminal.print(`\nRun one: ${createSuggestions(options).command('run', presets[0]?.name ?? '<preset>')}`)
        return exitCodes.success
      }),
    )
}

import type { Command } from 'commander'
import { presetGroups } from '../../../src-core/progress/presetOrder.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { studiesText } from '../text/experimentText.ts'
import { countOf } from '../text/format.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly show?: string
}

export const addPresetsCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('presets')
    .summary('the studies that come with Spiketune')
    .description('Lists the study definitions and the experiments that come with Spiketune, or prints one of them.')
    .option('--show <name>', 'print the definition of this preset')
    .addHelpText('after', examples([['spiketune presets --show mnist-stdp > my-study.yaml', 'to begin your own from']]))
    .action(
      run(async (options: Options) => {
        const { terminal, definitions, experiments } = application
        const compared = await experiments.listPresets()
        if (options.show !== undefined) {
          if (compared.some(({ name }) => name === options.show)) {
            const { plan, source } = await experiments.readFile(await experiments.presetFile(options.show))
            terminal.print(options.json ? JSON.stringify(plan) : source.trimEnd())
            return exitCodes.success
          }
          const { definition, source } = await definitions.readPreset(options.show)
          terminal.print(options.json ? JSON.stringify(definition) : source.trimEnd())
          return exitCodes.success
        }
        const groups = presetGroups(await definitions.listPresets())
        const presets = groups.flatMap((group) => group.presets)
        if (options.json) {
          for (const preset of presets) terminal.print(JSON.stringify(preset))
          for (const preset of compared) terminal.print(JSON.stringify({ ...preset, kind: 'experiment' }))
          return exitCodes.success
        }
        const { bold, dim } = terminal.styles
        for (const group of groups) {
          terminal.print(`${dim(group.heading)}\n`)
          for (const { name, description, trials, missing } of group.presets) {
            const budget = trials === null ? '' : ` (${countOf(trials, 'trial')})`
            const advice = missing === null ? '' : `\n  ${missing}\n  Name their folder: --folder <folder>`
            terminal.print(`${bold(name)}${budget}\n  ${description}${advice}`)
          }
          terminal.print('')
        }
        terminal.print(`${dim('Experiments, several studies each')}\n`)
        for (const { name, description, studies } of compared) {
          terminal.print(`${bold(name)} (${studiesText(studies)})\n  ${description}`)
        }
        const { command } = createSuggestions(options)
        terminal.print(`\nRun one: ${command('run', presets[0]?.name ?? '<preset>')}`)
        terminal.print(`An experiment: ${command('experiment', compared[0]?.name ?? '<preset>')}`)
        return exitCodes.success
      }),
    )
}

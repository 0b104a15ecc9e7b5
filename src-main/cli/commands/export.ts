import { resolve } from 'node:path'
import type { Command } from 'commander'
import { confirmingWords } from '../../../src-core/confirmation/summarise.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { labelled } from '../text/resultText.ts'
import { openedStudy, warnOfDamage } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly best: true
  readonly output: string
}

export const addExportCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('export')
    .summary('the best configuration as YAML, JSON and safetensors')
    .description(
      'Writes the best configuration: hyperparameters, metrics, seeds and dataset hash as YAML and as JSON, the trained ' +
        'weights as safetensors, a network that evolved also as TENNLab’s JSON. `spiketune run` takes the YAML or the JSON and reproduces what was measured exactly.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .requiredOption('--best', 'the best trial: feasible, of the best objective')
    .option('-o, --output <folder>', 'where to write to', '.')
    .addHelpText(
      'after',
      examples([
        ['spiketune export mnist-stdp-small-1 --best', 'into this folder'],
        ['spiketune export mnist-stdp-small-1 --best --output results', 'elsewhere'],
      ]),
    )
    .action(
      run(async (options: Options, id: string) => {
        const { terminal } = application
        const study = await openedStudy(application, options, id)
        try {
          await warnOfDamage(study, application, options)
          const { best, confirming } = study.summary()
          const files = await study.exportBest(resolve(options.output))
          if (confirming) terminal.warn(`Note: ${confirmingWords}`)
          if (files.networkProblem !== null) terminal.warn(`Warning: ${files.networkProblem}`)
          if (options.json) {
            terminal.print(JSON.stringify({ ...files, trial: best?.number ?? null, confirming }))
            return exitCodes.success
          }
          if (best?.feasible === false) {
            terminal.warn(`Warning: no trial keeps the silence limits; trial ${best.number} comes closest.`)
          }
          terminal.print(
            labelled(
              [
                ['YAML', files.yaml],
                ['JSON', files.json],
                [
                  'Weights',
                  files.safetensors ??
                    `${files.networkProblem === null ? 'not kept' : 'damaged'}; running the YAML makes them again`,
                ],
                ...(files.tennlab === null ? [] : [['TENNLab', files.tennlab] as [string, string]]),
                ['Reproduce', createSuggestions(options).command('run', files.yaml)],
              ],
              terminal.styles,
            ),
          )
          return exitCodes.success
        } finally {
          await study.close()
        }
      }),
    )
}

import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { confirmingWords } from '../../../src-core/confirmation/summarise.ts'
import { type InspectedSplit, inspectedSplitSchema } from '../../../src-core/contracts/inspection.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { exportSpikes, type SpikeForm, spikeForms } from '../../exports/exportSpikes.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { openedStudy, warnOfDamage } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'
import { spokenProgress } from './spokenProgress.ts'

interface Options extends GlobalOptions {
  readonly best?: boolean
  readonly trial?: number
  readonly output: string
  readonly spikes?: SpikeForm
  readonly samples: string
  readonly split: InspectedSplit
  readonly retrain?: boolean
}

export const addExportCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('export')
    .summary('a configuration as YAML, JSON and safetensors, or its spikes')
    .description(
      'Writes the best configuration, or that of a trial: hyperparameters, metrics, seeds and dataset hash as YAML and as JSON, the trained ' +
        'weights as safetensors, a network that evolved also as TENNLab’s JSON. `spiketune run` takes the YAML or the JSON and reproduces what was measured exactly. ' +
        'With --spikes it shows samples to the network instead, without learning, and writes every spike.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('--best', 'the best trial: feasible, of the best objective')
    .addOption(new Option('--trial <number>', 'this trial instead').argParser(parseTrial).conflicts('best'))
    .option('-o, --output <folder>', 'where to write to', '.')
    .addOption(new Option('--spikes <form>', 'the spikes of samples instead of the configuration').choices(spikeForms))
    .option('--samples <numbers>', 'which samples are shown for --spikes, such as "0-9, 15"', '0-9')
    .addOption(
      new Option('--split <name>', 'of which split those are')
        .choices(inspectedSplitSchema.options)
        .default('objective'),
    )
    .option('--retrain', 'for --spikes: train a network again that was not kept')
    .addHelpText(
      'after',
      examples([
        ['spiketune export mnist-stdp-small-1 --best', 'into this folder'],
        ['spiketune export mnist-stdp-small-1 --best --output results', 'elsewhere'],
        ['spiketune export mnist-stdp-small-1 --trial 12 --spikes npz --samples 0-49', 'every spike of 50 samples'],
      ]),
    )
    .action(
      run(async (options: Options, id: string) => {
        if (options.best !== true && options.trial === undefined) {
          throw new SpiketuneError('configuration-invalid', 'Say which trial: --best, or --trial <number>.')
        }
        const study = await openedStudy(application, options, id)
        try {
          await warnOfDamage(study, application, options)
          if (options.spikes === undefined) await writeConfiguration(study, options, application)
          else await writeSpikes(study, options.spikes, options, application)
          return exitCodes.success
        } finally {
          await study.close()
        }
      }),
    )
}

const parseTrial = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0.')
  return Number(text)
}

const writeConfiguration = async (study: OpenStudy, options: Options, { terminal }: Application): Promise<void> => {
  const { best, confirming } = study.summary()
  const folder = resolve(options.output)
  const files = await (options.trial === undefined
    ? study.exportBest(folder)
    : study.exportTrial(options.trial, folder))
  if (confirming) terminal.warn(`Note: ${confirmingWords}`)
  if (files.networkProblem !== null) terminal.warn(`Warning: ${files.networkProblem}`)
  if (options.json) {
    terminal.print(JSON.stringify({ ...files, trial: options.trial ?? best?.number ?? null, confirming }))
    return
  }
  if (options.trial === undefined && best?.feasible === false) {
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
}

const writeSpikes = async (
  study: OpenStudy,
  form: SpikeForm,
  options: Options,
  { terminal, inspectorHost }: Application,
): Promise<void> => {
  const trial = options.trial ?? study.summary().best?.number
  if (trial === undefined) {
    throw new SpiketuneError('study-nothing-to-export', `No trial of ${study.id} has been measured yet.`)
  }
  const { samples, split, output: folder } = options
  const report = spokenProgress((text) => {
    if (options.json !== true) terminal.warn(text)
  })
  const wanted = { trial, split, samples, form, folder, retrain: options.retrain === true }
  const written = await exportSpikes(study, wanted, inspectorHost, report)
  if (options.json) {
    terminal.print(JSON.stringify({ ...written, trial, split }))
    return
  }
  terminal.print(
    labelled(
      [
        ['Spikes', written.file],
        ['Trial', String(trial)],
        ['Samples', `${formatCount(written.samples)} of the ${split} split`],
        ['Number', formatCount(written.spikes)],
      ],
      terminal.styles,
    ),
  )
}

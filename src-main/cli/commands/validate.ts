import type { Command } from 'commander'
import { membersOf } from '../../../src-core/experiment/experimentPlan.ts'
import { gridTextOf } from '../../../src-core/optimiser/grid/gridText.ts'
import { limitPhrase } from '../../../src-core/progress/objectiveText.ts'
import { limitOf } from '../../../src-core/study/metricSchema.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import { searchedGroups } from '../../../src-core/study/hyperparameters.ts'
import { basisText, diskText, rangeText, timeText } from '../../../src-core/study/estimateText.ts'
import { estimateStudyHere } from '../../devices/estimateStudyHere.ts'
import { experimentFile } from '../../experiments/experimentSources.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import type { Terminal } from '../terminal.ts'
import { studiesText } from '../text/experimentText.ts'
import { countOf, numberForms as forms } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { isExperiment } from './experimentFile.ts'
import { readDefinition } from './run.ts'

interface Options extends GlobalOptions {
  readonly estimate?: boolean
}

export const addValidateCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('validate')
    .summary('check a study definition')
    .description(
      'Checks a study definition, or an experiment, and names every problem with file and line. Nothing is run.',
    )
    .argument('<study>', 'a YAML or JSON file, or the name of a preset')
    .option('--estimate', 'how long it will take: networks are trained for a moment, a few seconds')
    .addHelpText(
      'after',
      examples([
        ['spiketune validate my-study.yaml', 'exit code 0: valid, 2: not'],
        ['spiketune validate iris-eons --estimate', 'time and disk, on this machine'],
      ]),
    )
    .action(
      run(async (options: Options, study: string) => {
        const { terminal, experiments } = application
        if (await isExperiment(application, study)) {
          const { plan } = await experiments.readFile(await experimentFile(experiments, study))
          const seeds = plan.variants.map((variant) => `${variant.name} with ${countOf(variant.seeds.length, 'seed')}`)
          const valid = `${study} is valid: experiment "${plan.name}", ${studiesText(membersOf(plan).length)}: ${seeds.join(', ')}.`
          terminal.print(options.json ? JSON.stringify({ valid: true, experiment: plan }) : valid)
          return exitCodes.success
        }
        const { definition } = await readDefinition(application, study)
        const grid = gridTextOf(definition)
        const found = options.estimate === true ? await estimated(definition, application) : null
        if (options.json) {
          const { estimate } = found ?? {}
          terminal.print(JSON.stringify({ valid: true, definition, ...(grid !== null && { grid }), estimate }))
        } else {
          terminal.print([validText(study, definition), ...(grid === null ? [] : [grid])].join('\n'))
          if (found !== null) terminal.print(estimateLines(found, definition, terminal.styles))
        }
        return exitCodes.success
      }),
    )
}

const estimated = async (definition: StudyDefinition, { devices, inspectorHost, workerHost }: Application) => {
  await devices.look(definition)
  return estimateStudyHere(definition, { inspectorHost, workerHost, machine: devices.machine })
}

const estimateLines = (
  { estimate, speed }: Awaited<ReturnType<typeof estimated>>,
  { network }: StudyDefinition,
  styles: Terminal['styles'],
): string =>
  [
    labelled(
      [
        ['run time', timeText(estimate, forms)],
        ['disk', diskText(estimate, forms)],
      ],
      styles,
    ),
    basisText(speed, forms),
    rangeText(estimate, { evolves: network.type === 'neuroprocessor', forms }),
  ].join('\n')

const validText = (study: string, definition: StudyDefinition): string => {
  const { name, network, space, fixed, budget, silence, constraints, pruning, optimiser, replicates, racing } =
    definition
  const ends = [
    ...(budget.trials === undefined ? [] : [`after ${countOf(budget.trials, 'trial')}`]),
    ...(budget.wallTimeMinutes === undefined ? [] : [`after ${countOf(budget.wallTimeMinutes, 'minute')}`]),
  ]
  if (ends.length === 0 && optimiser.type === 'grid') ends.push('when the grid is done')
  const watched = silence.layers.map(({ layer }) => layer)
  const kind = network.type === 'layered' ? `a network of ${countOf(network.layers.length, 'layer')}` : network.type
  const limits = constraints.map((constraint) => `, ${constraint.metric} ${limitPhrase(limitOf(constraint))}`).join('')
  const pruned = pruning.rule === 'none' ? '' : `, pruned by ${pruning.rule}`
  const repeated =
    replicates === 1 ? '' : `, ${replicates} replicates of each trial${racing ? ' unless it is hopeless' : ''}`
  return (
    `${study} is valid: study "${name}", ${kind}, ${countOf(Object.keys(space).length, 'hyperparameter')} searched${groupsText(definition)}, ` +
    `${Object.keys(fixed).length} fixed, ${watched.length === 0 ? 'no layer' : watched.join(' and ')} watched${limits}${pruned}${repeated}, ` +
    `ends ${ends.join(' or ')}.`
  )
}

/** How many of the searched hyperparameters are of each group; empty where nothing is searched. */
const groupsText = (definition: StudyDefinition): string => {
  const counts = searchedGroups(definition).map(({ group, parameters }) => `${parameters.length} ${group}`)
  return counts.length === 0 ? '' : ` (${counts.join(', ')})`
}

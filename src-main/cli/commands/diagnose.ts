import { InvalidArgumentError, type Command } from 'commander'
import { diagnosisRequest } from '../../diagnosis/diagnosisRequest.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { diagnosisText } from '../text/diagnosisText.ts'
import { openedStudy } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'
import { warnOfDamage } from './openedStudy.ts'

interface Options extends GlobalOptions {
  readonly map?: { readonly x: string; readonly y: string }
  readonly average?: true
}

/** Cells along a side of the map, so that it fits into 80 columns. */
const resolution = 8

export function addDiagnoseCommand(program: Command, application: Application, run: RunAction): void {
  program
    .command('diagnose')
    .summary('what models learn from a study, and how far to trust them')
    .description(
      'Fits Gaussian processes to the finished trials of a study, whichever optimiser asked for them, and shows how well ' +
        'they predict, how much each hyperparameter matters, where networks are likely to be feasible, and what the ' +
        'trust region did.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('--map <x,y>', 'the two hyperparameters of the map (default: those that matter most)', parseMap)
    .option('--average', 'average the map over all other hyperparameters (default: as in the best trial)')
    .addHelpText(
      'after',
      examples([
        ['spiketune diagnose mnist-stdp-small-1', 'models, importance, map, trust region'],
        ['spiketune diagnose mnist-stdp-small-1 --map mapSize,weightNorm', 'the map over these two'],
        ['spiketune diagnose mnist-stdp-small-1 --json', 'all of it as one JSON object'],
      ]),
    )
    .action(
      run(async (options: Options, id: string) => {
        const { terminal } = application
        const study = await openedStudy(application, options, id)
        try {
          await warnOfDamage(study, application, options)
          const { map = null, average = false } = options
          const diagnosis = await application.diagnose(diagnosisRequest(study, { map, average, resolution }))
          if (options.json) terminal.print(JSON.stringify(diagnosis))
          else terminal.print(diagnosisText(diagnosis, terminal.columns, terminal.styles).join('\n'))
          return exitCodes.success
        } finally {
          await study.close()
        }
      }),
    )
}

function parseMap(text: string): { readonly x: string; readonly y: string } {
  const [x = '', y = '', ...more] = text.split(',').map((name) => name.trim())
  if (x === '' || y === '' || more.length > 0) {
    throw new InvalidArgumentError('Allowed: two names with a comma between them.')
  }
  return { x, y }
}

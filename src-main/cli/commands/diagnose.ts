import { type Command, InvalidArgumentError } from 'commander'
import type { DiagnosisSettings } from '../../../src-core/diagnostics/diagnosis.ts'
import { diagnosisWork, type DiagnosisWork } from '../../diagnosis/diagnosisRequest.ts'
import type { StudyReading } from '../../studies/studyReading.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { diagnosisText } from '../text/diagnosisText.ts'
import { printJson } from '../text/jsonText.ts'
import { readStudy, warnOf } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly map?: { readonly x: string; readonly y: string }
  readonly average?: true
}

/** Cells along a side of the map, so that it fits into 80 columns. */
const resolution = 8

export const addDiagnoseCommand = (program: Command, application: Application, run: RunAction): void => {
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
        const { map = null, average = false } = options
        const study = await readStudy(application, options, id)
        warnOf(study.damage, study.id, application, options)
        const { request, trustRegion } = workOf(study, { map, average, resolution })
        const diagnosis = { ...(await application.diagnose(request)), trustRegion }
        if (options.json) await printJson(terminal, diagnosis)
        else terminal.print(diagnosisText(diagnosis, terminal.columns, terminal.styles).join('\n'))
        return exitCodes.success
      }),
    )
}

const workOf = (study: StudyReading, settings: DiagnosisSettings): DiagnosisWork => {
  try {
    return diagnosisWork(study, settings)
  } finally {
    study.close()
  }
}

const parseMap = (text: string): { readonly x: string; readonly y: string } => {
  const [x = '', y = '', ...more] = text.split(',').map((name) => name.trim())
  if (x === '' || y === '' || more.length > 0) {
    throw new InvalidArgumentError('Allowed: two names with a comma between them.')
  }
  return { x, y }
}

import type { Command } from 'commander'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { DeviceWorkers } from '../../../src-core/study/workersSchema.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import { type Application, createSuggestions } from '../application.ts'
import { detach } from '../run/detach.ts'
import { type RunOptions, runStudy } from '../run/runStudy.ts'
import { checkDevice, parseDevice, parseWorkers } from './run.ts'
import { openedStudy, whenFree } from './openedStudy.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends RunOptions {
  readonly workers?: number
  readonly device?: DeviceWorkers
  readonly detach?: boolean
}

export const addResumeCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('resume')
    .summary('go on with a study')
    .description('Goes on with a study that was paused, stopped or killed. Trials that were running start first.')
    .argument('<study>', 'id of a study in the library, or its folder')
    .option('-w, --workers <number>', 'worker processes, from now on', parseWorkers)
    .option(
      '-d, --device <device=workers...>',
      'workers on each device, from now on, such as cpu=2 gpu0=1; `spiketune devices` names them',
      parseDevice,
    )
    .option('-q, --quiet', 'print only one line at the end')
    .option('--detach', 'run it in the background, and return when it runs; attach and stop find it again')
    .option('--finish', 'Ctrl-C lets running trials come to their ends; otherwise they pause, to go on from there')
    .option('--hooks', 'run the programs that the study names under `hooks`; without it they are not run')
    .option('--plain', 'print lines instead of redrawing, also in a terminal')
    .addHelpText(
      'after',
      examples([
        ['spiketune resume mnist-stdp-small-1', 'as listed by spiketune list'],
        ['spiketune resume mnist-stdp-small-1 --workers 8', 'with more workers'],
        ['spiketune resume layered-1 --device gpu1=1', 'on another device'],
        ['spiketune resume ./studies/mnist-stdp-1', 'a study folder anywhere'],
      ]),
    )
    .action(
      run(async (options: Options, id: string) => {
        const study = await openedStudy(application, options, id)
        if (study.readOnly) {
          // Where nobody may write, the study says so itself.
          const refusal = study.summary().folderProtected ? study.start() : Promise.reject(readOnly(study, options))
          await refusal.finally(() => study.close())
        }
        try {
          checkDevice(study.definition, options)
          await whenFree(application, () => {
            if (options.device !== undefined) study.setDevices(options.device)
            if (options.workers !== undefined) study.setWorkers(options.workers)
          })
          if (study.summary().workersWanted === 0) throw noWorkers(id, options)
        } catch (error) {
          await study.close()
          throw error
        }
        return (options.detach === true ? detach : runStudy)(study, application, options)
      }),
    )
}

const readOnly = (study: OpenStudy, options: RunOptions): SpiketuneError => {
  const { id, inBackground } = study.summary()
  const suggest = createSuggestions(options)
  if (inBackground !== undefined) {
    const [attach, stop] = [suggest.command('attach', id), suggest.command('stop', id)]
    return new SpiketuneError(
      'study-read-only',
      `The study "${id}" runs in the background already. Watch it with \`${attach}\`, pause it with \`${stop}\`.`,
    )
  }
  return new SpiketuneError(
    'study-read-only',
    `Another application runs the study "${id}" already. Look at it with \`${suggest.command('show', id)}\`, ` +
      'or end that application and resume then.',
  )
}

const noWorkers = (id: string, options: RunOptions): SpiketuneError =>
  new SpiketuneError(
    'worker-unavailable',
    `The study "${id}" was left without workers. Give it some: \`${createSuggestions(options).command('resume', id, '--workers', '2')}\`.`,
  )

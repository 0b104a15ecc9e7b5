import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import { type Application, createSuggestions } from '../application.ts'
import { exitCodes, type HandledSignal, signalExitCodes } from '../exitCodes.ts'
import { stateText } from '../text/stateText.ts'
import { readResult } from '../text/studyResult.ts'
import { printResult } from './printResult.ts'
import { chooseReporter, exitCodeOfRun, listenForEnd, type RunOptions, watchRun } from './runStudy.ts'

/** Shows a study that runs in the background until it rests, or until a signal, which leaves it running. Returns the exit code. */
export const attach = async (study: OpenStudy, application: Application, options: RunOptions): Promise<number> => {
  checkInBackground(study, options)
  const { terminal } = application
  const watch = watchRun(study, application, chooseReporter(application, options), options)
  let leave: (signal: HandledSignal) => void = () => undefined
  const left = new Promise<HandledSignal>((resolve) => (leave = resolve))
  const release = listenForEnd(application, { receive: leave }, () => false)
  watch.started()
  const signal = await Promise.race([study.settled().then(() => null), left]).finally(() => {
    release()
    watch.release()
  })
  if (terminal.closed.aborted) return exitCodes.outputClosed
  if (signal !== null) {
    if (options.json !== true && options.quiet !== true) {
      const stop = createSuggestions(options).command('stop', study.id)
      terminal.print(`${study.id} goes on in the background. It is paused by: ${stop}`)
    }
    return signal === 'SIGINT' ? exitCodes.success : signalExitCodes[signal]
  }
  const result = readResult(study)
  const exitCode = exitCodeOfRun(result, { signal: null })
  printResult(result, exitCode, application, options)
  return exitCode
}

/** @throws {SpiketuneError} not-in-background, which says where it stands */
export const checkInBackground = (study: OpenStudy, options: RunOptions): void => {
  const { state, inBackground, readOnly } = study.summary()
  if (inBackground !== undefined) return
  const suggest = createSuggestions(options)
  const stands = readOnly
    ? 'Another application runs it: end it there.'
    : state.kind === 'finished'
      ? `It is finished: ${suggest.command('show', study.id)}`
      : `It is ${stateText(state)}, and goes on there with: ${suggest.command('resume', study.id, '--detach')}`
  throw new SpiketuneError('not-in-background', `${study.id} does not run in the background. ${stands}`)
}

import type { BackgroundStart } from '../../../src-core/contracts/background.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { placeOfSocket, removeBackgroundRecord, writeBackgroundRecord } from '../../background/backgroundRecord.ts'
import { serveStudy } from '../../background/studyServer.ts'
import { studyPaths } from '../../files/studyFolder.ts'
import { cacheFolder } from '../../library/libraryFolder.ts'
import { systemClock } from '../../scheduler/clock.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import type { Application } from '../application.ts'
import { warnOfDamage } from '../commands/openedStudy.ts'
import type { Reporter } from '../progress/reporter.ts'
import { stateReason, stateText } from '../text/stateText.ts'
import { exitCodeOfRun, type RunOptions, runToRest } from './runStudy.ts'

/** Whoever started this process hears once how it went. */
export const sayHowItStarted = (start: BackgroundStart): void => {
  // By then it may have gone, as it was told before.
  if (process.connected) process.send?.(start, () => undefined)
}

/**
 * Runs an open study in this process, which others ask over a local socket, until it rests; closes it, and returns the exit code.
 * What there is to say besides goes to standard output, with its time.
 */
export const runInBackground = async (
  study: OpenStudy,
  application: Application,
  options: RunOptions,
): Promise<number> => {
  const paths = studyPaths(study.folder)
  const log = (text: string): void => {
    application.terminal.print(`${new Date(systemClock.now()).toISOString()} ${text}`)
  }
  let server: Awaited<ReturnType<typeof serveStudy>> | null = null
  let socket: string | null = null
  try {
    if (study.readOnly) {
      throw new SpiketuneError('study-read-only', `Another application runs ${study.id} already.`)
    }
    await application.devices.look(study.definition)
    await warnOfDamage(study, application, options)
    socket = placeOfSocket(study.folder, cacheFolder(application.environment))
    server = await serveStudy(study, { socket, clock: systemClock })
    await writeBackgroundRecord(paths, {
      version: 1,
      pid: process.pid,
      socket,
      startedAtMs: systemClock.now(),
      applicationVersion: application.version,
    })
    const { rest } = server
    const interruption = await runToRest(study, application, options, {
      reporter: logReporter(log),
      begun: () => {
        log(`${study.id} runs, process ${process.pid}.`)
        sayWhenItTrains(study)
      },
      rested: rest,
    })
    const summary = study.summary()
    const { state } = summary
    sayHowItStarted(
      state.kind === 'error'
        ? { type: 'failed', error: { code: 'background-failed', message: state.message } }
        : { type: 'runs', pid: process.pid },
    )
    log([`${study.id} is ${stateText(summary.state)}.`, stateReason(summary.state)].join(' ').trim())
    return exitCodeOfRun({ summary }, interruption)
  } finally {
    const summary = study.summary()
    // Whoever hears that it has ended here opens the study itself: by then it is closed.
    await study.close()
    if (socket !== null) removeBackgroundRecord(paths, socket)
    await server?.end(summary)
  }
}

/** Not before a dataset is found and read: who has started it is told what is wrong with it. */
const sayWhenItTrains = (study: OpenStudy): void => {
  const unsubscribe = study.subscribe(({ trials }) => {
    if (!trials.some(({ progress }) => progress?.phase === 'training')) return
    unsubscribe()
    sayHowItStarted({ type: 'runs', pid: process.pid })
  })
}

const logReporter = (log: (text: string) => void): Reporter => ({
  started: () => undefined,
  changed: () => undefined,
  interrupted: ({ interruption }) => {
    log(`A signal: ${interruption}.`)
  },
  notice: log,
  ended: () => undefined,
})

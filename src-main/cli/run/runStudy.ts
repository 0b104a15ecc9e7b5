import { gridTextOf } from '../../../src-core/optimiser/grid/gridText.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { hooksOf, StudyHooks } from '../../hooks/studyHooks.ts'
import { systemClock } from '../../scheduler/clock.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { createJsonReporter } from '../progress/jsonReporter.ts'
import { createLiveReporter } from '../progress/liveReporter.ts'
import { createPlainReporter } from '../progress/plainReporter.ts'
import { applyChange, type Interruption, viewOfSnapshot } from '../progress/progressView.ts'
import { createSilentReporter, type Reporter } from '../progress/reporter.ts'
import { warnOfDamage, whenFree } from '../commands/openedStudy.ts'
import { exitCodeOfError, exitCodes, signalExitCodes } from '../exitCodes.ts'
import { createEchoFilter, onSignals } from '../signals.ts'
import { suspicionsText } from '../text/dataCardText.ts'
import { readResult, type StudyResult } from '../text/studyResult.ts'
import { printResult } from './printResult.ts'
import { createInterruption, type InterruptionControl } from './interruption.ts'

export interface RunOptions extends GlobalOptions {
  readonly quiet?: boolean
  readonly plain?: boolean
  /** The first signal lets running trials come to their ends. */
  readonly finish?: boolean
  /** Whether the study's own hooks may be run. */
  readonly hooks?: boolean
}

/** Runs an open study to its end, or as far as a person lets it; closes it, prints the result, returns the exit code. */
export const runStudy = async (study: OpenStudy, application: Application, options: RunOptions): Promise<number> => {
  const { terminal } = application
  try {
    await application.devices.look(study.definition)
    await warnOfDamage(study, application, options)
    const grid = gridTextOf(study.definition)
    if (grid !== null && !options.json && !options.quiet) terminal.print(grid)
    const interruption = await runToRest(study, application, options, {
      reporter: chooseReporter(application, options),
    })
    const result = readResult(study)
    const exitCode = terminal.closed.aborted ? exitCodes.outputClosed : exitCodeOfRun(result, interruption)
    printResult(result, exitCode, application, options)
    return exitCode
  } finally {
    await study.close()
  }
}

/** What a person sees of a study while it runs, and its hooks. */
export interface RunWatch {
  started(): void
  interrupted(state: Interruption): void
  /** Waits for the hooks that are left. */
  finish(): Promise<void>
  /** Nobody waits for hooks any more. */
  callOff(): void
  /** Ends it; what comes next stands below. */
  release(): void
}

export const watchRun = (
  study: OpenStudy,
  application: Application,
  reporter: Reporter,
  options: RunOptions,
): RunWatch => {
  const isSilent = options.json === true || options.quiet === true
  let view = viewOfSnapshot(study.snapshot())
  const warn = summaryWarner(application, isSilent, reporter)
  warn(view.summary)
  const unsubscribe = study.subscribe((change) => {
    view = applyChange(view, change)
    warn(change.summary)
    reporter.changed(view, change)
  })
  const hooks = hooksFor(study, options, (message) => {
    reporter.notice(application.terminal.styles.yellow(message))
  })
  const releaseDevices = application.devices.subscribe((notice) => {
    reporter.notice(notice)
  })
  return {
    started() {
      reporter.started(view)
    },
    interrupted(interruption) {
      view = { ...view, interruption }
      reporter.interrupted(view)
    },
    async finish() {
      await hooks?.finish()
    },
    callOff() {
      hooks?.callOff()
    },
    release() {
      hooks?.callOff()
      releaseDevices()
      unsubscribe()
      reporter.ended()
    },
  }
}

/**
 * Listens to what asks a run to end: signals, and an output that nobody reads any more.
 * @param callOff called with each signal; true: nothing runs any more, and the signal was for hooks that are waited for
 * @returns what ends the listening
 */
export const listenForEnd = (
  { environment, terminal }: Application,
  interruption: Pick<InterruptionControl, 'receive'>,
  callOff: () => boolean,
): (() => void) => {
  const isEcho = createEchoFilter(environment['npm_lifecycle_event'] !== undefined)
  const releaseSignals = onSignals((signal) => {
    if (!isEcho(signal, performance.now()) && !callOff()) interruption.receive(signal)
  })
  const outputClosed = (): void => {
    interruption.receive('SIGHUP')
  }
  terminal.closed.addEventListener('abort', outputClosed)
  return () => {
    terminal.closed.removeEventListener('abort', outputClosed)
    releaseSignals()
  }
}

interface Watching {
  readonly reporter: Reporter
  /** Called when the study has begun. */
  readonly begun?: () => void
  /** Called when nothing of the study runs any more; its hooks may. */
  readonly rested?: () => void
}

/** Starts an open study, and resolves when it has come to rest: by itself, or because somebody wanted it so. */
export const runToRest = async (
  study: OpenStudy,
  application: Application,
  options: RunOptions,
  { reporter, begun, rested }: Watching,
): Promise<InterruptionControl> => {
  const watch = watchRun(study, application, reporter, options)
  const interruption = createInterruption(study, options.finish === true, (state) => {
    watch.interrupted(state)
  })
  let isDone = false
  const release = listenForEnd(application, interruption, () => {
    // Nothing of the study runs any more: whoever still waits, waits for its hooks.
    if (isDone) watch.callOff()
    return isDone
  })
  try {
    watch.started()
    await whenFree(application, () => study.start())
    interruption.begin()
    begun?.()
    await study.settled()
    await interruption.done()
    isDone = true
    rested?.()
    await watch.finish()
    return interruption
  } finally {
    release()
    watch.release()
  }
}

/** Null: it has none, or a person has not allowed them, which is said. @param tell shows a line to a person */
const hooksFor = (
  study: OpenStudy,
  { hooks, json, quiet }: RunOptions,
  tell: (message: string) => void,
): StudyHooks | null => {
  const names = hooksOf(study.definition).map(([name]) => name)
  // Those of a study in the background are a matter of that process.
  if (names.length === 0 || study.summary().inBackground === true) return null
  if (hooks === true) return new StudyHooks(study, { clock: systemClock, failed: tell })
  if (json !== true && quiet !== true)
    tell(`The study has hooks (${names.join(', ')}). They are not run without --hooks.`)
  return null
}

/** Says each thing that is suspicious about the dataset, and what is to be known of checkpoints, once; scripts find it in the summary. */
const summaryWarner = (
  { terminal }: Application,
  isSilent: boolean,
  reporter: Reporter,
): ((summary: StudySummary) => void) => {
  const said = new Set<string>()
  const unsaid = (texts: readonly string[]): string[] => {
    const news = texts.filter((text) => !said.has(text))
    for (const text of news) said.add(text)
    return news
  }
  return ({ dataWarnings, checkpointProblem }) => {
    const { styles } = terminal
    const lines = [
      ...suspicionsText(unsaid(dataWarnings), styles),
      ...unsaid(checkpointProblem === undefined ? [] : [checkpointProblem]).map((problem) => styles.yellow(problem)),
    ]
    if (!isSilent) for (const line of lines) reporter.notice(line)
  }
}

export const chooseReporter = ({ terminal }: Application, { json, quiet, plain }: RunOptions): Reporter => {
  if (quiet) return createSilentReporter(terminal)
  if (json) return createJsonReporter(terminal)
  return terminal.interactive && !plain ? createLiveReporter(terminal) : createPlainReporter(terminal)
}

/** A study that a signal interrupted but that came to its end all the same is a success. */
export const exitCodeOfRun = (
  { summary }: Pick<StudyResult, 'summary'>,
  { signal }: Pick<InterruptionControl, 'signal'>,
): number => {
  if (summary.state.kind === 'error') return exitCodeOfError[summary.state.reason]
  if (summary.state.kind === 'finished') return summary.best === null ? exitCodes.failed : exitCodes.success
  return signal === null ? exitCodes.failed : signalExitCodes[signal]
}

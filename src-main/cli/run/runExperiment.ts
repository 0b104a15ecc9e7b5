import type { ExperimentOverview } from '../../../src-core/experiment/experimentOverview.ts'
import { isSameMember, type Member } from '../../../src-core/experiment/experimentPlan.ts'
import type { StoredExperiment } from '../../experiments/experimentFolder.ts'
import { type ExperimentEnd, ExperimentRunner, type MemberProblem } from '../../experiments/experimentRunner.ts'
import { readOverview } from '../../experiments/readOverview.ts'
import { systemClock } from '../../scheduler/clock.ts'
import type { OpenStudy, StudyLibrary } from '../../studies/studyService.ts'
import { type Application, createSuggestions } from '../application.ts'
import { warnOfDamage } from '../commands/openedStudy.ts'
import { exitCodes, signalExitCodes } from '../exitCodes.ts'
import { toJsonLine } from '../progress/jsonLines.ts'
import { experimentLine, memberLine, membersTable } from '../text/experimentText.ts'
import { printComparison } from './printComparison.ts'
import { createInterruption, type InterruptionControl } from './interruption.ts'
import { chooseReporter, listenForEnd, type RunOptions, type RunWatch, watchRun } from './runStudy.ts'

export interface ExperimentOptions extends RunOptions {
  readonly remake?: boolean
}

/** Runs what is left of an experiment, or as far as a person lets it; prints what it came to, returns the exit code. */
export const runExperiment = async (
  stored: StoredExperiment,
  library: StudyLibrary,
  application: Application,
  options: ExperimentOptions,
): Promise<number> => {
  const { terminal } = application
  const overview = (): Promise<ExperimentOverview> => readOverview(stored, (study) => library.summary(study))
  const isTold = options.json !== true && options.quiet !== true
  const before = await overview()
  if (options.json) terminal.print(toJsonLine({ type: 'experiment', experiment: before }))
  else if (isTold) terminal.print(experimentLine(before))
  let watch: RunWatch | null = null
  const endWatch = (): void => {
    watch?.release()
    watch = null
  }
  const told = (event: 'began' | 'rested', member: Member, study: OpenStudy): void => {
    if (options.json) terminal.print(toJsonLine({ type: 'member', ...member, event, summary: study.summary() }))
  }
  const runner = new ExperimentRunner({
    stored,
    clock: systemClock,
    remake: options.remake === true,
    studies: {
      create: (definition, source, mark) => library.create(definition, source, null, mark),
      open: (study) => library.open(study),
      summary: (study) => library.summary(study),
      release: (study) => study.close(),
    },
    listener: {
      began: async (member, study) => {
        await application.devices.look(study.definition)
        await warnOfDamage(study, application, options)
        if (isTold) {
          const place = before.members.findIndex((one) => isSameMember(one, member)) + 1
          terminal.print(`\nStudy ${place} of ${before.members.length}: ${member.variant}, seed ${member.seed}`)
        }
        told('began', member, study)
        watch = watchRun(study, application, chooseReporter(application, options), options)
        watch.started()
      },
      rested: async (member, study) => {
        await watch?.finish()
        endWatch()
        told('rested', member, study)
        const summary = study.summary()
        if (!isTold) return
        terminal.print(memberLine({ ...member, summary }))
        terminal.print(experimentLine({ ...(await overview()), running: false }))
      },
      leftOut: (problem) => {
        endWatch()
        tellLeftOut(problem, application, options)
      },
      held: (message) => {
        terminal.warn(`${message.split('. ')[0] ?? message}. Waiting for it, a minute at most; Ctrl-C ends.`)
      },
    },
  })
  const interruption = createInterruption(runner, options.finish === true, (state) => {
    watch?.interrupted(state)
  })
  const release = listenForEnd(application, interruption, () => false)
  try {
    interruption.begin()
    const end = await runner.run()
    await interruption.done()
    const after = await overview()
    const exitCode = terminal.closed.aborted ? exitCodes.outputClosed : exitCodeOf(end, interruption)
    const isShown = isTold && end.kind === 'done'
    if (isShown) await printComparison(after, library, terminal)
    printEnd(end, { ...after, running: false }, exitCode, { application, options })
    return exitCode
  } finally {
    release()
    endWatch()
  }
}

const tellLeftOut = (
  { member, kind, message }: MemberProblem,
  { terminal }: Application,
  { json }: RunOptions,
): void => {
  if (json) terminal.print(toJsonLine({ type: 'left-out', ...member, reason: kind, message }))
  terminal.warn(terminal.styles.yellow(`${member.variant}, seed ${member.seed} is left out. ${message}`))
}

const exitCodeOf = ({ kind, problems }: ExperimentEnd, { signal }: InterruptionControl): number => {
  if (kind === 'paused') return signal === null ? exitCodes.failed : signalExitCodes[signal]
  return problems.length > 0 ? exitCodes.incomplete : exitCodes.success
}

const printEnd = (
  { kind, problems }: ExperimentEnd,
  overview: ExperimentOverview,
  exitCode: number,
  { application, options }: { readonly application: Application; readonly options: ExperimentOptions },
): void => {
  const { terminal } = application
  if (options.json) {
    terminal.print(toJsonLine({ type: 'experiment', experiment: overview, exitCode }))
    return
  }
  if (!options.quiet) terminal.print(`\n${membersTable(overview.members, terminal.styles)}\n`)
  terminal.print(experimentLine(overview))
  const command = createSuggestions(options).command('experiment', '--resume', overview.name)
  if (kind === 'paused') terminal.print(`Interrupted, nothing lost. Go on: ${command}`)
  if (problems.length === 0) return
  terminal.print(`Left out: ${problems.length}`)
  for (const { member, message } of problems) terminal.print(`  ${member.variant}, seed ${member.seed}: ${message}`)
  const isGone = problems.some((problem) => problem.kind === 'gone')
  terminal.print(
    `Once that is mended: ${command}${isGone ? '; with --remake it makes studies anew that are gone' : ''}`,
  )
}

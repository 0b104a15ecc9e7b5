import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { isSameMember, type Member, memberDefinition, membersOf } from '../../src-core/experiment/experimentPlan.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import type { Clock } from '../scheduler/clock.ts'
import { patiently } from '../storage/held.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import type { MemberMark, StoredExperiment } from './experimentFolder.ts'

/** Whoever has the studies open: a library in the terminal, the open studies of a window. */
interface ExperimentStudies {
  create(definition: StudyDefinition, source: string, mark: MemberMark): Promise<OpenStudy>
  /** @param study name of its folder in the library */
  open(study: string): Promise<OpenStudy>
  summary(study: string): Promise<StudySummary>
  /** The experiment needs it no longer. */
  release(study: OpenStudy): Promise<void>
}

export interface ExperimentListener {
  /** A study is about to run. */
  readonly began: (member: Member, study: OpenStudy) => void | Promise<void>
  /** It has come to rest; it is still open. */
  readonly rested: (member: Member, study: OpenStudy) => void | Promise<void>
  /** A study cannot be run: the experiment goes on with the others. */
  readonly leftOut: (problem: MemberProblem) => void
  /** Another program holds the database of a study: the experiment waits for it, for a minute at most. */
  readonly held: (message: string) => void
}

interface RunnerParts {
  readonly stored: StoredExperiment
  readonly studies: ExperimentStudies
  readonly listener: ExperimentListener
  readonly clock: Pick<Clock, 'after'>
  /** Makes studies anew that were deleted. */
  readonly remake?: boolean
}

/** `elsewhere`: another application has it open; `unusable`: it cannot be opened, or not be run. */
export interface MemberProblem {
  readonly member: Member
  readonly kind: 'gone' | 'elsewhere' | 'unusable' | 'error'
  readonly message: string
}

export interface ExperimentEnd {
  /** `paused`: somebody wanted it to end before all studies were done. */
  readonly kind: 'done' | 'paused'
  /** Studies that are not finished although nobody wanted the end. */
  readonly problems: readonly MemberProblem[]
}

/** How it ends before its end, as of a study. */
type Ending = 'drain' | 'pauseNow' | 'stop'
const endings: readonly Ending[] = ['drain', 'pauseNow', 'stop']

/** What stands in the way of every study, not of one. */
const ofAll: readonly unknown[] = ['disk-full', 'folder-not-writable', 'path-too-long']

/**
 * Runs the studies of an experiment, one after the other. Where it stands is in the studies: it may be killed at any moment, and another
 * runner goes on. Knows neither terminal nor window.
 */
export class ExperimentRunner {
  readonly #stored: StoredExperiment
  readonly #studies: ExperimentStudies
  readonly #listener: ExperimentListener
  readonly #clock: Pick<Clock, 'after'>
  readonly #remake: boolean
  #ending: Ending | null = null
  /** The study that runs now. */
  #current: OpenStudy | null = null
  readonly #begun: Promise<void>[] = []
  #whenEnded: Promise<unknown> = Promise.resolve()

  constructor({ stored, studies, listener, clock, remake = false }: RunnerParts) {
    this.#stored = stored
    this.#studies = studies
    this.#listener = listener
    this.#clock = clock
    this.#remake = remake
  }

  /** Runs what is not finished. @throws SpiketuneError experiment-running, or what stands in the way of all studies */
  async run(): Promise<ExperimentEnd> {
    const lock = this.#stored.lock()
    try {
      const running = this.#runAll()
      this.#whenEnded = running.catch(() => undefined)
      return await running
    } finally {
      lock.release()
    }
  }

  /** Running trials come to their ends; nothing begins any more. Resolves when nothing runs. */
  drain(): Promise<void> {
    return this.#end('drain')
  }

  /** Running trials are written to checkpoints. Resolves when nothing runs. */
  pauseNow(): Promise<void> {
    return this.#end('pauseNow')
  }

  /** Running trials end at once. Resolves when nothing runs. */
  stop(): Promise<void> {
    return this.#end('stop')
  }

  async #end(ending: Ending): Promise<void> {
    if (this.#ending === null || endings.indexOf(ending) > endings.indexOf(this.#ending)) {
      this.#ending = ending
      this.#actOn(this.#current)
    }
    await this.#whenEnded
  }

  #actOn(study: OpenStudy | null): void {
    if (study === null || this.#ending === null) return
    const acting = study[this.#ending]()
    // Awaited where the study comes to rest; until then a failure must not count as unhandled.
    acting.catch(() => undefined)
    this.#begun.push(acting)
  }

  async #runAll(): Promise<ExperimentEnd> {
    const members = membersOf(this.#stored.plan)
    const problems: MemberProblem[] = []
    await this.#runEach(members, problems)
    // Meanwhile another application may have let go of them, or finished them.
    const elsewhere = members.filter((member) =>
      problems.some((problem) => problem.kind === 'elsewhere' && isSameMember(problem.member, member)),
    )
    if (this.#ending === null && elsewhere.length > 0) {
      const others = problems.filter(({ kind }) => kind !== 'elsewhere')
      problems.splice(0, problems.length, ...others)
      await this.#runEach(elsewhere, problems)
    }
    return { kind: this.#ending === null ? 'done' : 'paused', problems }
  }

  /** @param problems to which those of these members are added */
  async #runEach(members: readonly Member[], problems: MemberProblem[]): Promise<void> {
    const studies = this.#stored.studies(members)
    for (const [index, member] of members.entries()) {
      if (this.#ending !== null) return
      const problem = await this.#runMember(member, studies[index] ?? null)
      if (problem === null) continue
      problems.push(problem)
      this.#listener.leftOut(problem)
    }
  }

  /** Null: it is finished, or somebody wanted the end. @throws SpiketuneError what stands in the way of all studies */
  async #runMember(member: Member, name: string | null): Promise<MemberProblem | null> {
    let study: OpenStudy | null
    try {
      study = await this.#obtain(member, name)
    } catch (error) {
      return problemOf(member, 'unusable', error)
    }
    if (study === null) {
      return isLost(name, this.#stored) ? goneProblem(member, name) : null
    }
    try {
      if (study.readOnly) return readOnlyProblem(member, study)
      await this.#listener.began(member, study)
      return await this.#toRest(member, study)
    } catch (error) {
      return problemOf(member, 'unusable', error)
    } finally {
      this.#current = null
      await this.#studies.release(study)
    }
  }

  /** The study of a member, open; null: nothing is to be done, as it is finished or gone. */
  async #obtain(member: Member, name: string | null): Promise<OpenStudy | null> {
    const { plan } = this.#stored
    if (name !== null && this.#stored.isThere(name)) {
      await this.#stored.record(member, name)
      const { state } = await this.#studies.summary(name)
      return state.kind === 'finished' ? null : this.#patiently(() => this.#studies.open(name))
    }
    if (name !== null && !this.#remake) return null
    const definition = memberDefinition(plan, member)
    const study = await this.#studies.create(
      definition,
      sourceOf(plan.name, member, definition),
      this.#stored.markOf(member),
    )
    await this.#stored.record(member, study.id)
    return study
  }

  #patiently<Result>(action: () => Promise<Result>): Promise<Result> {
    return patiently(this.#clock, action, ({ message }) => {
      this.#listener.held(message)
    })
  }

  async #toRest(member: Member, study: OpenStudy): Promise<MemberProblem | null> {
    await this.#patiently(() => study.start())
    this.#current = study
    this.#actOn(study)
    const { state } = await study.settled()
    await Promise.all(this.#begun.splice(0))
    await this.#listener.rested(member, study)
    if (state.kind === 'error') {
      if (ofAll.includes(state.reason)) throw new SpiketuneError('disk-full', state.message)
      return { member, kind: 'error', message: state.message }
    }
    // Somebody has paused this very study, in the window: nothing else begins behind their back.
    if (state.kind !== 'finished') this.#ending ??= 'pauseNow'
    return null
  }
}

const isLost = (name: string | null, stored: StoredExperiment): name is string => name !== null && !stored.isThere(name)

const goneProblem = (member: Member, study: string): MemberProblem => ({
  member,
  kind: 'gone',
  message: `Its study ${study} was deleted, or moved out of the library.`,
})

const readOnlyProblem = (member: Member, study: OpenStudy): MemberProblem => ({
  member,
  kind: 'elsewhere',
  message: study.summary().folderProtected
    ? `Its study ${study.id} cannot be written to by this user.`
    : `Its study ${study.id} is open in another application.`,
})

/** @throws {SpiketuneError} what stands in the way of all studies, and what nobody expects */
const problemOf = (member: Member, kind: MemberProblem['kind'], error: unknown): MemberProblem => {
  if (!(error instanceof SpiketuneError) || ofAll.includes(error.code)) throw error
  return { member, kind, message: error.message }
}

/** What lies beside the study as the definition that it was given. */
const sourceOf = (experiment: string, { variant, seed }: Member, definition: StudyDefinition): string =>
  `# Of the experiment ${experiment}: variant ${variant}, seed ${seed}.\n${definitionToYaml(definition)}`

import { join } from 'node:path'
import type { EventPayload } from '../../src-core/contracts/window.ts'
import type { ShownExperiment } from '../../src-core/contracts/window/experimentCalls.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import {
  createExperiment,
  experimentNames,
  experimentRunning,
  openExperiment,
  type StoredExperiment,
} from '../experiments/experimentFolder.ts'
import { type ExperimentEnd, ExperimentRunner, type MemberProblem } from '../experiments/experimentRunner.ts'
import type { ExperimentSources } from '../experiments/experimentSources.ts'
import { readOverview } from '../experiments/readOverview.ts'
import { systemClock } from '../scheduler/clock.ts'
import { toWireError } from './ipc.ts'
import type { OpenStudies } from './openStudies.ts'

interface ExperimentTelling {
  readonly changed: (experiment: ShownExperiment) => void
  readonly noticed: (notice: EventPayload<'experimentNoticed'>) => void
  readonly held: (message: string) => void
}

/** The experiments of a library as the window has them, and those that this application runs. */
export class WindowExperiments {
  readonly #studies: OpenStudies
  readonly #sources: ExperimentSources
  readonly #telling: ExperimentTelling
  /** By folder: what runs goes on when another library is listed. */
  readonly #runners = new Map<string, { readonly runner: ExperimentRunner; readonly ended: Promise<void> }>()

  constructor(studies: OpenStudies, sources: ExperimentSources, telling: ExperimentTelling) {
    this.#studies = studies
    this.#sources = sources
    this.#telling = telling
  }

  presets(): ReturnType<ExperimentSources['listPresets']> {
    return this.#sources.listPresets()
  }

  /** One that is damaged hides no other. */
  async list() {
    const experiments: ShownExperiment[] = []
    const damaged: { name: string; error: ReturnType<typeof toWireError> }[] = []
    for (const name of experimentNames(this.#studies.library.folder)) {
      try {
        experiments.push(await this.#shown(openExperiment(this.#studies.library.folder, name)))
      } catch (error) {
        damaged.push({ name, error: toWireError(error) })
      }
    }
    return { experiments, damaged }
  }

  async startPreset(preset: string): Promise<ShownExperiment> {
    const { name } = await this.add(await this.#sources.presetFile(preset))
    return this.resume(name, false)
  }

  /** @throws SpiketuneError definition-not-found, definition-invalid, experiment-exists */
  async add(file: string): Promise<ShownExperiment> {
    const { plan, source } = await this.#sources.readFile(file)
    return this.#shown(createExperiment(this.#studies.library.folder, plan, source, systemClock))
  }

  /** @throws SpiketuneError experiment-running, experiment-not-found */
  async resume(name: string, remake: boolean): Promise<ShownExperiment> {
    const stored = openExperiment(this.#studies.library.folder, name)
    if (!this.#runners.has(stored.folder)) {
      if (stored.isRunning()) throw experimentRunning(name)
      this.#run(stored, remake)
    }
    return this.#shown(stored)
  }

  async pause(name: string): Promise<ShownExperiment> {
    const stored = openExperiment(this.#studies.library.folder, name)
    const running = this.#runners.get(stored.folder)
    await running?.runner.pauseNow()
    await running?.ended
    return this.#shown(stored)
  }

  /** Pauses all that run here. */
  async end(): Promise<void> {
    await Promise.all([...this.#runners.values()].map(({ runner, ended }) => runner.pauseNow().then(() => ended)))
  }

  #run(stored: StoredExperiment, remake: boolean): void {
    const { name } = stored
    const { library } = this.#studies
    const folderOf = (study: string): string => join(library.folder, study)
    const changed = (): void => {
      // What it says is read again at the next look of the window, should it be in the way now.
      if (this.#studies.library === library) void this.#shown(stored).then(this.#telling.changed, () => undefined)
    }
    const runner = new ExperimentRunner({
      stored,
      clock: systemClock,
      remake,
      studies: {
        create: (definition, source, mark) => this.#studies.createHeld(library.create(definition, source, null, mark)),
        open: (study) => this.#studies.hold(folderOf(study)),
        summary: (study) => this.#studies.summary(folderOf(study)),
        release: (study) => this.#studies.letGo(study),
      },
      listener: {
        began: changed,
        rested: changed,
        leftOut: (problem) => {
          this.#telling.noticed({ name, kind: 'left-out', message: problemText(problem) })
          changed()
        },
        held: this.#telling.held,
      },
    })
    const ended = runner
      .run()
      .then(
        (end) => {
          const message = endText(name, end)
          if (message !== null) this.#telling.noticed({ name, kind: 'done', message })
        },
        (error: unknown) => {
          const message = error instanceof SpiketuneError ? error.message : toWireError(error).message
          this.#telling.noticed({ name, kind: 'failed', message })
        },
      )
      .then(() => {
        this.#runners.delete(stored.folder)
        changed()
      })
    this.#runners.set(stored.folder, { runner, ended })
  }

  async #shown(stored: StoredExperiment): Promise<ShownExperiment> {
    const overview = await readOverview(stored, (study) => this.#studies.summary(join(stored.library, study)))
    return { ...overview, here: this.#runners.has(stored.folder) }
  }
}

const problemText = ({ member, message }: MemberProblem): string =>
  `${member.variant}, seed ${member.seed} is left out. ${message}`

/** Null: somebody wanted the end, and knows. */
const endText = (name: string, { kind, problems }: ExperimentEnd): string | null => {
  if (kind === 'paused') return null
  if (problems.length === 0) return `All studies of ${name} are finished.`
  return [`${name} is done but for some of its studies.`, ...problems.map(problemText)].join(' ')
}

/** Models of studies for the window, in threads: neither the window nor the scheduler waits for them. */
import type { StopReplay, StopReplayQuestions } from '../../src-core/contracts/stopReplay.ts'
import type { FitProgress, ModelsQuestions, ModelsStreams } from '../../src-core/contracts/studyModels.ts'
import { bestOf, fewestDiagnosedTrials, type SeenTrials } from '../../src-core/diagnostics/diagnosis.ts'
import type { ModelMap, ModelMapSettings, ModelReport } from '../../src-core/diagnostics/studyModels.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { ObservationRows } from '../../src-core/diagnostics/observationRows.ts'
import { bestTrial, isCandidate } from '../../src-core/progress/best.ts'
import type { TriedRule } from '../../src-core/stopping/replayTable.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { checkMap } from './diagnosisRequest.ts'
import { type FedThread, FedThreads } from './fedThread.ts'

interface KeptReport {
  /** What it was of. */
  readonly key: string
  readonly report: Promise<ModelReport>
}

/** The trials that are left out, and the best of the others. @throws {SpiketuneError} when there is nothing to model */
const countedIn = (study: OpenStudy): { readonly excluded: number[]; readonly best: SeenTrials['best'] } => {
  const { id, definition } = study
  if (Object.keys(definition.space).length === 0) {
    throw new SpiketuneError(
      'study-nothing-to-diagnose',
      'This study searches no hyperparameters: there is nothing to model.',
    )
  }
  const { trials } = study.snapshot()
  const measured = trials.filter(isCandidate).length
  if (measured < fewestDiagnosedTrials) {
    throw new SpiketuneError(
      'study-nothing-to-diagnose',
      `Models need at least ${fewestDiagnosedTrials} measured trials; ${id} has ${measured}.`,
    )
  }
  return { excluded: excludedNumbers(study), best: bestOf(bestTrial(trials)) }
}

export class StudyAnalyses {
  readonly #models: FedThreads<ModelsQuestions, ModelsStreams>
  readonly #replays: FedThreads<StopReplayQuestions>
  readonly #reports = new WeakMap<FedThread<ModelsQuestions, ModelsStreams>, KeptReport>()

  /** @param files what the threads run */
  constructor(files: { readonly models: URL; readonly stopReplay: URL }) {
    this.#models = new FedThreads(files.models, 'models', {
      readAtOnce: 250,
      counts: false,
      prepare: (definition) => {
        const rows = new ObservationRows(definition)
        return (trials) => rows.encode(trials)
      },
    })
    this.#replays = new FedThreads(
      files.stopReplay,
      'stop replay',
      { readAtOnce: 20, counts: true, prepare: () => (trials) => trials },
      1,
    )
  }

  /**
   * Models a study anew when something has finished, been left out or put back since; otherwise the report of before.
   * @param fitting told how far the models are fitted
   * @throws {SpiketuneError} when there is nothing to model
   */
  async report(study: OpenStudy, fitting: (progress: FitProgress) => void = () => undefined): Promise<ModelReport> {
    const counted = countedIn(study)
    const thread = this.#models.of(study)
    await thread.feed(study)
    const key = `${thread.told} ${counted.excluded.join()}`
    const kept = this.#reports.get(thread)
    if (kept?.key === key) return kept.report
    const report = thread.ask('report', counted, { fitting })
    this.#reports.set(thread, { key, report })
    return report
  }

  /**
   * The latest models over two parameters.
   * @throws {SpiketuneError} when there is nothing to model, or the study does not search these
   */
  async map(study: OpenStudy, settings: ModelMapSettings): Promise<ModelMap> {
    const counted = countedIn(study)
    checkMap(Object.keys(study.definition.space), study.id, { map: settings })
    const thread = this.#models.of(study)
    if (!this.#reports.has(thread)) await thread.feed(study)
    return thread.ask('map', { ...counted, settings })
  }

  /** What another silence rule would have made of the study. */
  async replay(study: OpenStudy, rule: TriedRule, sweep: string | null): Promise<StopReplay> {
    const thread = this.#replays.of(study)
    await thread.feed(study)
    return thread.ask('replay', { rule, sweep, excluded: excludedNumbers(study) })
  }

  /** Nobody looks at a study any more: what was asked of it fails, and leaves the processor to the study in view. */
  endWork(folder: string): void {
    this.#models.endWork(folder)
    this.#replays.endWork(folder)
  }

  dispose(): void {
    this.#models.dispose()
    this.#replays.dispose()
  }
}

const excludedNumbers = (study: OpenStudy): number[] =>
  study
    .snapshot()
    .trials.filter(({ annotation }) => annotation.excluded)
    .map(({ number }) => number)

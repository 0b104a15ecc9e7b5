import type { LearningCurve } from '../../src-core/contracts/window/curveCalls.ts'
import type {
  ConstraintInfo,
  StudyChange,
  StudySnapshot,
  StudyState,
  StudySummary,
  TrialRow,
} from '../../src-core/progress/readModel.ts'
import { RunningLooks } from '../../src-core/progress/runningLooks.ts'
import type { SummaryAccumulator } from '../../src-core/progress/summarise.ts'
import { shownMetric } from '../../src-core/study/studyWords.ts'
import { limitOf } from '../../src-core/study/metricSchema.ts'
import { metricConstraintName } from '../../src-core/stopping/constraints.ts'
import { constraintName } from '../../src-core/stopping/silenceRule.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import type { LoadedRows } from './loadRows.ts'

/** What a view is told of its study besides the trials. */
export interface StudyFacts {
  readonly state: StudyState
  readonly readOnly: boolean
  readonly folderProtected: boolean
  /** Another process runs it, and does what it is asked; left out where none does. */
  readonly inBackground?: true
  readonly databaseHeld: boolean
  readonly elapsedMs: number
  readonly sleptMs: number
  readonly workers: number
  readonly workersWanted: number
  readonly networkBytes: number
  readonly diskBytes: number
  readonly labels: StudySummary['labels']
  readonly confirmed: StudySummary['confirmed']
  readonly confirming: boolean
  readonly dataWarnings: readonly string[]
  /** Left out where there is nothing to be known of checkpoints. */
  readonly checkpointProblem?: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export const silenceConstraints = ({ silence }: StudyDefinition): ConstraintInfo[] =>
  silence.layers.map(({ layer, alpha, beta }) => ({ name: constraintName(layer), layer, alpha, beta }))

interface ReadStudy {
  readonly id: string
  readonly folder: string
  readonly definition: StudyDefinition
}

/** The read model of one open study, kept up to date row by row, and those who watch it. */
export class StudyReadModel {
  readonly rows: Map<number, TrialRow>
  readonly #accumulator: SummaryAccumulator
  /** Of trials that run here: a window that comes back to the study has their curves from their beginning. */
  readonly #looks = new RunningLooks()
  readonly #listeners = new Set<(change: StudyChange) => void>()
  readonly #study: ReadStudy
  readonly #facts: () => StudyFacts

  constructor(
    study: ReadStudy,
    facts: () => StudyFacts,
    { rows, accumulator }: Pick<LoadedRows, 'rows' | 'accumulator'>,
  ) {
    this.rows = rows
    this.#accumulator = accumulator
    this.#study = study
    this.#facts = facts
  }

  summary(): StudySummary {
    const { id, folder, definition } = this.#study
    return this.#accumulator.summary({ id, folder, name: definition.name, definition, ...this.#facts() })
  }

  snapshot(): StudySnapshot {
    const { definition } = this.#study
    return {
      summary: this.summary(),
      limits: definition.constraints.map((constraint) => ({
        name: metricConstraintName(constraint.metric),
        metric: constraint.metric,
        shown: shownMetric(constraint.metric, definition),
        ...limitOf(constraint),
      })),
      constraints: silenceConstraints(definition),
      definitionYaml: definitionToYaml(definition),
      trials: [...this.rows.values()].sort((a, b) => a.number - b.number),
    }
  }

  set(row: TrialRow): void {
    this.rows.set(row.number, row)
    this.#accumulator.set(row)
    this.#looks.set(row)
  }

  /** The curves so far of those of the trials that run, as far as they have any. */
  runningCurves(numbers: readonly number[]): LearningCurve[] {
    return numbers.flatMap((number) => this.#looks.curve(number) ?? [])
  }

  /** Tells everyone that these rows, or the study itself, have changed. */
  publish(rows: readonly TrialRow[]): void {
    if (this.#listeners.size === 0) return
    const change: StudyChange = { summary: this.summary(), trials: [...rows] }
    for (const listener of this.#listeners) listener(change)
  }

  subscribe(listener: (change: StudyChange) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

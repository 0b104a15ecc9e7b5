/** What a study came to for what it had cost: the best feasible value so far as steps, and the values of its feasible trials. */
import { z } from 'zod'
import { isCandidate, isFeasible } from '../progress/best.ts'
import type { TrialRow } from '../progress/readModel.ts'
import { readonlySchema } from '../values/deepReadonly.ts'
import { type CostName, costNames, costsSchema, noCosts } from './costs.ts'

const columnSchema = z.instanceof(Float64Array)

const stepsSchema = z.strictObject({
  /** The trial that was better than all before. */
  trial: columnSchema,
  /** As it is stored: maximised. */
  objective: columnSchema,
  /** What the study had cost when that trial had ended. */
  trials: columnSchema,
  trainings: columnSchema,
  'worker-time': columnSchema,
  'wall-time': columnSchema,
})

export const studyCurveSchema = readonlySchema(
  z.strictObject({
    /** Of rising objective, and rising costs; a copy of another study's trial cost nothing. */
    steps: stepsSchema,
    /** What it has cost in all. */
    total: costsSchema,
    /** Objectives of the finished feasible trials, rising. */
    feasible: columnSchema,
    /** Trials that were copied from another study: known from the beginning. */
    copied: z.int().min(0),
  }),
)
export type StudyCurve = z.infer<typeof studyCurveSchema>

/** Trainings of one trial, as far as it is known: of one that failed among its replicates, one. */
const trainingsOf = ({ replicates }: TrialRow): number => replicates?.trained ?? 1

/** It was called off before any worker had it. */
const neverBegan = ({ state, worker, durationMs }: TrialRow): boolean =>
  state === 'failed' && worker === null && durationMs === null

const stepNames = ['trial', 'objective', ...costNames] as const

/** Makes the curve of a study, one trial after the other. Every trial that a worker had costs, also one that failed or is left out; one that is left out is never best. */
export class CurveBuilder {
  readonly #steps = Object.fromEntries(stepNames.map((name) => [name, [] as number[]])) as Record<
    (typeof stepNames)[number],
    number[]
  >
  readonly #feasible: number[] = []
  readonly #sums = { ...noCosts }
  #copied = 0

  /**
   * The trial that ended next.
   * @param wallTimeMs that the study had run by then
   */
  add(row: TrialRow, wallTimeMs: number): void {
    if (neverBegan(row)) return
    const sums = this.#sums
    if (row.copiedFrom === null) {
      sums.trials++
      sums.trainings += trainingsOf(row)
      sums['worker-time'] += row.durationMs ?? 0
      sums['wall-time'] = Math.max(sums['wall-time'], wallTimeMs)
    } else this.#copied++
    if (!isCandidate(row) || !isFeasible(row)) return
    this.#feasible.push(row.objective)
    if (row.objective <= (this.#steps.objective.at(-1) ?? -Infinity)) return
    this.#steps.trial.push(row.number)
    this.#steps.objective.push(row.objective)
    for (const name of costNames) this.#steps[name].push(sums[name])
  }

  /** @param elapsedMs that the study has run */
  curve(elapsedMs: number): StudyCurve {
    const column = (name: (typeof stepNames)[number]) => Float64Array.from(this.#steps[name])
    return {
      steps: {
        trial: column('trial'),
        objective: column('objective'),
        trials: column('trials'),
        trainings: column('trainings'),
        'worker-time': column('worker-time'),
        'wall-time': column('wall-time'),
      },
      total: { ...this.#sums, 'wall-time': Math.max(this.#sums['wall-time'], elapsedMs) },
      feasible: Float64Array.from(this.#feasible).sort(),
      copied: this.#copied,
    }
  }
}

/** The best feasible objective at a cost; -Infinity: nothing was feasible yet. */
export const bestAt = ({ steps }: StudyCurve, cost: CostName, at: number): number => {
  const costs = steps[cost]
  let [low, high] = [0, costs.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((costs[middle] ?? Infinity) <= at) low = middle + 1
    else high = middle
  }
  return steps.objective[low - 1] ?? -Infinity
}

/** The best feasible objective in the end; -Infinity: nothing was feasible. */
export const finalBest = ({ steps }: StudyCurve): number => steps.objective.at(-1) ?? -Infinity

/** Means of replicates differ by this where they are the same: the last digits of their sums. */
const rounding = 1e-12

/** What the study had cost when its best feasible objective was first as good as `target`; null: it never was. */
export const costToReach = ({ steps }: StudyCurve, cost: CostName, target: number): number | null => {
  const place = steps.objective.findIndex((objective) => objective >= target - rounding * Math.max(1, Math.abs(target)))
  return place < 0 ? null : (steps[cost][place] ?? null)
}

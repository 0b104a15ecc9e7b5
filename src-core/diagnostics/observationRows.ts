/**
 * Finished trials as models see them, in rows of numbers: they take a tenth of the trials' memory, and go to another thread
 * without being copied. A row is
 *
 *   number, place in the order of telling, failed (0 or 1), violation, objective, constraints, point
 *
 * and, in a study of replicates, the standard errors of objective and constraints, where NaN stands for what is not known.
 */
import { type Observation, observationOf } from '../optimiser/scbo/observation.ts'
import { ModelSpace } from '../space/modelSpace.ts'
import { constraintNames } from '../stopping/constraints.ts'
import type { StudyDefinition } from '../study/definition.ts'
import type { FinishedTrial } from '../trial/trial.ts'

const columns = { trial: 0, told: 1, failed: 2, violation: 3, objective: 4, constraints: 5 } as const

export class ObservationRows {
  readonly #space: ModelSpace
  readonly #names: readonly string[]
  readonly #firstOfPoint: number
  /** The same as `#width` where no trial has standard errors. */
  readonly #firstOfErrors: number
  readonly #width: number

  constructor({
    space,
    replicates,
    ...limits
  }: Pick<StudyDefinition, 'space' | 'silence' | 'constraints' | 'replicates'>) {
    this.#space = new ModelSpace(space)
    this.#names = constraintNames(limits)
    this.#firstOfPoint = columns.constraints + this.#names.length
    this.#firstOfErrors = this.#firstOfPoint + this.#space.dimensions
    this.#width = this.#firstOfErrors + (replicates > 1 ? 1 + this.#names.length : 0)
  }

  encode(trials: readonly FinishedTrial[]): Float64Array<ArrayBuffer> {
    const rows = new Float64Array(trials.length * this.#width)
    for (const [index, trial] of trials.entries()) {
      const observation = observationOf(this.#space, this.#names, trial)
      const { failed, violation, objective, constraints, point, standardErrors } = observation
      const known = [failed === null ? null : Number(failed), violation, objective, ...constraints]
      const values = known.map((value) => value ?? NaN)
      rows.set([trial.number, trial.toldOrder, ...values, ...point], index * this.#width)
      if (this.#width === this.#firstOfErrors) continue
      const errors = standardErrors ?? { objective: null, constraints: this.#names.map(() => null) }
      const asNumbers = [errors.objective, ...errors.constraints].map((value) => value ?? NaN)
      rows.set(asNumbers, index * this.#width + this.#firstOfErrors)
    }
    return rows
  }

  /**
   * The observations in the order of telling; each is read from its row when it is looked at.
   * @param leftOut numbers of trials that are left out
   * @throws {Error} when a part is not of whole rows
   */
  observations(parts: Iterable<Float64Array>, leftOut: ReadonlySet<number> = new Set()): Observation[] {
    const found: RowObservation[] = []
    for (const part of parts) {
      if (part.length % this.#width !== 0) throw new Error(`${part.length} numbers are no rows of ${this.#width}`)
      for (let start = 0; start < part.length; start += this.#width) {
        const seen = new RowObservation(part, start, {
          point: this.#firstOfPoint,
          errors: this.#firstOfErrors,
          end: this.#width,
        })
        if (!leftOut.has(seen.trial)) found.push(seen)
      }
    }
    return found.sort((a, b) => a.told - b.told)
  }
}

/** Where in a row each part begins that depends on the study. */
interface Places {
  readonly point: number
  readonly errors: number
  readonly end: number
}

class RowObservation implements Observation {
  readonly #part: Float64Array
  readonly #start: number
  readonly #places: Places

  constructor(part: Float64Array, start: number, places: Places) {
    this.#part = part
    this.#start = start
    this.#places = places
  }

  get trial(): number {
    return this.#at(columns.trial)
  }

  get told(): number {
    return this.#at(columns.told)
  }

  get failed(): boolean | null {
    const failed = knownOrNull(this.#at(columns.failed))
    return failed === null ? null : failed === 1
  }

  get violation(): number {
    return this.#at(columns.violation)
  }

  get objective(): number | null {
    return knownOrNull(this.#at(columns.objective))
  }

  get constraints(): (number | null)[] {
    return this.#slice(columns.constraints, this.#places.point).map(knownOrNull)
  }

  get point(): number[] {
    return this.#slice(this.#places.point, this.#places.errors)
  }

  get standardErrors(): { objective: number | null; constraints: (number | null)[] } | undefined {
    const { errors, end } = this.#places
    if (errors === end) return undefined
    const [objective = null, ...constraints] = this.#slice(errors, end).map(knownOrNull)
    return { objective, constraints }
  }

  #at(column: number): number {
    return this.#part[this.#start + column] ?? NaN
  }

  #slice(from: number, to: number): number[] {
    return Array.from(this.#part.subarray(this.#start + from, this.#start + to))
  }
}

const knownOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

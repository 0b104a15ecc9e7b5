/**
 * Finished trials as models see them, in rows of numbers: they take a tenth of the trials' memory, and go to another thread
 * without being copied. A row is
 *
 *   number, place in the order of telling, failed (0 or 1), violation, objective, constraints, point
 *
 * where NaN stands for what is not known.
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
  readonly #width: number

  constructor({ space, ...limits }: Pick<StudyDefinition, 'space' | 'silence' | 'constraints'>) {
    this.#space = new ModelSpace(space)
    this.#names = constraintNames(limits)
    this.#firstOfPoint = columns.constraints + this.#names.length
    this.#width = this.#firstOfPoint + this.#space.dimensions
  }

  encode(trials: readonly FinishedTrial[]): Float64Array<ArrayBuffer> {
    const rows = new Float64Array(trials.length * this.#width)
    for (const [index, trial] of trials.entries()) {
      const { failed, violation, objective, constraints, point } = observationOf(this.#space, this.#names, trial)
      const known = [failed === null ? null : Number(failed), violation, objective, ...constraints]
      const values = known.map((value) => value ?? NaN)
      rows.set([trial.number, trial.toldOrder, ...values, ...point], index * this.#width)
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
        const seen = new RowObservation(part, start, this.#firstOfPoint, this.#width)
        if (!leftOut.has(seen.trial)) found.push(seen)
      }
    }
    return found.sort((a, b) => a.told - b.told)
  }
}

class RowObservation implements Observation {
  readonly #part: Float64Array
  readonly #start: number
  readonly #firstOfPoint: number
  readonly #width: number

  constructor(part: Float64Array, start: number, firstOfPoint: number, width: number) {
    this.#part = part
    this.#start = start
    this.#firstOfPoint = firstOfPoint
    this.#width = width
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
    return this.#slice(columns.constraints, this.#firstOfPoint).map(knownOrNull)
  }

  get point(): number[] {
    return this.#slice(this.#firstOfPoint, this.#width)
  }

  #at(column: number): number {
    return this.#part[this.#start + column] ?? NaN
  }

  #slice(from: number, to: number): number[] {
    return Array.from(this.#part.subarray(this.#start + from, this.#start + to))
  }
}

const knownOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/**
 * A search space as models see it: points of the unit cube that stand for something, and their columns.
 *
 *   real         its place on its scale, as it is
 *   integer      the place of the nearest integer, so that a model is flat between two of them (Garrido-Merchan &
 *                Hernandez-Lobato 2020)
 *   categorical  a column for each choice, 1/sqrt(2) or 0: two choices are 1 apart, whichever they are (Hamming)
 *   not applying 1/2, and 0 in all columns of a category: the same for all that do not have it
 */
import type { ModelColumns } from '../gaussianProcess/hyperparameters.ts'
import type { CategoricalParameter, Configuration, NumericParameter, SearchSpace } from './parameter.ts'
import { numberFromUnit, scaleOf, unitFromNumber } from './scale.ts'
import { configurationFromUnit, orderOf, unitFromConfiguration, unitPoint } from './space.ts'

const neutral = 0.5
const chosen = Math.SQRT1_2

/** How a candidate may move along a dimension. */
type Movement =
  | { readonly kind: 'continuous' }
  /** `step`: what lies between two neighbours in the middle of the range, in units of the unit cube. */
  | { readonly kind: 'integer'; readonly step: number }
  | { readonly kind: 'category'; readonly choices: number }
  /** There is one value only. */
  | { readonly kind: 'fixed' }

interface Clause {
  readonly dimension: number
  readonly allowed: readonly boolean[]
}

interface Dimension {
  readonly movement: Movement
  readonly firstColumn: number
  readonly snap: (unit: number) => number
  readonly clauses: readonly Clause[]
}

const numeric = (parameter: NumericParameter): Pick<Dimension, 'movement' | 'snap'> => {
  if (!(parameter.low < parameter.high)) return { movement: { kind: 'fixed' }, snap: () => neutral }
  if (parameter.type === 'real') return { movement: { kind: 'continuous' }, snap: (unit) => unit }
  const scale = scaleOf(parameter)
  const snap = (unit: number): number => unitFromNumber(parameter, scale, numberFromUnit(parameter, scale, unit))
  return { movement: { kind: 'integer', step: 1 / (parameter.high - parameter.low + 1) }, snap }
}

export class ModelSpace {
  readonly space: SearchSpace
  readonly names: readonly string[]
  readonly columns: ModelColumns
  readonly movements: readonly Movement[]
  readonly #dimensionsOf: readonly Dimension[]
  /** Dimensions, each behind those that decide whether it applies. */
  readonly #order: readonly number[]

  constructor(space: SearchSpace) {
    this.space = space
    this.names = Object.keys(space)
    const groups: number[] = []
    this.#dimensionsOf = Object.values(space).map((parameter, dimension): Dimension => {
      const firstColumn = groups.length
      const width = parameter.type === 'categorical' ? parameter.choices.length : 1
      for (let column = 0; column < width; column++) groups.push(dimension)
      const clauses = Object.entries(parameter.when ?? {}).map(([name, choices]): Clause => {
        const other = space[name]
        const all = other?.type === 'categorical' ? other.choices : []
        return { dimension: this.names.indexOf(name), allowed: all.map((choice) => choices.includes(choice)) }
      })
      return parameter.type === 'categorical'
        ? { ...category(parameter), firstColumn, clauses }
        : { ...numeric(parameter), firstColumn, clauses }
    })
    this.columns = { groups, groupCount: this.names.length }
    this.movements = this.#dimensionsOf.map(({ movement }) => movement)
    this.#order = orderOf(space).map((name) => this.names.indexOf(name))
  }

  get dimensions(): number {
    return this.names.length
  }

  /** Moves a point of the unit cube, in place, to the one that stands for the same configuration. */
  snap(point: Float64Array): void {
    for (const index of this.#order) {
      const dimension = this.#dimensionsOf[index]
      if (dimension === undefined) continue
      point[index] = this.#applies(dimension, point) ? dimension.snap(point[index] ?? neutral) : neutral
    }
    for (let index = 0; index < point.length; index++) if (Number.isNaN(point[index])) point[index] = neutral
  }

  /** The columns of a snapped point, in which what does not apply is `neutral`. */
  encode(point: ArrayLike<number>, out: Float64Array, offset: number): void {
    for (const [index, { movement, firstColumn }] of this.#dimensionsOf.entries()) {
      const unit = point[index] ?? neutral
      const at = offset + firstColumn
      if (movement.kind !== 'category') {
        out[at] = unit
        continue
      }
      const place = this.#applies(this.#dimensionsOf[index], point) ? choiceAt(unit, movement.choices) : -1
      for (let column = 0; column < movement.choices; column++) out[at + column] = column === place ? chosen : 0
    }
  }

  /** Columns of many snapped points, row-major. */
  encodeAll(points: readonly ArrayLike<number>[]): Float64Array {
    const width = this.columns.groups.length
    const out = new Float64Array(points.length * width)
    for (const [row, point] of points.entries()) this.encode(point, out, row * width)
    return out
  }

  /** The first column of a dimension: its only one, but for categories. */
  columnOf(dimension: number): number {
    return this.#dimensionsOf[dimension]?.firstColumn ?? 0
  }

  /** The snapped point of a configuration. */
  pointOf(configuration: Configuration): Float64Array {
    const point = Float64Array.from(unitFromConfiguration(this.space, configuration))
    this.snap(point)
    return point
  }

  configurationOf(point: Float64Array): Configuration {
    return configurationFromUnit(this.space, unitPoint(Array.from(point)))
  }

  #applies(dimension: Dimension | undefined, point: ArrayLike<number>): boolean {
    if (dimension === undefined) return false
    for (const { dimension: other, allowed } of dimension.clauses) {
      const deciding = this.#dimensionsOf[other]
      if (deciding === undefined || !this.#applies(deciding, point)) return false
      if (!(allowed[choiceAt(point[other] ?? neutral, allowed.length)] ?? false)) return false
    }
    return true
  }
}

const choiceAt = (unit: number, choices: number): number =>
  Math.min(choices - 1, Math.max(0, Math.floor(unit * choices)))

const category = ({ choices }: CategoricalParameter): Pick<Dimension, 'movement' | 'snap'> => ({
  movement: { kind: 'category', choices: choices.length },
  snap: (unit) => (choiceAt(unit, choices.length) + 0.5) / choices.length,
})

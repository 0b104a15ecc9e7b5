import { SamplePath } from '../../gaussianProcess/samplePath.ts'
import { createGenerator } from '../../random/generator.ts'
import { deriveSeed, type Seed } from '../../random/seed.ts'
import type { ModelSpace } from '../../space/modelSpace.ts'
import type { OutputModel } from './models.ts'

/** Objective and constraints at a point, in units of the models. */
export interface SampledValues {
  readonly objective: number
  /** In the order of `constraintNames`; above zero is a violation. */
  readonly constraints: readonly number[]
  /** Sum of the positive parts. */
  readonly violation: number
}

/** Whether `a` is to be asked for rather than `b`: feasible before not, then the objective, or the smaller violation. */
export const isPreferred = (a: SampledValues, b: SampledValues): boolean => {
  if (a.violation > 0 || b.violation > 0) return a.violation < b.violation
  return a.objective > b.objective
}

interface Constraint {
  readonly path: SamplePath
  readonly threshold: number
}

/** One draw of all modelled functions: what Thompson sampling takes for the truth. */
export class SampledFunctions {
  readonly constraintNames: readonly string[]
  readonly hasObjective: boolean
  readonly #space: ModelSpace
  readonly #objective: SamplePath | null
  readonly #constraints: readonly Constraint[]

  constructor(space: ModelSpace, models: readonly OutputModel[], features: number, seed: Seed) {
    this.#space = space
    const pathOf = ({ name, process }: OutputModel): SamplePath =>
      new SamplePath(process, createGenerator(deriveSeed(seed, 'path', name)), features)
    const objective = models.find(({ threshold }) => threshold === null)
    this.#objective = objective ? pathOf(objective) : null
    this.hasObjective = objective !== undefined
    const constrained = models.flatMap((model) => (model.threshold === null ? [] : [{ model, at: model.threshold }]))
    this.constraintNames = constrained.map(({ model }) => model.name)
    this.#constraints = constrained.map(({ model, at }) => ({ path: pathOf(model), threshold: at }))
  }

  /** Values at snapped points. */
  evaluate(points: readonly ArrayLike<number>[]): SampledValues[] {
    const columns = this.#space.encodeAll(points)
    const objective = this.#objective?.evaluate(columns)
    const constraints = this.#constraints.map(({ path, threshold }) =>
      path.evaluate(columns).map((value) => value - threshold),
    )
    return points.map((_, row) => {
      const values = constraints.map((constraint) => constraint[row] ?? NaN)
      const violation = values.reduce((sum, value) => sum + Math.max(0, value), 0)
      return { objective: objective?.[row] ?? 0, constraints: values, violation }
    })
  }

  /** Gradients by the coordinates of the unit cube; zero along categories. */
  gradients(point: ArrayLike<number>): { readonly objective: Float64Array; readonly constraints: Float64Array[] } {
    const columns = this.#space.encodeAll([point])
    return {
      objective: this.#objective
        ? this.#byDimension(this.#objective.gradient(columns))
        : new Float64Array(this.#space.dimensions),
      constraints: this.#constraints.map(({ path }) => this.#byDimension(path.gradient(columns))),
    }
  }

  dispose(): void {
    this.#objective?.dispose()
    for (const { path } of this.#constraints) path.dispose()
  }

  #byDimension(gradient: Float64Array): Float64Array {
    const { movements } = this.#space
    return Float64Array.from(movements, ({ kind }, dimension) =>
      kind === 'continuous' ? (gradient[this.#space.columnOf(dimension)] ?? 0) : 0,
    )
  }
}

import { fitHyperparameters } from '../../gaussianProcess/fit.ts'
import { GaussianProcess } from '../../gaussianProcess/gaussianProcess.ts'
import { type Hyperparameters, initialHyperparameters, priorsFor } from '../../gaussianProcess/hyperparameters.ts'
import type { NumericKernel } from '../../linearAlgebra/numericKernel.ts'
import type { FittedModels } from './explanation.ts'
import type { Observation } from './observation.ts'
import { fitRows, modelRows, type OutputData, outputsOf } from './outputs.ts'
import type { ScboSetup } from './settings.ts'
import type { DueFit, ScboState } from './state.ts'

/** The model of one output. */
export interface OutputModel {
  readonly name: string
  readonly process: GaussianProcess
  readonly threshold: number | null
}

/** What one model is made from. */
interface Source {
  readonly output: OutputData
  readonly observations: readonly Observation[]
  readonly fitted: FittedModels
}

/** What the models of the last ask were made from, and can be extended by. */
interface Built {
  readonly due: DueFit
  readonly observations: readonly Observation[]
  readonly models: ReadonlyMap<string, GaussianProcess>
}

const mostEvaluations = 60

/**
 * Fits and models of SCBO. Everything here is remembered only to be quick: a model is the factor of the trials of its fit,
 * and the others appended one by one in the order of telling, whether it was so extended or made at once; to the last bit.
 * Where noise is known (of means of replicates) it is the factor of all of them.
 */
export class ScboModels {
  readonly #kernel: NumericKernel
  readonly #setup: ScboSetup
  readonly #fits = new WeakMap<DueFit, FittedModels>()
  readonly #running = new WeakMap<DueFit, Generator<void, FittedModels>>()
  #built: Built | null = null

  constructor(kernel: NumericKernel, setup: ScboSetup) {
    this.#kernel = kernel
    this.#setup = setup
  }

  /** The hyperparameters of a due fit; computed here and now as far as they are not yet. */
  fitted(state: ScboState, due: DueFit): FittedModels {
    for (;;) {
      const step = this.step(state, due)
      if (step !== null) return step
    }
  }

  /** One step of a due fit, some milliseconds. @returns the fit when it is done */
  step(state: ScboState, due: DueFit): FittedModels | null {
    const known = this.#fits.get(due) ?? recorded(state, due)
    if (known !== null) return known
    const steps = this.#running.get(due) ?? this.#fit(state.observations.slice(0, due.told), due)
    this.#running.set(due, steps)
    const step = steps.next()
    if (step.done !== true) return null
    this.#running.delete(due)
    this.#fits.set(due, step.value)
    return step.value
  }

  /** What is left of these fits, one step at a time; null when they are all done. */
  prepare(state: ScboState, due: readonly (DueFit | null)[]): Iterator<unknown> | null {
    const left = due.filter((fit) => fit !== null && !this.#fits.has(fit) && recorded(state, fit) === null)
    return left.length === 0 ? null : this.#steps(state, left)
  }

  /** The models of all told trials, or of those next to the centre; valid until the next call. */
  build(state: ScboState, due: DueFit, fitted: FittedModels, centre: readonly number[]): OutputModel[] {
    const { observations } = state
    const { constraintNames, settings } = this.#setup
    if (observations.length > settings.modelRows) {
      this.forget()
      const kept = modelRows(observations, centre, settings.modelRows)
      const models = outputsOf(kept, constraintNames, settings).map((output) => {
        const process = this.#processOf({ output, observations: kept, fitted }, output.rows.length)
        return { name: output.name, process, threshold: output.threshold }
      })
      this.#built = { due, observations: [], models: new Map(models.map(({ name, process }) => [name, process])) }
      return models
    }
    const earlier = this.#extendable(observations, due)
    const processes = new Map<string, GaussianProcess>()
    const models = outputsOf(observations, constraintNames, settings).map((output) => {
      const base = output.rows.filter((row) => row < due.told).length
      const process = this.#extended(earlier?.get(output.name) ?? null, { output, observations, fitted }, base)
      processes.set(output.name, process)
      return { name: output.name, process, threshold: output.threshold }
    })
    for (const [name, process] of earlier ?? []) if (processes.get(name) !== process) process.dispose()
    this.#built = { due, observations, models: processes }
    return models
  }

  *#steps(state: ScboState, due: readonly (DueFit | null)[]): Generator<void> {
    for (const fit of due) while (fit !== null && this.step(state, fit) === null) yield
  }

  *#fit(told: readonly Observation[], { told: count, warmStart }: DueFit): Generator<void, FittedModels> {
    const { space, constraintNames, settings: search } = this.#setup
    const rows = fitRows(told, search.fitRows)
    const { columns } = space
    const priors = priorsFor(columns, search.lowestNoise)
    const models: Record<string, Hyperparameters> = {}
    for (const output of outputsOf(rows, constraintNames, search)) {
      if (output.rows.length < 2) continue
      const points = this.#pointsOf(output.rows, rows)
      const { targets, knownNoise } = output
      const data = { columns, points, targets, knownNoise }
      const warm = warmStart?.models[output.name] ?? null
      const settings = { priors, warmStart: warm, mostEvaluations }
      const { hyperparameters } = yield* fitHyperparameters(this.#kernel, data, settings)
      models[output.name] = hyperparameters
    }
    return { told: count, models }
  }

  /** The processes of the last ask, if these observations only add to its own. */
  #extendable(observations: readonly Observation[], due: DueFit): ReadonlyMap<string, GaussianProcess> | null {
    const built = this.#built
    const count = built?.observations.length ?? 0
    if (built?.due === due && count > 0 && observations[count - 1] === built.observations[count - 1])
      return built.models
    this.forget()
    return null
  }

  /** @param base rows that the factor begins with */
  #extended(earlier: GaussianProcess | null, source: Source, base: number): GaussianProcess {
    const { output, observations } = source
    const needed = output.rows.length
    const capacity = needed + Math.ceil(needed / 8) + 32
    // What is known of noise is scaled as the targets are, which every told trial changes: the factor is made anew.
    if (output.knownNoise !== undefined) return this.#processOf(source, needed, capacity)
    const reusable = earlier !== null && earlier.capacity >= needed && earlier.count >= base
    let process = reusable ? earlier : this.#processOf(source, base, capacity)
    while (process.count < needed) {
      const row = process.count
      const point = this.#pointsOf(output.rows.slice(row, row + 1), observations)
      if (process.append(point, output.targets[row] ?? 0)) continue
      // A repeated point: the factor is made anew with as much jitter as it needs.
      if (process !== earlier) process.dispose()
      process = this.#processOf(source, row + 1, capacity)
    }
    process.retarget(output.targets)
    return process
  }

  #processOf({ output, observations, fitted }: Source, count: number, capacity = count): GaussianProcess {
    const { columns } = this.#setup.space
    const hyperparameters = fitted.models[output.name] ?? initialHyperparameters(columns)
    const points = this.#pointsOf(output.rows.slice(0, count), observations)
    const { targets, knownNoise } = output
    const data = { columns, points, targets: targets.slice(0, count), knownNoise: knownNoise?.slice(0, count) }
    return new GaussianProcess(this.#kernel, data, hyperparameters, capacity)
  }

  #pointsOf(rows: readonly number[], observations: readonly Observation[]): Float64Array {
    return this.#setup.space.encodeAll(rows.map((row) => observations[row]?.point ?? []))
  }

  /** Gives the models of the last `build` back; the next one makes its own. */
  forget(): void {
    for (const process of this.#built?.models.values() ?? []) process.dispose()
    this.#built = null
  }
}

/** The fit, if a told trial was asked with it. */
const recorded = ({ lastFit }: ScboState, { told }: DueFit): FittedModels | null =>
  lastFit?.told === told ? lastFit : null

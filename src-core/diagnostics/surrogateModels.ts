/**
 * The models of a study's finished trials, fitted for looking at: those of SCBO, with the study's settings or else the
 * standard ones, whichever optimiser asked for the trials.
 */
import type { FitProgress } from '../contracts/studyModels.ts'
import { finish, fitHyperparameters } from '../gaussianProcess/fit.ts'
import { GaussianProcess } from '../gaussianProcess/gaussianProcess.ts'
import { priorsFor } from '../gaussianProcess/hyperparameters.ts'
import type { TrainingData } from '../gaussianProcess/likelihood.ts'
import { SamplePath } from '../gaussianProcess/samplePath.ts'
import { linesBetween } from '../gaussianProcess/transforms.ts'
import type { NumericKernel } from '../linearAlgebra/numericKernel.ts'
import { isBetter, type Observation } from '../optimiser/scbo/observation.ts'
import {
  failureName,
  fitRows,
  modelRows,
  objectiveName,
  type OutputData,
  outputsOf,
} from '../optimiser/scbo/outputs.ts'
import { scboSettings, type ScboSettings } from '../optimiser/scbo/settings.ts'
import { createGenerator } from '../random/generator.ts'
import { ModelSpace } from '../space/modelSpace.ts'
import { constraintNames } from '../stopping/constraints.ts'
import type { StudyDefinition } from '../study/definition.ts'
import type { Surrogate } from './surrogateModel.ts'

/**
 * The way back from a model's targets to observed values, exact where the transformation is straight.
 * @param targets increasing with `values`; both of the same length
 */
export const nativeScale = (targets: ArrayLike<number>, values: ArrayLike<number>): ((target: number) => number) =>
  linesBetween(targets, values)

/** Function evaluations that a fit may take; it usually ends before. */
const mostEvaluations = 100

/**
 * A model for the objective, each constraint, and failing where a trial failed; those without a value have none. The
 * matrices stay in the kernel's memory: the models live as long as the kernel.
 * @param observations of the finished trials, in the order in which they were told
 * @param fitting told before each model is fitted, and when all are
 */
export const surrogatesOf = (
  { space, optimiser, ...limits }: Pick<StudyDefinition, 'space' | 'silence' | 'constraints' | 'optimiser'>,
  observations: readonly Observation[],
  kernel: NumericKernel,
  fitting: (progress: FitProgress) => void = () => undefined,
): Surrogate[] => {
  const modelSpace = new ModelSpace(space)
  const names = constraintNames(limits)
  const settings = scboSettings(modelSpace.dimensions, optimiser.type === 'scbo' ? optimiser : {})
  const best = observations.reduce<Observation | null>(
    (so, other) => (so === null || isBetter(other, so) ? other : so),
    null,
  )
  if (best === null) return []
  const rows = modelRows(observations, best.point, settings.modelRows)
  const seenByFit = new Set(fitRows(rows, settings.fitRows))
  const seen = { observations: rows, seenByFit, space: modelSpace, settings, kernel }
  const outputs = outputsOf(rows, names, settings)
  const surrogates = outputs.map((output, fitted) => {
    fitting({ fitted, of: outputs.length, output: output.name })
    return { ...surrogateOf(output, seen), toNative: nativeScale(output.targets, observedBy(output, rows, names)) }
  })
  fitting({ fitted: outputs.length, of: outputs.length, output: null })
  return surrogates
}

/** What was observed of an output, in its own units, in the order of its targets. */
const observedBy = (
  { name, rows }: OutputData,
  observations: readonly Observation[],
  names: readonly string[],
): number[] =>
  rows.map((row) => {
    const observation = observations[row]
    if (name === failureName) return observation?.failed === true ? 1 : -1
    const value = name === objectiveName ? observation?.objective : observation?.constraints[names.indexOf(name)]
    return value ?? NaN
  })

/** What all models of a study are made from. */
interface Seen {
  readonly observations: readonly Observation[]
  readonly seenByFit: ReadonlySet<Observation>
  readonly space: ModelSpace
  readonly settings: ScboSettings
  readonly kernel: NumericKernel
}

const surrogateOf = (
  { name, rows, targets, knownNoise, threshold }: OutputData,
  { observations, seenByFit, space, settings: { lowestNoise, features }, kernel }: Seen,
): Surrogate => {
  const own = rows.flatMap((row, index) => {
    const observation = observations[row]
    return observation ? [{ observation, target: targets[index] ?? NaN, noise: knownNoise?.[index] ?? 0 }] : []
  })
  const dataOf = (part: typeof own): TrainingData => ({
    columns: space.columns,
    points: space.encodeAll(part.map(({ observation }) => observation.point)),
    targets: Float64Array.from(part, ({ target }) => target),
    ...(knownNoise === undefined ? {} : { knownNoise: Float64Array.from(part, ({ noise }) => noise) }),
  })
  const fitted = own.filter(({ observation }) => seenByFit.has(observation))
  const { hyperparameters } = finish(
    fitHyperparameters(kernel, dataOf(fitted), {
      priors: priorsFor(space.columns, lowestNoise),
      warmStart: null,
      mostEvaluations,
    }),
  )
  const process = new GaussianProcess(kernel, dataOf(own), hyperparameters, own.length)
  const columnsOf = (points: Float64Array): Float64Array => encoded(space, points)
  return {
    name,
    predict: (points) => process.predict(columnsOf(points)),
    predictMean: (points) => process.predictMean(columnsOf(points)),
    sample: (seed, points) => {
      const path = new SamplePath(process, createGenerator(seed), features)
      const values = path.evaluate(columnsOf(points))
      path.dispose()
      return values
    },
    threshold,
    lengthscales: hyperparameters.lengthscales,
    noiseVariance: process.diagonal,
    outputScale: hyperparameters.outputScale,
    leaveOneOut: process.leaveOneOut(),
  }
}

const encoded = (space: ModelSpace, points: Float64Array): Float64Array => {
  const { dimensions } = space
  const rows = Array.from({ length: points.length / dimensions }, (_, row) =>
    points.subarray(row * dimensions, (row + 1) * dimensions),
  )
  return space.encodeAll(rows)
}

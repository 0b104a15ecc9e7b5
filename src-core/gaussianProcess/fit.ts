import { minimise } from '../linearAlgebra/boundedMinimiser.ts'
import type { NumericKernel } from '../linearAlgebra/numericKernel.ts'
import {
  type Hyperparameters,
  hyperparametersFrom,
  initialHyperparameters,
  logarithmsOf,
  priorList,
  type Priors,
} from './hyperparameters.ts'
import { HyperparameterPosterior, type TrainingData } from './likelihood.ts'

interface FitSettings {
  readonly priors: Priors
  /** Where to begin besides the usual place: the hyperparameters of an earlier fit. */
  readonly warmStart: Hyperparameters | null
  readonly mostEvaluations: number
}

interface Fit {
  readonly hyperparameters: Hyperparameters
  /** Negative log posterior; infinite when nothing could be evaluated, and the hyperparameters are where it began. */
  readonly value: number
  readonly evaluations: number
}

/**
 * Fits hyperparameters by their posterior's maximum, one evaluation a step. With a warm start the better one of both
 * beginnings is followed, which costs one evaluation.
 */
export const fitHyperparameters = function* (
  kernel: NumericKernel,
  data: TrainingData,
  { priors, warmStart, mostEvaluations }: FitSettings,
): Generator<void, Fit> {
  const posterior = new HyperparameterPosterior(kernel, data, priors)
  try {
    const bounds = priorList(priors, data.columns.groupCount)
    const start = logarithmsOf(yield* betterStart(posterior, initialHyperparameters(data.columns), warmStart))
    const minimum = yield* minimise((point) => posterior.evaluate(point), start, {
      lower: bounds.map(({ low }) => Math.log(low)),
      upper: bounds.map(({ high }) => Math.log(high)),
      mostEvaluations,
      gradientTolerance: 1e-3,
      valueTolerance: 1e-6,
    })
    return {
      hyperparameters: hyperparametersFrom(minimum.point),
      value: minimum.value,
      evaluations: minimum.evaluations,
    }
  } finally {
    posterior.dispose()
  }
}

const betterStart = function* (
  posterior: HyperparameterPosterior,
  usual: Hyperparameters,
  warm: Hyperparameters | null,
): Generator<void, Hyperparameters> {
  if (warm === null) return usual
  const ofUsual = posterior.evaluate(logarithmsOf(usual)).value
  yield
  const ofWarm = posterior.evaluate(logarithmsOf(warm)).value
  yield
  return ofWarm <= ofUsual ? warm : usual
}

/** Takes all steps at once. */
export const finish = <Result>(steps: Iterator<unknown, Result>): Result => {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

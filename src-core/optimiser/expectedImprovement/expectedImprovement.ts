/**
 * Bayesian optimisation by constrained expected improvement over the whole space, without a trust region: the baseline that
 * SCBO is compared with. Models are SCBO's. Trials under way are believed to come to what the models predict (the
 * kriging believer of Ginsbourger, Le Riche & Carraro 2010). Constrained expected improvement (Gardner et al. 2014, eq. 4;
 * Schonlau, Welch & Jones 1998) is taken by its logarithm, which still has an order where the value itself is too small to be
 * a number (Ament et al. 2023, arXiv 2310.20708):
 *
 *   ln EI(x) + sum_l ln P(c_l(x) <= 0),   EI = sd (phi(z) + z Phi(z)),  z = (mean - best) / sd
 */
import type { Prediction } from '../../gaussianProcess/gaussianProcess.ts'
import {
  logNormalCumulative,
  millsRatio,
  normalCumulative,
  normalDensity,
} from '../../gaussianProcess/normalDistribution.ts'
import { deriveSeed } from '../../random/seed.ts'
import { ModelSpace } from '../../space/modelSpace.ts'
import type { SearchSpace } from '../../space/parameter.ts'
import type { TrialNumber } from '../../trial/trial.ts'
import { askInitially } from '../initialDesign.ts'
import type { Ask, Optimiser, PendingTrial } from '../optimiser.ts'
import { randomConfiguration } from '../random.ts'
import { type OutputModel, ScboModels } from '../scbo/models.ts'
import { isFeasible, type Observation } from '../scbo/observation.ts'
import { triedAmong } from '../scbo/samePoint.ts'
import { type GivenScboSettings, type ModelledSearch, scboSettings } from '../scbo/settings.ts'
import { afterTelling, type DueFit, firstState, type ScboState } from '../scbo/state.ts'
import { repeatsOf, type TriedPoints } from '../triedPoints.ts'
import { maximise } from './search.ts'

/** ln(phi(z) + z Phi(z)). */
export const logImprovement = (z: number): number => {
  if (z > -3) return Math.log(normalDensity(z) + z * normalCumulative(z))
  // Far out the two terms nearly cancel: phi(z) (1 - |z| Mills(|z|)).
  const remainder = 1 + z * millsRatio(-z)
  return -(z * z) / 2 - Math.log(2 * Math.PI) / 2 + Math.log(Math.max(Number.MIN_VALUE, remainder))
}

/** The logarithm of the expected improvement over `best`, at each predicted point. */
export const logExpectedImprovement = ({ mean, variance }: Prediction, best: number): Float64Array =>
  mean.map((value, row) => {
    const deviation = Math.sqrt(Math.max(1e-18, variance[row] ?? 0))
    return Math.log(deviation) + logImprovement((value - best) / deviation)
  })

/** The logarithm of the probability that a constraint's model is at or below its threshold. */
export const logFeasibility = ({ mean, variance }: Prediction, threshold: number): Float64Array =>
  mean.map((value, row) => logNormalCumulative((threshold - value) / Math.sqrt(Math.max(1e-18, variance[row] ?? 0))))

interface State extends ScboState {
  readonly tried: TriedPoints | null
}

interface ModelAsk {
  readonly number: TrialNumber
  readonly pending: readonly PendingTrial[]
  readonly incumbent: Observation
  readonly due: DueFit
}

/** What a study may set. */
type ExpectedImprovementSettings = Pick<
  GivenScboSettings,
  'initial' | 'objectiveTransform' | 'constraintTransform' | 'modelRows'
>

export const createExpectedImprovement = (
  space: SearchSpace,
  { initial, objectiveTransform, constraintTransform, modelRows }: ExpectedImprovementSettings,
  { constraintNames, seed, kernel, rules }: ModelledSearch,
): Optimiser<State> => {
  const modelSpace = new ModelSpace(space)
  const given = { initial, objectiveTransform, constraintTransform, modelRows }
  const settings = scboSettings(modelSpace.dimensions, given)
  const setup = { space: modelSpace, constraintNames, settings }
  const models = new ScboModels(kernel, setup)
  const repeats = repeatsOf(space, rules)

  const design = (state: State, number: TrialNumber, pending: readonly PendingTrial[]): Ask => {
    const explanation = { optimiser: 'ei', phase: 'initial', told: state.observations.length, point: number }
    return askInitially(space, repeats, { tried: state.tried, pending, number, design: 0, seed, explanation })
  }

  const improve = (state: State, { number, pending, incumbent, due }: ModelAsk): Ask => {
    const askSeed = deriveSeed(seed, 'ask', number)
    const outputs = models.build(state, due, models.fitted(state, due), incumbent.point)
    try {
      const best = isFeasible(incumbent) ? bestTarget(outputs, modelSpace, incumbent) : null
      const underWay = pending.map(({ configuration }) => modelSpace.pointOf(configuration))
      // A model that cannot take a repeated point does without the others, too.
      if (underWay.length > 0) for (const { process } of outputs) process.believe(modelSpace.encodeAll(underWay))
      const acquisition = (points: readonly Float64Array[]): Float64Array =>
        acquisitionOf(outputs, best, modelSpace.encodeAll(points))
      const rated = maximise(modelSpace, acquisition, [incumbent.point], askSeed)
      const isTried = triedAmong(modelSpace, state.observations, pending, rules)
      const chosen = rated.find(({ point }) => !isTried(point))
      const explanation = {
        optimiser: 'ei',
        phase: 'model',
        told: state.observations.length,
        incumbent: incumbent.trial,
        incumbentFeasible: isFeasible(incumbent),
        logAcquisition: chosen && Number.isFinite(chosen.value) ? chosen.value : null,
      }
      if (chosen) return { kind: 'candidate', configuration: modelSpace.configurationOf(chosen.point), explanation }
      const draw = (attempt: number) => randomConfiguration(space, deriveSeed(askSeed, 'redraw', attempt))
      return repeats.ask(state.tried, { pending, draw, seed: deriveSeed(askSeed, 'left-over'), explanation })
    } finally {
      // They hold what was only believed.
      models.forget()
    }
  }

  return {
    initial: { ...firstState, tried: null },
    tell: (state, trial) => ({
      ...afterTelling(state, trial, setup),
      tried: repeats.tell(state.tried, trial),
    }),
    ask: (state, number, pending) => {
      const { centre } = state.region
      const asked = state.observations.length + pending.length
      if (asked < settings.initial || centre === null || state.activeFit === null) return design(state, number, pending)
      return improve(state, { number, pending, incumbent: centre, due: state.activeFit })
    },
    prepare: (state) => {
      const { activeFit } = state
      if (activeFit === null || state.observations.length * 2 < settings.initial) return null
      return models.prepare(state, [activeFit])
    },
  }
}

/** What the objective's model has at the incumbent: its mean there, which does not follow the luck of one evaluation. */
const bestTarget = (outputs: readonly OutputModel[], space: ModelSpace, incumbent: Observation): number | null => {
  const objective = outputs.find(({ threshold }) => threshold === null)
  return objective?.process.predict(space.encodeAll([incumbent.point])).mean[0] ?? null
}

/** Without a feasible incumbent only the chance of feasibility counts. */
const acquisitionOf = (outputs: readonly OutputModel[], best: number | null, columns: Float64Array): Float64Array => {
  const parts = outputs.flatMap(({ process, threshold }) => {
    if (threshold !== null) return [logFeasibility(process.predict(columns), threshold)]
    return best === null ? [] : [logExpectedImprovement(process.predict(columns), best)]
  })
  const [first, ...others] = parts
  if (first === undefined)
    return new Float64Array(columns.length / Math.max(1, outputs[0]?.process.table.dimensions ?? 1))
  return others.reduce((sum, part) => sum.map((value, row) => value + (part[row] ?? 0)), first)
}

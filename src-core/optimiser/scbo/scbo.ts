/**
 * Scalable constrained Bayesian optimisation (Eriksson & Poloczek, AISTATS 2021, arXiv 2002.08526): Thompson sampling in a
 * trust region, asynchronously (Kandasamy et al. 2018): an ask takes one draw of the modelled functions for the truth and
 * needs no guess at trials under way, which only may not be asked for again. docs/numerics.md has the rules, and where
 * this departs from them.
 */
import type { NumericKernel } from '../../linearAlgebra/numericKernel.ts'
import { deriveSeed } from '../../random/seed.ts'
import type { Seed } from '../../random/seed.ts'
import { ModelSpace } from '../../space/modelSpace.ts'
import type { SearchSpace } from '../../space/parameter.ts'
import { sampleConfiguration } from '../../space/space.ts'
import type { TrialNumber } from '../../trial/trial.ts'
import type { Ask, Optimiser, PendingTrial } from '../optimiser.ts'
import { randomConfiguration } from '../random.ts'
import { scrambledSobolSequence } from '../sobolSequence.ts'
import { repeatsOf } from '../triedPoints.ts'
import type { TriedPoints } from '../triedPoints.ts'
import { candidatesIn, trustRegionBox } from './candidates.ts'
import { scboExplanationOf } from './explanation.ts'
import type { ScboExplanation } from './explanation.ts'
import { ScboModels } from './models.ts'
import { isFeasible } from './observation.ts'
import type { Observation } from './observation.ts'
import { objectiveName } from './outputs.ts'
import { polished } from './polish.ts'
import type { Candidate } from './polish.ts'
import { SampledFunctions, isPreferred } from './sampledFunctions.ts'
import { scboSettings } from './settings.ts'
import type { GivenScboSettings } from './settings.ts'
import { triedAmong } from './samePoint.ts'
import { afterTelling, firstState } from './state.ts'
import type { DueFit, ScboState } from './state.ts'

interface State extends ScboState {
  readonly tried: TriedPoints | null
}

/** Candidates that are polished: fewer where a step is dear. */
const polishedCandidates = (told: number): number => (told <= 300 ? 4 : 2)
/** Trials of the initial design of a second region or a later one: the models know something already. */
const laterInitial = (dimensions: number): number => Math.max(2, dimensions)

/**
 * @param constraintNames the study's constraints; others that a trial may have are ignored
 * @param kernel of its own: what it computes lies in the kernel's memory
 */
export function createScbo(
  space: SearchSpace,
  constraintNames: readonly string[],
  given: GivenScboSettings,
  seed: Seed,
  kernel: NumericKernel,
): Optimiser<State> {
  const modelSpace = new ModelSpace(space)
  const settings = scboSettings(modelSpace.dimensions, given)
  const models = new ScboModels(kernel, modelSpace, constraintNames, settings)
  const repeats = repeatsOf(space)

  const initial = (state: State, number: TrialNumber, pending: readonly PendingTrial[]): Ask => {
    const { life } = state.region
    const pointOf = scrambledSobolSequence(modelSpace.dimensions, deriveSeed(seed, 'initial', life))
    const draw = (attempt: number) =>
      attempt === 0
        ? sampleConfiguration(space, pointOf(number))
        : randomConfiguration(space, deriveSeed(seed, 'redraw', number, attempt))
    const told = state.observations.length
    const explanation = { optimiser: 'scbo', phase: 'initial', told, life, point: number } satisfies ScboExplanation
    return repeats.ask(state.tried, pending, draw, deriveSeed(seed, 'left-over', number), explanation)
  }

  const inRegion = (
    state: State,
    number: TrialNumber,
    pending: readonly PendingTrial[],
    centre: Observation,
    due: DueFit,
  ): Ask => {
    const { life, generation, length, successes, failures } = state.region
    const fit = models.fitted(state, due)
    const askSeed = deriveSeed(seed, 'ask', number)
    const box = trustRegionBox(modelSpace, centre.point, length, fit.models[objectiveName]?.lengthscales ?? null)
    const points = candidatesIn(modelSpace, box, settings.candidates, askSeed)
    const built = models.build(state, due, fit, centre.point)
    const functions = new SampledFunctions(modelSpace, built, settings.features, askSeed)
    try {
      const values = functions.evaluate(points)
      const candidates = points.flatMap((point, index): Candidate[] => {
        const found = values[index]
        return found ? [{ point, values: found }] : []
      })
      const isTried = triedAmong(modelSpace, state.observations, pending)
      const untried = candidates.sort(byPreference).filter(unlessTried(isTried, settings.polish ? 8 : 1))
      const best = settings.polish
        ? untried
            .slice(0, polishedCandidates(state.observations.length))
            .map((candidate) => polished(functions, modelSpace, box, candidate))
            .filter(({ point }) => !isTried(point))
            .sort(byPreference)[0]
        : undefined
      const [plain] = untried
      const chosen = best && (plain === undefined || isPreferred(best.values, plain.values)) ? best : plain
      const explanation = (candidate: Candidate | null, source: 'candidate' | 'polished' | 'random') =>
        ({
          optimiser: 'scbo',
          phase: 'region',
          told: state.observations.length,
          life,
          generation,
          length,
          successes,
          failures,
          centre: centre.trial,
          centreFeasible: isFeasible(centre),
          candidates: points.length,
          feasible: candidate?.values.violation === 0,
          sampled: {
            objective: candidate && functions.hasObjective ? candidate.values.objective : null,
            constraints: Object.fromEntries(
              functions.constraintNames.map((name, index) => [name, candidate?.values.constraints[index] ?? 0]),
            ),
          },
          source,
          fit,
        }) satisfies ScboExplanation
      if (chosen) {
        const configuration = modelSpace.configurationOf(chosen.point)
        const source = chosen === plain ? 'candidate' : 'polished'
        return { kind: 'candidate', configuration, explanation: explanation(chosen, source) }
      }
      const draw = (attempt: number) => randomConfiguration(space, deriveSeed(askSeed, 'redraw', attempt))
      const random = explanation(null, 'random')
      return repeats.ask(state.tried, pending, draw, deriveSeed(askSeed, 'left-over'), random)
    } finally {
      functions.dispose()
    }
  }

  return {
    initial: { ...firstState, tried: null },
    tell: (state, trial) => ({
      ...afterTelling(state, trial, modelSpace, constraintNames, settings),
      tried: repeats.tell(state.tried, trial),
    }),
    ask: (state, number, pending) => {
      const { life, centre } = state.region
      const asked = state.askedInLife + pending.filter((trial) => isOfLife(trial, life)).length
      const wanted = life === 0 ? settings.initial : Math.min(settings.initial, laterInitial(modelSpace.dimensions))
      if (asked < wanted || centre === null || state.activeFit === null) return initial(state, number, pending)
      return inRegion(state, number, pending, centre, state.activeFit)
    },
    prepare: (state) => {
      // Before the first model is asked for, fits would be thrown away.
      if (state.askedInLife * 2 < settings.initial && state.region.life === 0) return null
      const due = [state.activeFit, state.nextFit].filter((fit) => fit !== null && !models.isFitted(state, fit))
      return due.length === 0 ? null : steps(models, state, due)
    },
    stillHolds: ({ region }, answer) => {
      if (answer.kind === 'exhausted') return false
      const explanation = scboExplanationOf(answer.explanation)
      if (explanation === null || explanation.life !== region.life) return false
      if (explanation.phase === 'initial') return true
      return explanation.generation === region.generation && explanation.centre === region.centre?.trial
    },
  }
}

function* steps(models: ScboModels, state: ScboState, due: readonly (DueFit | null)[]): Generator<void> {
  for (const fit of due) while (fit !== null && models.step(state, fit) === null) yield
}

const byPreference = (a: Candidate, b: Candidate): number => {
  if (isPreferred(a.values, b.values)) return -1
  return isPreferred(b.values, a.values) ? 1 : 0
}

/** Lets the first `enough` pass that were not tried, and no more. */
function unlessTried(isTried: (point: Float64Array) => boolean, enough: number): (candidate: Candidate) => boolean {
  let passed = 0
  return ({ point }) => {
    if (passed >= enough || isTried(point)) return false
    passed++
    return true
  }
}

const isOfLife = ({ explanation }: PendingTrial, life: number): boolean => scboExplanationOf(explanation)?.life === life

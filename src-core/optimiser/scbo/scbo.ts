/**
 * Scalable constrained Bayesian optimisation (Eriksson & Poloczek, AISTATS 2021, arXiv 2002.08526): Thompson sampling in a
 * trust region, asynchronously (Kandasamy et al. 2018): an ask takes one draw of the modelled functions for the truth and
 * needs no guess at trials under way, which only may not be asked for again. docs/numerics.md has the rules, and where
 * this departs from them.
 */
import { deriveSeed } from '../../random/seed.ts'
import { ModelSpace } from '../../space/modelSpace.ts'
import type { SearchSpace } from '../../space/parameter.ts'
import type { TrialNumber } from '../../trial/trial.ts'
import { askInitially } from '../initialDesign.ts'
import type { Ask, Optimiser, PendingTrial } from '../optimiser.ts'
import { randomConfiguration } from '../random.ts'
import { repeatsOf, type TriedPoints } from '../triedPoints.ts'
import { trustRegionBox } from './candidates.ts'
import { type ScboExplanation, scboExplanationOf } from './explanation.ts'
import { ScboModels } from './models.ts'
import { isFeasible, type Observation } from './observation.ts'
import { objectiveName } from './outputs.ts'
import { SampledFunctions } from './sampledFunctions.ts'
import { type GivenScboSettings, type ModelledSearch, scboSettings } from './settings.ts'
import { triedAmong } from './samePoint.ts'
import { afterTelling, type DueFit, firstState, type ScboState } from './state.ts'
import { type Choice, chooseByThompson } from './thompson.ts'
import type { TrustRegion } from './trustRegion.ts'

interface State extends ScboState {
  readonly tried: TriedPoints | null
}

interface RegionAsk {
  readonly number: TrialNumber
  readonly pending: readonly PendingTrial[]
  readonly centre: Observation
  readonly due: DueFit
}

/** Trials of the initial design of a second region or a later one: the models know something already. */
const laterInitial = (dimensions: number): number => Math.max(2, dimensions)

export const createScbo = (
  space: SearchSpace,
  given: GivenScboSettings,
  { constraintNames, seed, kernel, rules }: ModelledSearch,
): Optimiser<State> => {
  const modelSpace = new ModelSpace(space)
  const settings = scboSettings(modelSpace.dimensions, given)
  const setup = { space: modelSpace, constraintNames, settings }
  const models = new ScboModels(kernel, setup)
  const repeats = repeatsOf(space, rules)

  const initial = (state: State, number: TrialNumber, pending: readonly PendingTrial[]): Ask => {
    const { life } = state.region
    const told = state.observations.length
    const explanation = { optimiser: 'scbo', phase: 'initial', told, life, point: number } satisfies ScboExplanation
    return askInitially(space, repeats, { tried: state.tried, pending, number, design: life, seed, explanation })
  }

  const inRegion = (state: State, { number, pending, centre, due }: RegionAsk): Ask => {
    const told = state.observations.length
    const fit = models.fitted(state, due)
    const askSeed = deriveSeed(seed, 'ask', number)
    const lengthscales = fit.models[objectiveName]?.lengthscales ?? null
    const box = trustRegionBox(modelSpace, centre.point, state.region.length, lengthscales)
    const built = models.build(state, due, fit, centre.point)
    const functions = new SampledFunctions(modelSpace, built, settings.features, askSeed)
    try {
      const isTried = triedAmong(modelSpace, state.observations, pending, rules)
      const choice = chooseByThompson(functions, { ...setup, box, told, isTried, seed: askSeed })
      const explanation = {
        optimiser: 'scbo',
        phase: 'region',
        told,
        ...withoutCentre(state.region),
        centre: centre.trial,
        centreFeasible: isFeasible(centre),
        candidates: settings.candidates,
        ...sampledAt(functions, choice),
        source: choice?.source ?? 'random',
        fit,
      } satisfies ScboExplanation
      if (choice !== null) {
        const configuration = modelSpace.configurationOf(choice.candidate.point)
        return { kind: 'candidate', configuration, explanation }
      }
      const draw = (attempt: number) => randomConfiguration(space, deriveSeed(askSeed, 'redraw', attempt))
      return repeats.ask(state.tried, { pending, draw, seed: deriveSeed(askSeed, 'left-over'), explanation })
    } finally {
      functions.dispose()
    }
  }

  return {
    initial: { ...firstState, tried: null },
    tell: (state, trial) => ({
      ...afterTelling(state, trial, setup),
      tried: repeats.tell(state.tried, trial),
    }),
    ask: (state, number, pending) => {
      const { life, centre } = state.region
      const asked = state.askedInLife + pending.filter((trial) => isOfLife(trial, life)).length
      const wanted = life === 0 ? settings.initial : Math.min(settings.initial, laterInitial(modelSpace.dimensions))
      if (asked < wanted || centre === null || state.activeFit === null) return initial(state, number, pending)
      return inRegion(state, { number, pending, centre, due: state.activeFit })
    },
    prepare: (state) => {
      // Before the first model is asked for, fits would be thrown away.
      if (state.askedInLife * 2 < settings.initial && state.region.life === 0) return null
      return models.prepare(state, [state.activeFit, state.nextFit])
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

const withoutCentre = ({ centre: _centre, ...region }: TrustRegion): Omit<TrustRegion, 'centre'> => region

/** What the drawn functions have at the chosen point; of one that was not chosen by them, nothing. */
const sampledAt = (functions: SampledFunctions, choice: Choice | null) => {
  const values = choice?.candidate.values
  return {
    feasible: values?.violation === 0,
    sampled: {
      objective: values && functions.hasObjective ? values.objective : null,
      constraints: Object.fromEntries(
        functions.constraintNames.map((name, index) => [name, values?.constraints[index] ?? 0]),
      ),
    },
  }
}

const isOfLife = ({ explanation }: PendingTrial, life: number): boolean => scboExplanationOf(explanation)?.life === life

/**
 * Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio & Kegl, NIPS 24, 2546-2554, 2011; Watanabe,
 * arXiv 2304.11127, 2023): one density l over the good trials, another g over the bad, and of some candidates drawn
 * from l the one of largest l / g, which is the one of largest expected improvement. Trials under way count as bad (a
 * constant liar, Ginsbourger et al. 2010), so that workers spread.
 */
import { createGenerator } from '../../random/generator.ts'
import { deriveSeed, type Seed } from '../../random/seed.ts'
import type { Impossibility } from '../../space/impossibility.ts'
import type { Configuration, SearchSpace } from '../../space/parameter.ts'
import type { Ask, Optimiser, PendingTrial } from '../optimiser.ts'
import { randomConfiguration } from '../random.ts'
import { repeatsOf, type TriedPoints } from '../triedPoints.ts'
import { type Observation, observationOf, splitTrials } from './groups.ts'
import { parzenEstimator } from './parzenEstimator.ts'

interface TpeSettings {
  /** Told trials before the first model; until then points are random. */
  readonly startup: number
  /** Candidates that an ask draws. */
  readonly candidates: number
  /** What is never asked; default: nothing. */
  readonly rules?: readonly Impossibility[]
}

interface TpeState {
  readonly observations: readonly Observation[]
  readonly tried: TriedPoints | null
}

/** @param constraintNames those that a feasible trial must meet */
export const createTpe = (
  space: SearchSpace,
  constraintNames: readonly string[],
  { startup, candidates, rules }: TpeSettings,
  seed: Seed,
): Optimiser<TpeState> => {
  const repeats = repeatsOf(space, rules)
  const randomAt = (number: number, attempt: number): Configuration =>
    randomConfiguration(space, deriveSeed(seed, 'random', number, attempt))
  const leftOver = (number: number): Seed => deriveSeed(seed, 'left-over', number)

  const askAtRandom = ({ tried }: TpeState, number: number, pending: readonly PendingTrial[]): Ask =>
    repeats.ask(tried, {
      pending,
      draw: (attempt) => randomAt(number, attempt),
      seed: leftOver(number),
      explanation: { optimiser: 'tpe', phase: 'startup' },
    })

  const askModel = ({ observations, tried }: TpeState, number: number, pending: readonly PendingTrial[]): Ask => {
    const groups = splitTrials(observations)
    const good = parzenEstimator(
      space,
      groups.good.map(({ configuration }) => configuration),
    )
    const bad = parzenEstimator(
      space,
      [...groups.bad, ...pending].map(({ configuration }) => configuration),
    )
    const ratioOf = (configuration: Configuration): number =>
      good.logDensity(configuration) - bad.logDensity(configuration)
    const generator = createGenerator(deriveSeed(seed, 'candidates', number))
    const ranked = Array.from({ length: candidates }, () => good.draw(generator))
      .map((configuration) => ({ configuration, ratio: ratioOf(configuration) }))
      .sort((a, b) => b.ratio - a.ratio)
    // Where all candidates were tried, l has nothing new to offer.
    const draw = (attempt: number): Configuration => ranked[attempt]?.configuration ?? randomAt(number, attempt)
    const answer = repeats.ask(tried, { pending, draw, seed: leftOver(number), explanation: {} })
    if (answer.kind === 'exhausted') return answer
    const explanation = {
      optimiser: 'tpe',
      phase: 'model',
      good: groups.good.length,
      bad: groups.bad.length,
      underWay: pending.length,
      logDensityRatio: ratioOf(answer.configuration),
      ...answer.explanation,
    }
    return { ...answer, explanation }
  }

  return {
    initial: { observations: [], tried: null },
    tell({ observations, tried }, trial) {
      const observation = observationOf(constraintNames, trial)
      return {
        observations: observation === null ? observations : [...observations, observation],
        tried: repeats.tell(tried, trial),
      }
    },
    ask: (state, number, pending) =>
      state.observations.length < startup ? askAtRandom(state, number, pending) : askModel(state, number, pending),
  }
}

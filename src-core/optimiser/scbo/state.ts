import type { FinishedTrial } from '../../trial/trial.ts'
import { type FittedModels, scboExplanationOf } from './explanation.ts'
import { type Observation, observationOf } from './observation.ts'
import type { ScboSettings, ScboSetup } from './settings.ts'
import { afterTold, firstRegion, type TrustRegion } from './trustRegion.ts'

/**
 * A fit that is due once `told` trials are told. It depends on these and on the fit that it starts from, and on nothing
 * else, so that it comes out the same whenever it is computed, and in a resumed study.
 */
export interface DueFit {
  readonly told: number
  /** The last fit that a told trial was asked with. */
  readonly warmStart: FittedModels | null
  /** Asks use it from this number of told trials on, which gives it time to be computed in the background. */
  readonly usedFrom: number
}

/** The state of SCBO: a fold over told trials in their order. */
export interface ScboState {
  readonly observations: readonly Observation[]
  readonly region: TrustRegion
  /** Told trials that were asked for in the region's life. */
  readonly askedInLife: number
  readonly lastFit: FittedModels | null
  /** The fit that asks use, and the next one, whose turn has not yet come. */
  readonly activeFit: DueFit | null
  readonly nextFit: DueFit | null
}

export const firstState: ScboState = {
  observations: [],
  region: firstRegion,
  askedInLife: 0,
  lastFit: null,
  activeFit: null,
  nextFit: null,
}

/** Trials with which models are worth their name. */
const fewestTold = 2

/** Told trials between a fit and the next. */
const intervalAt = (told: number, { fitInterval }: ScboSettings): number => Math.max(fitInterval, Math.ceil(told / 16))

export const afterTelling = (
  state: ScboState,
  trial: FinishedTrial,
  { space, constraintNames, settings }: ScboSetup,
): ScboState => {
  const observation = observationOf(space, constraintNames, trial)
  const explanation = scboExplanationOf(trial.explanation)
  const observations = [...state.observations, observation]
  const region = afterTold(state.region, { ...observation, explanation }, settings)
  const sameLife = region.life === state.region.life
  const counts = explanation === null || explanation.life === region.life
  const lastFit =
    explanation?.phase === 'region' && explanation.fit.told > (state.lastFit?.told ?? -1)
      ? explanation.fit
      : state.lastFit
  return {
    observations,
    region,
    askedInLife: (sameLife ? state.askedInLife : 0) + (counts && sameLife ? 1 : 0),
    lastFit,
    ...fitsAfter(state, observations.length, lastFit, settings),
  }
}

const fitsAfter = (
  { activeFit, nextFit }: ScboState,
  told: number,
  lastFit: FittedModels | null,
  settings: ScboSettings,
): Pick<ScboState, 'activeFit' | 'nextFit'> => {
  const present = nextFit !== null && told >= nextFit.usedFrom ? nextFit : activeFit
  const pending = present === nextFit ? null : nextFit
  const latest = pending ?? present
  if (told < fewestTold || (latest !== null && told < latest.told + intervalAt(latest.told, settings))) {
    return { activeFit: present, nextFit: pending }
  }
  const due: DueFit = { told, warmStart: lastFit, usedFrom: told + Math.floor(intervalAt(told, settings) / 2) }
  // The first one there is is used at once, or asks would have none.
  return present === null || due.usedFrom <= told
    ? { activeFit: due, nextFit: null }
    : { activeFit: present, nextFit: due }
}

/**
 * The trust region of SCBO as a value, and what a told trial makes of it (Eriksson & Poloczek 2021, section 3; Eriksson et
 * al. 2019). For asynchronous workers: an ask is tagged with life and generation; failures count in the generation that
 * they were asked in, successes always, and one that was asked with another side length takes the region back to that.
 */
import { type AskedObservation, isBetter, isFeasible, type Observation } from './observation.ts'
import { regionLength, type ScboSettings } from './settings.ts'

export interface TrustRegion {
  /** Regions before this one: a region that became too small is followed by a new one somewhere else. */
  readonly life: number
  /** Changes of the side length, in all lives. */
  readonly generation: number
  /** Side length, in units of the unit cube. */
  readonly length: number
  /** Both in a row. */
  readonly successes: number
  readonly failures: number
  /** The incumbent of this life: the best feasible trial, while there is none the one of least violation. */
  readonly centre: Observation | null
}

export const firstRegion: TrustRegion = {
  life: 0,
  generation: 0,
  length: regionLength.initial,
  successes: 0,
  failures: 0,
  centre: null,
}

/** What counts as an improvement, as a share of the incumbent's objective. */
const worthwhile = 1e-3

type Rules = Pick<ScboSettings, 'successesToGrow' | 'failuresToShrink'>

/** The region after a told trial. */
export const afterTold = (region: TrustRegion, observation: AskedObservation, rules: Rules): TrustRegion => {
  const { explanation } = observation
  // A trial of an earlier life is data; one that somebody else asked for may be a centre.
  if (explanation !== null && explanation.life !== region.life) return region
  const { centre } = region
  // Without any value it can be no centre; one whose violation is infinite can, while there is nothing better.
  const usable = observation.failed === false
  const better = usable && (centre === null || isBetter(observation, centre))
  const moved = better ? { ...region, centre: observation } : region
  if (explanation?.phase !== 'region' || centre === null) return moved
  if (better && isSuccess(observation, centre)) {
    return explanation.generation === region.generation
      ? grown({ ...moved, successes: region.successes + 1, failures: 0 }, rules)
      : resized(moved, explanation.length, 1)
  }
  if (explanation.generation !== region.generation || observation.failed === null) return moved
  return shrunk({ ...moved, successes: 0, failures: region.failures + 1 }, rules)
}

const isSuccess = (observation: Observation, centre: Observation): boolean => {
  if (!isFeasible(observation) || !isFeasible(centre)) return true
  const before = centre.objective ?? -Infinity
  return (observation.objective ?? -Infinity) > before + worthwhile * Math.abs(before)
}

const grown = (region: TrustRegion, { successesToGrow }: Rules): TrustRegion => {
  if (region.successes < successesToGrow) return region
  return resized(region, Math.min(regionLength.most, 2 * region.length), 0)
}

const shrunk = (region: TrustRegion, { failuresToShrink }: Rules): TrustRegion => {
  if (region.failures < failuresToShrink) return region
  const length = region.length / 2
  const feasible = region.centre !== null && isFeasible(region.centre)
  if (length >= (feasible ? regionLength.least : regionLength.leastInfeasible)) return resized(region, length, 0)
  return { ...firstRegion, life: region.life + 1, generation: region.generation + 1 }
}

const resized = (region: TrustRegion, length: number, successes: number): TrustRegion => ({
  ...region,
  length,
  generation: region.generation + 1,
  successes,
  failures: 0,
})

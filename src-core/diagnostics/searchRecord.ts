/** What SCBO said when it asked for each trial, as small as views of it need: a region, and the fit that it was asked with. */
import { scboExplanationOf } from '../optimiser/scbo/explanation.ts'
import type { FittedModels } from '../optimiser/scbo/explanation.ts'
import { trustRegionBox } from '../optimiser/scbo/candidates.ts'
import { objectiveName } from '../optimiser/scbo/outputs.ts'
import { ModelSpace } from '../space/modelSpace.ts'
import type { Configuration, SearchSpace } from '../space/parameter.ts'
import { trustRegionHistory } from './trustRegionHistory.ts'
import type { ExplainedTrial, InitialTrial, RegionTrial } from './trustRegionHistory.ts'

export interface SearchRecord {
  /** In the order of asking. */
  readonly asked: readonly (InitialTrial | RegionTrial)[]
  /** For each of `asked` the trials told when its fit was made; null without one. */
  readonly fittedAt: readonly (number | null)[]
  /** Each fit once, by rising `told`. */
  readonly fits: readonly FittedModels[]
  /** Trials that no trust region asked for. */
  readonly without: number
}

export const emptyRecord: SearchRecord = { asked: [], fittedAt: [], fits: [], without: 0 }

/** The record of these trials, by rising number. */
export const searchRecord = (explained: readonly ExplainedTrial[]): SearchRecord => {
  const { trials, without } = trustRegionHistory(explained)
  const fits = new Map<number, FittedModels>()
  const fittedAt = new Map<number, number>()
  for (const { number, explanation } of explained) {
    const decoded = scboExplanationOf(explanation)
    if (decoded?.phase !== 'region') continue
    fits.set(decoded.fit.told, decoded.fit)
    fittedAt.set(number, decoded.fit.told)
  }
  return {
    asked: trials,
    fittedAt: trials.map(({ trial }) => fittedAt.get(trial) ?? null),
    fits: [...fits.values()].sort((a, b) => a.told - b.told),
    without,
  }
}

/** A record and what was asked after it. */
export const continuedRecord = (before: SearchRecord, after: SearchRecord): SearchRecord => {
  const known = new Set(before.fits.map(({ told }) => told))
  return {
    asked: [...before.asked, ...after.asked],
    fittedAt: [...before.fittedAt, ...after.fittedAt],
    fits: [...before.fits, ...after.fits.filter(({ told }) => !known.has(told))],
    without: before.without + after.without,
  }
}

interface RegionBox {
  /** In units of the unit cube, one of each for every parameter in the order of the space. */
  readonly centre: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** The box that a trial was sought in: around its region's centre, sides in proportion to the objective's lengthscales. */
export const regionBox = (
  space: SearchSpace,
  centre: Configuration,
  length: number,
  fit: FittedModels | null,
): RegionBox => {
  const modelSpace = new ModelSpace(space)
  const lengthscales = fit?.models[objectiveName]?.lengthscales ?? null
  return trustRegionBox(modelSpace, Array.from(modelSpace.pointOf(centre)), length, lengthscales)
}

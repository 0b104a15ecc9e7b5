/** What SCBO said when it asked for each trial, as small as views of it need: a region, and the fit that it was asked with. */
import { z } from 'zod'
import { fitSchema, type FittedModels, scboExplanationOf } from '../optimiser/scbo/explanation.ts'
import { trustRegionBox } from '../optimiser/scbo/candidates.ts'
import { objectiveName } from '../optimiser/scbo/outputs.ts'
import { ModelSpace } from '../space/modelSpace.ts'
import type { Configuration, SearchSpace } from '../space/parameter.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import { askedTrialSchema, type ExplainedTrial, trustRegionHistory } from './trustRegionHistory.ts'

export const searchRecordSchema = z.strictObject({
  /** In the order of asking. */
  asked: z.array(askedTrialSchema),
  /** For each of `asked` the trials told when its fit was made; null without one. */
  fittedAt: z.array(z.int().min(0).nullable()),
  /** Each fit once, by rising `told`. */
  fits: z.array(fitSchema),
  /** Trials that no trust region asked for. */
  without: z.int().min(0),
})
export type SearchRecord = DeepReadonly<z.infer<typeof searchRecordSchema>>

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

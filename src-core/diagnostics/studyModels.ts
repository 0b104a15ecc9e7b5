/** What a window asks of the models of a study: a report once in a while, and maps over two parameters as they are chosen. */
import { z } from 'zod'
import { deriveSeed } from '../random/seed.ts'
import type { Observation } from '../optimiser/scbo/observation.ts'
import { applicable, unitFromConfiguration } from '../space/space.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { searchedGroups } from '../study/hyperparameters.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import {
  mapPlaceSchema,
  modelDiagnosis,
  modelDiagnosisSchema,
  mostImportantPair,
  type SeenTrials,
  spreadPoints,
} from './diagnosis.ts'
import { mapCells, meansOfCells, probabilitiesOfFeasibility, mapAxisSchema } from './feasibilityMap.ts'
import { defaultImportanceSettings, importance, outputImportanceSchema } from './importance.ts'
import { lengthscaleRowSchema, lengthscaleTable } from './lengthscaleTable.ts'
import { posteriorMean, type Surrogate } from './surrogateModel.ts'
import { gridAnalysis, varianceAnalysisSchema } from './varianceAnalysis.ts'

export const modelReportSchema = z.strictObject({
  /** Finished trials that the models were told of. */
  trials: z.int().min(0),
  models: z.array(modelDiagnosisSchema),
  lengthscales: z.array(lengthscaleRowSchema),
  importance: z.array(outputImportanceSchema),
  /** Of a grid; empty of any other study. */
  variance: z.array(varianceAnalysisSchema),
  /** The two parameters that matter most to the constraints, or where none varies to all outputs; null of fewer than two. */
  pair: z.strictObject({ x: z.string(), y: z.string() }).nullable(),
})
export type ModelReport = DeepReadonly<z.infer<typeof modelReportSchema>>

type Study = Pick<StudyDefinition, 'space' | 'seeds'>
type AnalysedStudy = Parameters<typeof gridAnalysis>[0]

/** Reports on models of these finished trials. */
export const modelReport = (
  definition: AnalysedStudy,
  observations: readonly Observation[],
  surrogates: readonly Surrogate[],
): ModelReport => {
  const { space, seeds } = definition
  const settings = { ...defaultImportanceSettings, seed: deriveSeed(seeds.optimiser, 'diagnosis') }
  const importances = importance(surrogates, space, settings, searchedGroups(definition))
  const constraints = surrogates.filter(({ threshold }) => threshold !== null)
  return {
    trials: observations.length,
    models: surrogates.map(modelDiagnosis),
    lengthscales: lengthscaleTable(surrogates, Object.keys(space)),
    importance: importances,
    variance: gridAnalysis(definition, observations),
    pair: mostImportantPair(importances, constraints, new Set(Object.keys(space))),
  }
}

/** Cells of a map, row by row of y; null where one of the two parameters does not apply. */
const mapCellsSchema = z.array(z.array(z.number().nullable()))
export type MapCells = DeepReadonly<z.infer<typeof mapCellsSchema>>

export const modelMapSchema = z.strictObject({
  trials: z.int().min(0),
  x: mapAxisSchema,
  y: mapAxisSchema,
  place: mapPlaceSchema,
  /** Predicted objective, in its own units; null without a model of it. */
  objective: mapCellsSchema.nullable(),
  /** Probability that all constraints hold; of a study without constraints 1. */
  feasible: mapCellsSchema,
  constraints: z.array(z.strictObject({ output: z.string(), feasible: mapCellsSchema })),
})
export type ModelMap = DeepReadonly<z.infer<typeof modelMapSchema>>

export const modelMapSettingsSchema = z.strictObject({
  x: z.string(),
  y: z.string(),
  /** false: the other parameters as in the best trial; true: averaged over the space. */
  average: z.boolean(),
  /** Cells along a side at most. */
  resolution: z.int().min(2).max(64),
})
export type ModelMapSettings = Readonly<z.infer<typeof modelMapSettingsSchema>>

/** Multiplications that a map may take: about a second. */
const effortOfMap = 3e9
const averagedAtMost = 32
const averagedAtLeast = 4

/**
 * The models over two parameters. An average is over as many points as there is time for.
 * @throws {Error} when there is no best trial, or not these two parameters
 */
export const modelMap = (
  { space, seeds }: Study,
  { trials, best }: SeenTrials,
  surrogates: readonly Surrogate[],
  { x: nameX, y: nameY, average, resolution }: ModelMapSettings,
): ModelMap => {
  if (best === null) throw new Error('no trial was measured')
  const applies = applicable(space, best.configuration)
  // Where one of the two does not apply at the best trial, there would be nothing to see.
  const spread = average || !applies.has(nameX) || !applies.has(nameY)
  const rows = surrogates.reduce((sum, { leaveOneOut }) => sum + leaveOneOut.observed.length ** 2, 0)
  const affordable = Math.floor(effortOfMap / Math.max(1, rows * resolution ** 2))
  const points = Math.min(averagedAtMost, Math.max(averagedAtLeast, affordable))
  const others = spread
    ? spreadPoints(space, deriveSeed(seeds.optimiser, 'diagnosis'), points)
    : [unitFromConfiguration(space, best.configuration)]
  const { x, y, cells, dimensions } = mapCells(space, { x: nameX, y: nameY, resolution, others })
  const all = cells.flat(2)
  const flat = new Float64Array(all.length * dimensions)
  for (const [row, point] of all.entries()) flat.set(point, row * dimensions)
  const constraints = surrogates
    .filter(({ threshold }) => threshold !== null)
    .map((surrogate) => ({
      output: surrogate.name,
      probability: probabilitiesOfFeasibility([surrogate], all, dimensions),
    }))
  const objective = surrogates.find(({ threshold }) => threshold === null)
  const { toNative } = objective ?? {}
  const together = new Float64Array(all.length).map((_, row) =>
    constraints.reduce((product, { probability }) => product * (probability[row] ?? 1), 1),
  )
  return {
    trials,
    x,
    y,
    place: spread ? { kind: 'average', points } : { kind: 'trial', trial: best.number },
    objective:
      objective === undefined || toNative === undefined
        ? null
        : meansOfCells(
            cells,
            posteriorMean(objective, flat, dimensions).map((value) => toNative(value)),
          ),
    feasible: meansOfCells(cells, together),
    constraints: constraints.map(({ output, probability }) => ({ output, feasible: meansOfCells(cells, probability) })),
  }
}

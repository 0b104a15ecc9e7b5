/** What a window asks of the models of a study: a report once in a while, and maps over two parameters as they are chosen. */
import { deriveSeed } from '../random/seed.ts'
import { applicable, unitFromConfiguration } from '../space/space.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { modelDiagnosis, mostImportantPair, spreadPoints } from './diagnosis.ts'
import type { MapPlace, ModelDiagnosis, SeenTrials } from './diagnosis.ts'
import { mapCells, meansOfCells, probabilitiesOfFeasibility } from './feasibilityMap.ts'
import { defaultImportanceSettings, importance } from './importance.ts'
import type { ImportanceSettings, OutputImportance } from './importance.ts'
import { lengthscaleTable } from './lengthscaleTable.ts'
import type { LengthscaleRow } from './lengthscaleTable.ts'
import type { MapAxis } from './mapAxis.ts'
import { posteriorMean } from './surrogateModel.ts'
import type { Surrogate } from './surrogateModel.ts'

export interface ModelReport {
  /** Finished trials that the models were told of. */
  readonly trials: number
  readonly models: readonly ModelDiagnosis[]
  readonly lengthscales: readonly LengthscaleRow[]
  readonly importance: readonly OutputImportance[]
  /** The two parameters that matter most to the constraints, or where none varies to all outputs; null of fewer than two. */
  readonly pair: { readonly x: string; readonly y: string } | null
}

type Study = Pick<StudyDefinition, 'space' | 'seeds'>

/** Reports on models that were fitted to `trials` finished trials. */
export const modelReport = (
  { space, seeds }: Study,
  trials: number,
  surrogates: readonly Surrogate[],
  effort: Omit<ImportanceSettings, 'seed'> = defaultImportanceSettings,
): ModelReport => {
  const importances = importance(surrogates, space, { ...effort, seed: deriveSeed(seeds.optimiser, 'diagnosis') })
  const constraints = surrogates.filter(({ threshold }) => threshold !== null)
  return {
    trials,
    models: surrogates.map(modelDiagnosis),
    lengthscales: lengthscaleTable(surrogates, Object.keys(space)),
    importance: importances,
    pair: mostImportantPair(importances, constraints, new Set(Object.keys(space))),
  }
}

/** Cells of a map, row by row of y; null where one of the two parameters does not apply. */
export type MapCells = readonly (readonly (number | null)[])[]

export interface ModelMap {
  readonly trials: number
  readonly x: MapAxis
  readonly y: MapAxis
  readonly place: MapPlace
  /** Predicted objective, in its own units; null without a model of it. */
  readonly objective: MapCells | null
  /** Probability that all constraints hold; of a study without constraints 1. */
  readonly feasible: MapCells
  readonly constraints: readonly { readonly output: string; readonly feasible: MapCells }[]
}

export interface ModelMapSettings {
  readonly x: string
  readonly y: string
  /** false: the other parameters as in the best trial; true: averaged over the space. */
  readonly average: boolean
  /** Cells along a side at most. */
  readonly resolution: number
}

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

/** All that the models of a study say, and how far they can be believed, as plain data: for a screen, a file, a thread. */
import { z } from 'zod'
import type { Observation } from '../optimiser/scbo/observation.ts'
import { sobolSequence } from '../optimiser/sobolSequence.ts'
import type { TrialRow } from '../progress/readModel.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import type { Configuration, SearchSpace, UnitPoint } from '../space/parameter.ts'
import { applicable, unitFromConfiguration } from '../space/space.ts'
import { searchedGroups } from '../study/hyperparameters.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import { calibration, calibrationSchema, leaveOneOutErrors, leaveOneOutErrorsSchema } from './calibration.ts'
import { feasibilityMap, type FeasibilityMap } from './feasibilityMap.ts'
import {
  defaultImportanceSettings,
  importance,
  type ImportanceSettings,
  type OutputImportance,
  representablePoint,
} from './importance.ts'
import { type LengthscaleRow, lengthscaleTable } from './lengthscaleTable.ts'
import type { Surrogate } from './surrogateModel.ts'
import { gridAnalysis, type VarianceAnalysis } from './varianceAnalysis.ts'
import type { TrustRegionHistory } from './trustRegionHistory.ts'

export const modelDiagnosisSchema = z.strictObject({
  output: z.string(),
  /** null for the objective. */
  threshold: z.number().nullable(),
  noiseVariance: z.number(),
  /**
   * Standard deviation of the noise in the output's own units, where it is best, or at its threshold. Of one seed a trial a model
   * cannot tell what seeds differ by from a rough function, and may take the one for the other. null: it does not know its units.
   */
  noise: z.number().min(0).nullable(),
  outputScale: z.number(),
  errors: leaveOneOutErrorsSchema,
  calibration: calibrationSchema,
})
export type ModelDiagnosis = DeepReadonly<z.infer<typeof modelDiagnosisSchema>>

/** Where the other parameters of a map are. */
export const mapPlaceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trial'), trial: z.int().min(0) }),
  z.strictObject({ kind: z.literal('average'), points: z.int() }),
])
export type MapPlace = Readonly<z.infer<typeof mapPlaceSchema>>

/** What models say. */
export interface ModelsDiagnosis {
  /** Finished trials. */
  readonly trials: number
  readonly models: readonly ModelDiagnosis[]
  readonly lengthscales: readonly LengthscaleRow[]
  readonly importance: readonly OutputImportance[]
  /** Of a grid; empty of any other study. */
  readonly variance: readonly VarianceAnalysis[]
  /** null without constraints, or with fewer than two parameters to draw it over. */
  readonly feasibility: { readonly place: MapPlace; readonly map: FeasibilityMap } | null
}

export interface Diagnosis extends ModelsDiagnosis {
  readonly trustRegion: TrustRegionHistory
}

export interface DiagnosisSettings {
  /** The two parameters of the map; null: the two that matter most to the constraints. */
  readonly map: { readonly x: string; readonly y: string } | null
  /** false: the other parameters of the map as in the best trial; true: averaged over the space. */
  readonly average: boolean
  /** Cells along a side of the map at most. */
  readonly resolution: number
}

interface Effort {
  /** How accurate importance is to be; it takes most of the time. */
  readonly effort?: Omit<ImportanceSettings, 'seed'>
}

/** The finished trials that models were made of, as far as a diagnosis needs them besides. */
export interface SeenTrials {
  readonly trials: number
  /** null: none was measured. */
  readonly best: { readonly number: number; readonly configuration: Configuration } | null
}

/** Of the row of the best trial what is needed of it. */
export const bestOf = (row: Pick<TrialRow, 'number' | 'configuration'> | null): SeenTrials['best'] =>
  row && { number: row.number, configuration: row.configuration }

/** Measured trials below which a model says nothing. */
export const fewestDiagnosedTrials = 4

/** Points that a map is averaged over. */
const averagedPoints = 64

/**
 * Diagnoses these models of a study's finished trials; what was searched where needs none of them (trustRegionHistory.ts). It draws its random numbers by the study's seed: the same trials
 * give the same diagnosis.
 */
export const diagnose = (
  definition: Parameters<typeof gridAnalysis>[0],
  { best, observations }: Pick<SeenTrials, 'best'> & { readonly observations: readonly Observation[] },
  surrogates: readonly Surrogate[],
  { effort = defaultImportanceSettings, ...settings }: DiagnosisSettings & Effort,
): ModelsDiagnosis => {
  const { space, seeds } = definition
  const seed = deriveSeed(seeds.optimiser, 'diagnosis')
  const importances = importance(surrogates, space, { ...effort, seed }, searchedGroups(definition))
  return {
    trials: observations.length,
    models: surrogates.map(modelDiagnosis),
    lengthscales: lengthscaleTable(surrogates, Object.keys(space)),
    importance: importances,
    variance: gridAnalysis(definition, observations),
    feasibility: feasibilityOf(space, best, surrogates, { ...settings, importances, seed }),
  }
}

/** How well a model predicts what it was not told. */
export const modelDiagnosis = (surrogate: Surrogate): ModelDiagnosis => ({
  output: surrogate.name,
  threshold: surrogate.threshold,
  noiseVariance: surrogate.noiseVariance,
  noise: nativeNoise(surrogate),
  outputScale: surrogate.outputScale,
  errors: leaveOneOutErrors(surrogate.leaveOneOut),
  calibration: calibration(surrogate.leaveOneOut),
})

const nativeNoise = ({ toNative, threshold, noiseVariance, leaveOneOut: { observed } }: Surrogate): number | null => {
  if (toNative === undefined || observed.length < 2) return null
  const at = threshold ?? observed.reduce((most, value) => Math.max(most, value), -Infinity)
  const noise = Math.abs(toNative(at) - toNative(at - Math.sqrt(noiseVariance)))
  return Number.isFinite(noise) ? noise : null
}

interface Mapping extends DiagnosisSettings {
  readonly importances: readonly OutputImportance[]
  readonly seed: Seed
}

const feasibilityOf = (
  space: SearchSpace,
  best: SeenTrials['best'],
  surrogates: readonly Surrogate[],
  { map, average, resolution, importances, seed }: Mapping,
): Diagnosis['feasibility'] => {
  const constraints = surrogates.filter(({ threshold }) => threshold !== null)
  if (constraints.length === 0 || best === null) return null
  const names = average ? new Set(Object.keys(space)) : applicable(space, best.configuration)
  const over = map ?? mostImportantPair(importances, constraints, names)
  if (over === null) return null
  const others = average ? spreadPoints(space, seed) : [unitFromConfiguration(space, best.configuration)]
  return {
    place: average ? { kind: 'average', points: others.length } : { kind: 'trial', trial: best.number },
    map: feasibilityMap(constraints, space, { ...over, resolution, others }),
  }
}

/** The two parameters with the largest total indices, summed over the constraints; or, where these are flat, over all outputs. */
export const mostImportantPair = (
  importances: readonly OutputImportance[],
  constraints: readonly Surrogate[],
  names: ReadonlySet<string>,
): { readonly x: string; readonly y: string } | null => {
  const constrained = new Set(constraints.map(({ name }) => name))
  const varying = importances.filter(({ output, variance }) => constrained.has(output) && variance > 0)
  const totals = new Map([...names].map((name) => [name, 0]))
  for (const { parameters } of varying.length > 0 ? varying : importances) {
    for (const { parameter, total } of parameters) {
      const before = totals.get(parameter)
      if (before !== undefined) totals.set(parameter, before + total.value)
    }
  }
  const [first, second] = [...totals].sort(([, a], [, b]) => b - a).map(([name]) => name)
  return first === undefined || second === undefined ? null : { x: first, y: second }
}

export const spreadPoints = (space: SearchSpace, seed: Seed, points = averagedPoints): UnitPoint[] => {
  const sequence = sobolSequence(Object.keys(space).length, deriveSeed(seed, 'map'))
  return Array.from({ length: points }, (_, number) => representablePoint(space, sequence(number)))
}

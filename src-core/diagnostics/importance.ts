/**
 * Importance of each parameter for each output: Sobol indices of the model's posterior mean over the whole space.
 *
 * The inputs are the coordinates of the unit cube, independent and uniform: each parameter on its model's scale, choices
 * with equal chances. The function is the model at the configuration that the coordinates stand for, so a parameter that
 * does not apply changes nothing, and the categories that decide whether it applies get their share as interaction.
 *
 * Two errors are told apart (Le Gratiet, Cannamela & Iooss, SIAM/ASA J. Uncertain. Quantif. 2, 2014): that of the points,
 * by a bootstrap over the rows (Archer, Saltelli & Sobol 1997), and that of the model, by the indices of functions drawn
 * from its posterior. Scrambled Sobol points are more even than the bootstrap takes them to be: its error is an upper
 * estimate.
 */
import { z } from 'zod'
import { sobolSequence } from '../optimiser/sobolSequence.ts'
import { createGenerator } from '../random/generator.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import type { SearchSpace, UnitPoint } from '../space/parameter.ts'
import { configurationFromUnit, unitFromConfiguration, unitPoint } from '../space/space.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import { type SampledValues, sobolIndices, type SobolIndices } from './sobolIndices.ts'
import { posteriorMean, type Surrogate } from './surrogateModel.ts'

/**
 * The point that stands for the same configuration as these coordinates: categories in the middle of their interval,
 * integers at their place, 1/2 for what does not apply. Models have seen such points only.
 */
export const representablePoint = (space: SearchSpace, coordinates: readonly number[]): UnitPoint =>
  unitFromConfiguration(space, configurationFromUnit(space, unitPoint(coordinates)))

const estimateSchema = z.strictObject({
  value: z.number(),
  /** Of both errors together. */
  standardError: z.number(),
  pointError: z.number(),
  /** null where the model cannot draw functions: then the standard error is that of the points alone. */
  modelError: z.number().nullable(),
})
export type Estimate = Readonly<z.infer<typeof estimateSchema>>

const indicesSchema = {
  /** Share of the output's variance that this parameter, or the group by itself, explains alone. */
  firstOrder: estimateSchema,
  /** The same with all its interactions: what would be left if all others were known. */
  total: estimateSchema,
}

/** Parameters that are about the same, by the name of what that is. */
const parameterGroupSchema = z.strictObject({ group: z.string(), parameters: z.array(z.string()).min(1) })
export type ParameterGroup = DeepReadonly<z.infer<typeof parameterGroupSchema>>

export const outputImportanceSchema = z.strictObject({
  /** The surrogate's name. */
  output: z.string(),
  /** Variance of the posterior mean over the space, in the model's units; 0 where it is flat and all indices are 0. */
  variance: z.number(),
  /** In the order of the space. */
  parameters: z.array(z.strictObject({ parameter: z.string(), ...indicesSchema })),
  /** Of all parameters of a group together, so what they do to each other is in it; empty where there is one group. */
  groups: z.array(parameterGroupSchema.extend(indicesSchema)),
})
export type OutputImportance = DeepReadonly<z.infer<typeof outputImportanceSchema>>

export interface ImportanceSettings {
  readonly seed: Seed
  /** N of the estimators: each model is evaluated at N (d + 2) points. A power of two keeps the points even. */
  readonly points: number
  /** Resamples of the bootstrap. */
  readonly resamples: number
  /** Functions drawn from the posterior of each model, and N for their indices, at most `points`. */
  readonly draws: number
  readonly drawnPoints: number
}

export const defaultImportanceSettings = { points: 1024, resamples: 200, draws: 16, drawnPoints: 256 } as const

/** Relative to the prior variance of the model, a variance that rounding errors can make. */
const rounding = 1e-10

/**
 * Importance of every parameter for every surrogate, on the same points. That of a group is not the sum of its parameters':
 * all of its columns are exchanged at once (Saltelli et al. 2008, "Global Sensitivity Analysis", section 4.7).
 * @param groups of all parameters
 * @throws {Error} when the space has more than 64 parameters, for which there are no Sobol points
 */
export const importance = (
  surrogates: readonly Surrogate[],
  space: SearchSpace,
  settings: ImportanceSettings,
  groups: readonly ParameterGroup[] = [],
): OutputImportance[] => {
  const names = Object.keys(space)
  const told = groups.length > 1 ? groups : []
  const exchanged = [
    ...names.map((_, index) => [index]),
    ...told.map(({ parameters }) => parameters.map((name) => names.indexOf(name))),
  ]
  const points = samplePoints(space, settings, { count: settings.points, exchanged })
  // The first points of the same sequence.
  const fewer = samplePoints(space, settings, { count: settings.drawnPoints, exchanged })
  const resamples = bootstrapRows(settings)
  return surrogates.map((surrogate) => {
    const negligible = rounding * surrogate.outputScale
    const sampled = blocks(posteriorMean(surrogate, points, names.length), settings.points, exchanged.length)
    const indices = sobolIndices(sampled, negligible)
    const byPoints = resamples.map((rows) => sobolIndices(sampled, negligible, rows))
    const byModel = Array.from({ length: surrogate.sample ? settings.draws : 0 }, (_, draw) => {
      const values = surrogate.sample?.(deriveSeed(settings.seed, 'posterior', surrogate.name, draw), fewer)
      return values ? sobolIndices(blocks(values, settings.drawnPoints, exchanged.length), negligible) : []
    }).flat()
    const estimate = (order: 'firstOrder' | 'total', index: number): Estimate => {
      const deviation = (many: readonly SobolIndices[]): number =>
        standardDeviation(many.map((one) => one[order][index] ?? 0))
      const pointError = deviation(byPoints)
      const modelError = byModel.length > 1 ? deviation(byModel) : null
      const standardError = Math.hypot(pointError, modelError ?? 0)
      return { value: indices[order][index] ?? 0, standardError, pointError, modelError }
    }
    const indicesOf = (index: number) => ({
      firstOrder: estimate('firstOrder', index),
      total: estimate('total', index),
    })
    return {
      output: surrogate.name,
      variance: indices.variance,
      parameters: names.map((parameter, index) => ({ parameter, ...indicesOf(index) })),
      groups: told.map((group, index) => ({ ...group, ...indicesOf(names.length + index) })),
    }
  })
}

interface Sample {
  readonly count: number
  /** Columns of A that a block takes from B. */
  readonly exchanged: readonly (readonly number[])[]
}

/** A, then B, then the mixed ones, below each other, row-major; A and B are halves of the points of 2d dimensions. */
const samplePoints = (space: SearchSpace, { seed }: ImportanceSettings, { count, exchanged }: Sample): Float64Array => {
  const dimensions = Object.keys(space).length
  const sequence = sobolSequence(2 * dimensions, deriveSeed(seed, 'importance'))
  const rows = Array.from({ length: count }, (_, row) => sequence(row))
  const all = new Float64Array((exchanged.length + 2) * count * dimensions)
  for (const [block, fromB] of [[], Array.from({ length: dimensions }, (_, index) => index), ...exchanged].entries()) {
    for (const [row, both] of rows.entries()) {
      const coordinates = both.slice(0, dimensions)
      for (const index of fromB) coordinates[index] = both[dimensions + index] ?? 0
      all.set(representablePoint(space, coordinates), (block * count + row) * dimensions)
    }
  }
  return all
}

const blocks = (values: Float64Array, points: number, mixed: number): SampledValues => {
  const block = (number: number): Float64Array => values.subarray(number * points, (number + 1) * points)
  return { a: block(0), b: block(1), mixed: Array.from({ length: mixed }, (_, index) => block(index + 2)) }
}

const bootstrapRows = ({ seed, points, resamples }: ImportanceSettings): Uint32Array[] => {
  const generator = createGenerator(deriveSeed(seed, 'bootstrap'))
  return Array.from({ length: resamples }, () => new Uint32Array(points).map(() => generator.below(points)))
}

const standardDeviation = (values: readonly number[]): number => {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

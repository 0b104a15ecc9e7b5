/**
 * Analysis of variance of a grid: how much of what trials differ by is by which hyperparameter, by two of them together, and by
 * what is left (more of them together, and chance). Straight from what was measured, without a model.
 *
 * A grid need not be whole: impossible points are missing and trials fail. So effects are those of type II: that of a
 * hyperparameter is what it explains beyond all others, that of a pair what it explains beyond all single ones and the other
 * pairs are not looked at. Of a whole grid these are the classical sums of squares, which add up to all of it.
 *
 *   effect = |Q'y|^2 / |y - mean|^2,   Q an orthonormal basis of the columns that the effect adds
 *
 * The standard error is by a parametric bootstrap: the measured values, each with noise of its own, are analysed again.
 */
import { z } from 'zod'
import type { Observation } from '../optimiser/scbo/observation.ts'
import { objectiveName } from '../optimiser/scbo/outputs.ts'
import { createGenerator } from '../random/generator.ts'
import { createNormal } from '../random/normal.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import { constraintNames } from '../stopping/constraints.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { searchedGroups } from '../study/hyperparameters.ts'
import type { DeepReadonly } from '../values/deepReadonly.ts'
import type { ParameterGroup } from './importance.ts'

const shareSchema = z.strictObject({
  /** Share of the variance between the trials. */
  value: z.number(),
  /** null: too few trials to tell. */
  standardError: z.number().nullable(),
})
type Share = Readonly<z.infer<typeof shareSchema>>

export const varianceAnalysisSchema = z.strictObject({
  output: z.string(),
  trials: z.int(),
  /** Between the trials, in the output's own units; 0: all are the same, and so are all shares. */
  variance: z.number(),
  effects: z.array(z.strictObject({ parameter: z.string(), levels: z.int(), share: shareSchema })),
  /** The largest first. */
  interactions: z.array(z.strictObject({ parameters: z.tuple([z.string(), z.string()]), share: shareSchema })),
  /** Of all that the hyperparameters of a group explain by themselves and in pairs of the group. */
  groups: z.array(z.strictObject({ group: z.string(), share: shareSchema })),
  /** What neither single hyperparameters nor pairs explain. */
  rest: shareSchema,
})
export type VarianceAnalysis = DeepReadonly<z.infer<typeof varianceAnalysisSchema>>

/** Pairs shown; the others explain less. */
const shownPairs = 8

/**
 * An analysis as people read it, in the terminal and in the window: groups where there are several, single hyperparameters, the
 * pairs that explain most, and the rest.
 */
export const varianceRows = ({ groups, effects, interactions, rest }: VarianceAnalysis, pairs = shownPairs) => ({
  rows: [
    ...(groups.length > 1 ? groups : []).map(({ group, share }) => ({ name: `${group} (group)`, share })),
    ...effects.map(({ parameter, share }) => ({ name: parameter, share })),
    ...interactions.slice(0, pairs).map(({ parameters, share }) => ({ name: parameters.join(' × '), share })),
    { name: 'the rest', share: rest },
  ],
  /** Pairs that are left out. */
  more: Math.max(0, interactions.length - pairs),
})

/** What was measured of one output. */
export interface FactorialData {
  readonly output: string
  /** The hyperparameters that the grid varies. */
  readonly parameters: readonly string[]
  /** [trials][parameters]: which of its levels, from 0. */
  readonly levels: readonly (readonly number[])[]
  readonly values: readonly number[]
  /** [trials]: known standard errors of the values; null: not known. */
  readonly standardErrors: readonly (number | null)[]
}

type Column = Float64Array

const resamples = 200
/** About a second; of larger grids pairs are not looked at. */
const mostProducts = 1e9
/** Relative to its length before, what is left of a column that others make up. */
const dependent = 1e-9

const dot = (one: Column, other: Column): number => {
  let sum = 0
  for (let row = 0; row < one.length; row++) sum += (one[row] ?? 0) * (other[row] ?? 0)
  return sum
}

/** An orthonormal basis of what `columns` add to what `basis` spans (modified Gram-Schmidt, twice for the digits). */
const added = (basis: readonly Column[], columns: readonly Column[]): Column[] => {
  const found: Column[] = []
  for (const column of columns) {
    const left = Float64Array.from(column)
    const length = Math.sqrt(dot(left, left))
    for (let pass = 0; pass < 2; pass++) {
      for (const known of [...basis, ...found]) {
        const part = dot(known, left)
        for (let row = 0; row < left.length; row++) left[row] = (left[row] ?? 0) - part * (known[row] ?? 0)
      }
    }
    const rest = Math.sqrt(dot(left, left))
    if (!(rest > dependent * length)) continue
    found.push(left.map((value) => value / rest))
  }
  return found
}

/** A column for each level that there is: 1 where a trial has it. */
const indicators = (keys: readonly string[]): Column[] =>
  [...new Set(keys)].map((level) => Float64Array.from(keys, (key) => (key === level ? 1 : 0)))

const squares = (basis: readonly Column[], values: Column): number =>
  basis.reduce((sum, column) => sum + dot(column, values) ** 2, 0)

/**
 * @param seed of the bootstrap
 * @param groups of all parameters; those that are not varied are left out
 */
export const varianceAnalysis = (
  { output, parameters, levels, values, standardErrors }: FactorialData,
  groups: readonly ParameterGroup[],
  seed: Seed,
): VarianceAnalysis => {
  const keys = (place: number): string[] => levels.map((row) => String(row[place] ?? 0))
  const mains = parameters.map((_, place) => indicators(keys(place)))
  const constant = [new Float64Array(values.length).fill(1 / Math.sqrt(values.length))]
  const others = (left: (place: number) => boolean): Column[] =>
    added(constant, mains.filter((_, place) => !left(place)).flat())
  const allMains = [...constant, ...others(() => false)]
  const cells = mains.reduce((sum, columns) => sum + columns.length, 0) ** 2 / 2
  // Each column is compared with all others.
  const affordable = values.length * cells ** 2 < mostProducts
  const pairs = parameters.flatMap((_, one) =>
    affordable ? parameters.slice(one + 1).map((_, further) => [one, one + 1 + further] as const) : [],
  )
  const pairColumns = pairs.map(([one, other]) => {
    const second = keys(other)
    return indicators(keys(one).map((key, row) => `${key} ${second[row] ?? ''}`))
  })
  const bases = {
    effects: mains.map((columns, place) => added([...constant, ...others((other) => other === place)], columns)),
    interactions: pairColumns.map((columns) => added(allMains, columns)),
    groups: groups.map(({ parameters: names }) => {
      const inGroup = (place: number): boolean => names.includes(parameters[place] ?? '')
      return added(
        [...constant, ...others(inGroup)],
        [
          ...mains.filter((_, place) => inGroup(place)).flat(),
          ...pairColumns.filter((_, pair) => (pairs[pair] ?? []).every(inGroup)).flat(),
        ],
      )
    }),
    all: [...allMains, ...added(allMains, pairColumns.flat())].slice(1),
  }
  const sharesOf = (measured: Column) => {
    const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length
    const centred = measured.map((value) => value - mean)
    const total = dot(centred, centred)
    const share = (basis: readonly Column[]): number => (total > 0 ? squares(basis, centred) / total : 0)
    return {
      total,
      effects: bases.effects.map(share),
      interactions: bases.interactions.map(share),
      groups: bases.groups.map(share),
      rest: total > 0 ? Math.max(0, 1 - share(bases.all)) : 0,
    }
  }
  const observed = Float64Array.from(values)
  const found = sharesOf(observed)
  const deviations = noiseOf(standardErrors, {
    // What is left has as many degrees of freedom as there are trials beyond the columns.
    freedom: values.length - 1 - bases.all.length,
    left: found.rest * found.total,
  })
  const normal = createNormal(createGenerator(deriveSeed(seed, 'variance', output)))
  const again =
    deviations === null
      ? []
      : Array.from({ length: resamples }, () =>
          sharesOf(observed.map((value, row) => value + (deviations[row] ?? 0) * normal())),
        )
  const shareOf = (of: (shares: ReturnType<typeof sharesOf>) => number | undefined): Share => ({
    value: of(found) ?? 0,
    standardError: again.length === 0 ? null : deviation(again.map((shares) => of(shares) ?? 0)),
  })
  return {
    output,
    trials: values.length,
    variance: found.total / Math.max(1, values.length - 1),
    effects: parameters.map((parameter, place) => ({
      parameter,
      levels: new Set(keys(place)).size,
      share: shareOf(({ effects }) => effects[place]),
    })),
    interactions: pairs
      .map(([one, other], pair) => ({
        parameters: [parameters[one] ?? '', parameters[other] ?? ''] as [string, string],
        share: shareOf(({ interactions }) => interactions[pair]),
      }))
      .sort((one, other) => other.share.value - one.share.value),
    groups: groups.flatMap(({ group, parameters: names }, place) =>
      names.some((name) => parameters.includes(name))
        ? [{ group, share: shareOf((shares) => shares.groups[place]) }]
        : [],
    ),
    rest: shareOf(({ rest }) => rest),
  }
}

/** Standard deviations of the noise of the values; null: nothing tells. */
const noiseOf = (
  standardErrors: readonly (number | null)[],
  { freedom, left }: { readonly freedom: number; readonly left: number },
): readonly number[] | null => {
  const known = standardErrors.every((error) => error !== null)
  if (known) return standardErrors.map((error) => error ?? 0)
  return freedom > 0 ? standardErrors.map(() => Math.sqrt(left / freedom)) : null
}

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** Trials below which there is nothing to compare. */
const fewestTrials = 4

/** The objective and each constraint of a study whose trials are points of a grid; empty of any other. */
export const gridAnalysis = (
  definition: Pick<StudyDefinition, 'network' | 'space' | 'optimiser' | 'silence' | 'constraints' | 'seeds'>,
  observations: readonly Observation[],
): VarianceAnalysis[] => {
  if (definition.optimiser.type !== 'grid') return []
  const { space, seeds } = definition
  const names = Object.keys(space)
  const outputs = [
    {
      output: objectiveName,
      valueOf: ({ objective }: Observation) => objective,
      errorOf: ({ standardErrors }: Observation) => standardErrors?.objective ?? null,
    },
    ...constraintNames(definition).map((output, place) => ({
      output,
      valueOf: ({ constraints }: Observation) => constraints[place] ?? null,
      errorOf: ({ standardErrors }: Observation) => standardErrors?.constraints[place] ?? null,
    })),
  ]
  return outputs.flatMap(({ output, valueOf, errorOf }) => {
    const measured = observations.flatMap((observation) => {
      const value = valueOf(observation)
      return value === null ? [] : [{ point: observation.point, value, error: errorOf(observation) }]
    })
    // Places on a scale are computed: the last digits are no levels.
    const levels = measured.map(({ point }) => point.map((place) => Math.round(place * 1e9)))
    const varied = names.flatMap((parameter, place) =>
      new Set(levels.map((row) => row[place])).size > 1 ? [{ parameter, place }] : [],
    )
    if (measured.length < fewestTrials || varied.length === 0) return []
    const data = {
      output,
      parameters: varied.map(({ parameter }) => parameter),
      levels: levels.map((row) => varied.map(({ place }) => row[place] ?? 0)),
      values: measured.map(({ value }) => value),
      standardErrors: measured.map(({ error }) => error),
    }
    return [varianceAnalysis(data, searchedGroups(definition), deriveSeed(seeds.optimiser, 'diagnosis'))]
  })
}

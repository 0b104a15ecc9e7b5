/** Why an optimiser asked for a trial, in words: the same in the terminal and in the window. */
import { z } from 'zod'
import { type ScboExplanation, scboExplanationOf } from '../optimiser/scbo/explanation.ts'
import { originOf } from '../trial/origin.ts'
import { constraintTitle } from './constraintTitle.ts'

export const reasonSchema = z.strictObject({ term: z.string(), words: z.string() })
export type Reason = Readonly<z.infer<typeof reasonSchema>>

type Explanation = Readonly<Record<string, unknown>>
type RegionExplanation = Extract<ScboExplanation, { phase: 'region' }>

/** Parameters named for a model: those with the shortest lengthscales, which it takes to matter most. */
const namedLengthscales = 3

/**
 * The reasons, most telling first.
 * @param explanation what was stored with the trial
 * @param parameters names of the search space's parameters, in its order
 */
export const whyThisPoint = (explanation: Explanation, parameters: readonly string[]): Reason[] => {
  const origin = originOf(explanation)
  if (origin.kind === 'person') return [{ term: 'asked for by', words: 'a person, not the optimiser' }]
  if (origin.kind === 'copy')
    return [{ term: 'copied from', words: `trial ${origin.trial} of the study ${origin.study}` }]
  const scbo = scboExplanationOf(explanation)
  if (scbo === null) return Object.entries(explanation).map(([name, value]) => ({ term: name, words: wordsOf(value) }))
  const told = `${counted(scbo.told, 'trial')} known`
  if (scbo.phase === 'initial') {
    const region = scbo.life === 0 ? 'initial design' : `initial design of trust region ${scbo.life + 1}`
    return [{ term: 'phase', words: `SCBO, ${region}: Sobol point ${scbo.point}, ${told}` }]
  }
  return [
    { term: 'phase', words: `SCBO, trust region ${scbo.life + 1}, ${told}` },
    { term: 'centre', words: centreOf(scbo) },
    { term: 'side length', words: `${short(scbo.length)}, changed ${counted(scbo.generation, 'time')}` },
    {
      term: 'counters',
      words: `${counted(scbo.successes, 'success', 'successes')}, ${counted(scbo.failures, 'failure')} in a row`,
    },
    ...sampleOf(scbo),
    { term: 'taken from', words: sourceOf(scbo) },
    ...modelsOf(scbo, parameters),
  ]
}

const centreOf = ({ centre, centreFeasible }: RegionExplanation): string =>
  centreFeasible ? `trial ${centre}, the best feasible` : `trial ${centre}, of least violation: none was feasible`

const sampleOf = ({ source, feasible, sampled }: RegionExplanation): Reason[] => {
  // A point that no sample chose has no sampled values.
  if (source === 'random') return []
  const constraints = Object.entries(sampled.constraints)
  const held = feasible ? 'every sampled constraint held' : 'not every sampled constraint held'
  return [
    ...(sampled.objective === null ? [] : [{ term: 'sampled objective', words: deviationsOf(sampled.objective) }]),
    ...(constraints.length === 0 ? [] : [{ term: 'feasible', words: held }]),
    ...constraints.map(([name, value]) => ({
      term: `sampled ${constraintTitle(name)}`,
      words: `${short(value)}, ${value > 0 ? 'violated' : 'held'}`,
    })),
  ]
}

const deviationsOf = (value: number): string =>
  `${short(Math.abs(value))} standard deviations ${value < 0 ? 'below' : 'above'} the mean`

const sourceOf = ({ source, candidates }: RegionExplanation): string => {
  const among = `the best of ${counted(candidates, 'candidate')}`
  switch (source) {
    case 'candidate':
      return among
    case 'polished':
      return `${among}, moved along the gradient`
    case 'random':
      return `random: all of ${counted(candidates, 'candidate')} had been tried`
  }
}

/** The shortest lengthscales of each model, in units of the parameters' ranges. */
const modelsOf = ({ fit }: RegionExplanation, parameters: readonly string[]): Reason[] => {
  const models = Object.entries(fit.models)
  if (models.length === 0) return []
  const shortestOf = (lengthscales: readonly number[]): string =>
    lengthscales
      .map((lengthscale, index) => ({ lengthscale, name: parameters[index] ?? `parameter ${index + 1}` }))
      .sort((a, b) => a.lengthscale - b.lengthscale)
      .slice(0, namedLengthscales)
      .map(({ lengthscale, name }) => `${name} ${short(lengthscale)}`)
      .join(', ')
  return [
    { term: 'models', words: `fitted on ${counted(fit.told, 'trial')}; shortest lengthscales:` },
    ...models.map(([output, { lengthscales }]) => ({ term: constraintTitle(output), words: shortestOf(lengthscales) })),
  ]
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',')} ${count === 1 ? one : many}`

const short = (value: number): string => Number(value.toPrecision(3)).toString()

const wordsOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' && !Number.isInteger(value) ? short(value) : JSON.stringify(value)
}

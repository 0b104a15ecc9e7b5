/** What a new study can take over from one that it differs from: rules, without any storage. */
import { isMet } from '../space/condition.ts'
import type { Configuration } from '../space/parameter.ts'
import { orderOf } from '../space/space.ts'
import { isAllowed } from '../space/validateConfiguration.ts'
import type { FailureReason } from '../trial/measurement.ts'
import type { TrialRow } from '../progress/readModel.ts'
import type { StudyDefinition } from './definition.ts'
import { definitionLeaves } from './definitionLeaves.ts'
import { resolveHyperparameters } from './resolveHyperparameters.ts'

/** The trials that a fork takes over, with their configurations in its space; the others counted by why not. */
export interface Takeover {
  /** By number in the study that is forked. */
  readonly copies: readonly { readonly number: number; readonly configuration: Configuration }[]
  /** Most first. */
  readonly left: readonly { readonly reason: string; readonly trials: number }[]
}

type ForkedTrial = Pick<TrialRow, 'number' | 'state' | 'configuration' | 'failure' | 'annotation'>
type Comparable = Pick<
  StudyDefinition,
  'dataset' | 'encoding' | 'network' | 'training' | 'objective' | 'silence' | 'constraints' | 'pruning' | 'replicates'
>

/** Failures that follow from the configuration, and that would come again. */
const lasting: ReadonlySet<FailureReason> = new Set(['non-finite', 'impossible-network', 'out-of-memory'])

/**
 * In what two studies differ that decides what a trial comes to, a sentence each; empty when results can be compared.
 * Space, fixed values, optimiser and budget may differ.
 */
export const whyNotComparable = (from: StudyDefinition, to: StudyDefinition): string[] => {
  if (from.log !== undefined) return ['the study holds an imported log, of which nobody can say how it was trained']
  const comparable = ({
    dataset,
    encoding,
    network,
    training,
    objective,
    silence,
    constraints,
    pruning,
    replicates,
  }: Comparable): Comparable => ({
    dataset,
    encoding,
    network,
    training,
    objective,
    silence,
    constraints,
    pruning,
    replicates,
  })
  const before = definitionLeaves({ ...comparable(from), seeds: { split: from.seeds.split } })
  const after = definitionLeaves({ ...comparable(to), seeds: { split: to.seeds.split } })
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    return was === is ? [] : [`${path} is ${is ?? 'not set'}, in the study it is ${was ?? 'not set'}`]
  })
}

/**
 * The trials of `from` that lie in the space of `to`: everything that their networks got is what the fork would give
 * them, each value in its bounds where it is searched, and equal where it is not.
 */
export const takeover = (from: StudyDefinition, to: StudyDefinition, trials: Iterable<ForkedTrial>): Takeover => {
  const order = orderOf(to.space)
  const copies: { number: number; configuration: Configuration }[] = []
  const left = new Map<string, number>()
  for (const trial of trials) {
    const moved = whyNot(trial) ?? move(from, to, order, trial)
    if (typeof moved === 'string') left.set(moved, (left.get(moved) ?? 0) + 1)
    else copies.push({ number: trial.number, configuration: moved })
  }
  return {
    copies,
    left: [...left].map(([reason, count]) => ({ reason, trials: count })).sort((a, b) => b.trials - a.trials),
  }
}

const whyNot = ({ state, failure, annotation }: ForkedTrial): string | null => {
  if (state === 'waiting' || state === 'running') return 'not finished'
  if (annotation.excluded) return 'left out in the study'
  if (failure === null || lasting.has(failure.reason)) return null
  if (failure.reason === 'cancelled') return 'cancelled'
  return failure.reason === 'time-limit' ? 'ended by the time limit' : 'failed through no fault of the configuration'
}

/** The configuration in the other space, or why there is none. */
const move = (
  from: StudyDefinition,
  to: StudyDefinition,
  order: readonly string[],
  { configuration }: ForkedTrial,
): Configuration | string => {
  const had = resolveHyperparameters(from, configuration)
  const values: Record<string, number | string> = {}
  for (const name of order) {
    const parameter = to.space[name]
    if (parameter === undefined || !isMet(parameter.when ?? {}, values)) continue
    const value = had[name]
    if (value === undefined || !isAllowed(parameter, value)) return `${name} outside its bounds`
    values[name] = value
  }
  const moved: Record<string, number | string> = {}
  for (const name in to.space) {
    const value = values[name]
    if (value !== undefined) moved[name] = value
  }
  const gets = resolveHyperparameters(to, moved)
  for (const name in { ...had, ...gets }) {
    if (had[name] !== gets[name]) return `${name} not at the value that the fork holds it at`
  }
  return moved
}

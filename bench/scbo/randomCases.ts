/**
 * Random mixed spaces, as far as a definition may have them (`low` below `high`), and the histories that real studies and
 * mistakes bring about; each by its number alone.
 */
import { createGenerator, type RandomGenerator } from '../../src-core/random/generator.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import type { Configuration, Parameter, SearchSpace } from '../../src-core/space/parameter.ts'
import type { Evaluation } from './problem.ts'

/** What evaluations come to. */
export const styles = [
  'plain',
  'constant objective',
  'all infeasible',
  'all failed',
  'some failed',
  'not finite',
  'missing constraints',
  'huge values',
] as const
export type Style = (typeof styles)[number]

/** What was told before the optimiser is asked for the first time. */
export const histories = ['none', 'one point', 'two points', 'the same point again and again', 'many points'] as const
export type History = (typeof histories)[number]

export interface RandomCase {
  readonly number: number
  readonly space: SearchSpace
  readonly constraintNames: readonly string[]
  readonly style: Style
  readonly history: History
  readonly workers: number
  /** Asks after the history. */
  readonly asks: number
}

const oneOf = <Item>(items: readonly [Item, ...Item[]], generator: RandomGenerator): Item =>
  items[generator.below(items.length)] ?? items[0]

export const randomCase = (number: number): RandomCase => {
  const generator = createGenerator(deriveSeed(1, 'case', number))
  return {
    number,
    space: randomSpace(generator),
    constraintNames: ['first', 'second', 'third'].slice(0, generator.below(4)),
    style: oneOf(styles, generator),
    history: oneOf(histories, generator),
    workers: 1 + generator.below(4),
    asks: 3 + generator.below(8),
  }
}

export const toldBefore: Readonly<Record<History, number>> = {
  none: 0,
  'one point': 1,
  'two points': 2,
  'the same point again and again': 12,
  'many points': 40,
}

const randomSpace = (generator: RandomGenerator): SearchSpace => {
  const parameters: [string, Parameter][] = []
  for (let left = 1 + generator.below(8); left > 0; left--) {
    const deciding = parameters.filter(([, { type }]) => type === 'categorical')
    const [name, other] = deciding[generator.below(deciding.length)] ?? []
    const parameter = randomParameter(generator)
    const conditional = name !== undefined && other?.type === 'categorical' && generator.below(3) === 0
    const when = conditional ? { when: { [name]: other.choices.slice(generator.below(other.choices.length)) } } : {}
    parameters.push([`p${parameters.length}`, { ...parameter, ...when }])
  }
  return Object.fromEntries(parameters)
}

const randomParameter = (generator: RandomGenerator): Parameter => {
  const logarithmic = (): 'log-uniform' | 'reversed-log-uniform' =>
    generator.below(2) === 0 ? 'log-uniform' : 'reversed-log-uniform'
  const low = 200 * generator.next() - 100
  const kinds: readonly [() => Parameter, ...(() => Parameter)[]] = [
    () => ({ type: 'real', low, high: low + 10 * generator.next() + 0.1, sampler: 'uniform' }),
    () => ({ type: 'real', low: 1e-9, high: 1e9, sampler: logarithmic() }),
    () => ({ type: 'real', low: 1e-150, high: 1e150, sampler: logarithmic() }),
    () => ({ type: 'real', low: -1e300, high: 1e300, sampler: 'uniform' }),
    () => ({ type: 'real', low: 1, high: 1 + 1e-12, sampler: 'uniform' }),
    () => ({ type: 'integer', low: -3, high: generator.below(6) - 2, sampler: 'uniform' }),
    () => ({ type: 'integer', low: 1, high: 1e9, sampler: logarithmic() }),
    () => ({ type: 'categorical', choices: ['a', 'b', 'c', 'd'].slice(0, 1 + generator.below(4)) }),
  ]
  return oneOf(kinds, generator)()
}

const notFinite = [Infinity, -Infinity, NaN, 1] as const

/** What the evaluation with that number of trial comes to. */
export const evaluateCase = (
  { style, constraintNames, number: caseNumber }: RandomCase,
  configuration: Configuration,
  trial: number,
): Evaluation => {
  const generator = createGenerator(deriveSeed(caseNumber, 'evaluation', JSON.stringify(configuration)))
  const drawn = generator.next()
  const constraints = constraintNames.map((name) => ({ name, value: generator.next() - 0.4 }))
  const measured = (objective: number, values = constraints): Evaluation => ({
    kind: 'measured',
    objective,
    constraints: values,
  })
  const noise = createGenerator(deriveSeed(caseNumber, 'trial', trial))
  switch (style) {
    case 'plain':
      return measured(drawn)
    case 'constant objective':
      return measured(
        0.5,
        constraints.map(({ name }) => ({ name, value: -0.1 })),
      )
    case 'all infeasible':
      return measured(
        drawn,
        constraints.map(({ name, value }) => ({ name, value: Math.abs(value) + 1e-9 })),
      )
    case 'all failed':
      return { kind: 'failed' }
    case 'some failed':
      return noise.below(2) === 0 ? { kind: 'failed' } : measured(drawn)
    case 'not finite':
      return measured(
        oneOf(notFinite, noise),
        constraints.map(({ name }) => ({ name, value: oneOf(notFinite, noise) })),
      )
    case 'missing constraints':
      return measured(
        drawn,
        constraints.filter(() => noise.below(2) === 0),
      )
    case 'huge values':
      return measured(
        (drawn - 0.5) * 10 ** (600 * noise.next() - 300),
        constraints.map(({ name, value }) => ({ name, value: value * 10 ** (600 * noise.next() - 300) })),
      )
  }
}

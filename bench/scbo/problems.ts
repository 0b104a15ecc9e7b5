/** The problems that `npm run bench -- scbo quality` measures, with the budgets of the peers' published figures. */
import { createGenerator } from '../../src-core/random/generator.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import { pressureVessel, speedReducer, string, weldedBeam } from './designProblems.ts'
import { type Minimisation, type Problem, problemOf } from './problem.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Ackley (1987) in ten dimensions, constrained as by Eriksson & Poloczek (2021): a sum and a norm. */
export const ackley: Minimisation = {
  name: 'ackley',
  title: 'Ackley, 10-D',
  bounds: Array.from({ length: 10 }, () => [-5, 10] as const),
  minimum: 0,
  trials: 200,
  batch: 4,
  initial: 20,
  constraintNames: ['sum', 'norm'],
  value: (x) =>
    20 -
    20 * Math.exp(-0.2 * Math.sqrt(mean(x.map((value) => value ** 2)))) +
    Math.E -
    Math.exp(mean(x.map((value) => Math.cos(2 * Math.PI * value)))),
  constraints: (x) => [x.reduce((sum, value) => sum + value, 0), Math.hypot(...x) - 5],
}

/** `problem` of which a share of the evaluations fails, whatever the point: by the trial's number and the seed. */
export const withFailures = (problem: Problem, share: number): Problem => ({
  ...problem,
  name: `${problem.name}-failing`,
  title: `${problem.title}, ${Math.round(100 * share)} % failing`,
  evaluate: (configuration, number, seed) =>
    createGenerator(deriveSeed(seed, 'failure', number)).next() < share
      ? { kind: 'failed' }
      : problem.evaluate(configuration, number, seed),
})

export const problems: readonly Problem[] = [
  problemOf(ackley),
  withFailures(problemOf(ackley), 0.1),
  ...[pressureVessel, weldedBeam, string, speedReducer].map(problemOf),
]

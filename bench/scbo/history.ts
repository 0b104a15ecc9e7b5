/** Histories to measure asks on: 18 hyperparameters of a study, two constraints, points that close in as a search does. */
import { createGenerator } from '../../src-core/random/generator.ts'
import { deriveSeed } from '../../src-core/random/seed.ts'
import { configurationFromUnit, unitFromConfiguration, unitPoint } from '../../src-core/space/space.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import { type FinishedTrial, trialNumber } from '../../src-core/trial/trial.ts'
import { loggedSpace } from './evaluationLog.ts'
import { landscapeConstraints } from './landscape.ts'
import type { Evaluation } from './problem.ts'
import { finishedTrial } from './trials.ts'

export const historySpace = loggedSpace
export const historyConstraints = landscapeConstraints

const dimensions = Object.keys(historySpace).length

/** A smooth accuracy with several hills, silence of one layer on one side and of the other on another. */
export const evaluateHistory = (configuration: Configuration): Evaluation => {
  const point = unitFromConfiguration(historySpace, configuration)
  const at = (index: number): number => point[index] ?? NaN
  const distance = point.reduce((sum, value, index) => sum + (value - 0.3 - 0.02 * index) ** 2 / (1 + (index % 4)), 0)
  return {
    kind: 'measured',
    objective: 0.9 * Math.exp(-distance / 2) + 0.05 * Math.sin(7 * at(3) + 3 * at(5)),
    constraints: [
      { name: historyConstraints[0], value: 0.1 * (at(8) + 0.5 * at(11) - 0.8 + 0.2 * Math.sin(5 * at(7))) },
      { name: historyConstraints[1], value: 0.1 * (0.2 - at(6) * (1 - 0.3 * at(14))) },
    ],
  }
}

/** The history's trial of that number, told in the order of numbers. */
export const historyTrial = (index: number, count: number): FinishedTrial => {
  const generator = createGenerator(deriveSeed(1, 'history', index))
  const reach = 1 - 0.8 * (index / count)
  const coordinates = Array.from({ length: dimensions }, (_, at) => {
    const centre = 0.3 + 0.02 * at
    return centre + reach * (generator.next() - centre)
  })
  const configuration = configurationFromUnit(historySpace, unitPoint(coordinates))
  return asTrial(index, configuration)
}

/** A finished trial of a configuration that was asked for. */
export const asTrial = (
  number: number,
  configuration: Configuration,
  explanation: Readonly<Record<string, unknown>> = {},
): FinishedTrial =>
  finishedTrial(
    {
      state: 'waiting',
      number: trialNumber(number),
      configuration,
      explanation,
      seed: 0,
      attempt: 0,
      createdAtMs: number,
    },
    evaluateHistory(configuration),
    { startedAtMs: number, endedAtMs: number + 1, toldOrder: number },
  )

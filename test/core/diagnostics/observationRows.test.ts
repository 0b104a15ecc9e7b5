import { describe, expect, it } from 'vitest'
import { ObservationRows } from '../../../src-core/diagnostics/observationRows.ts'
import { observationOf } from '../../../src-core/optimiser/scbo/observation.ts'
import { ModelSpace } from '../../../src-core/space/modelSpace.ts'
import { constraintNames } from '../../../src-core/stopping/constraints.ts'
import { knownDefinition, knownOutcome, knownSpace, knownTrials, replicated } from './knownTrials.ts'

const trials = knownTrials(knownSpace, 40, (configuration) => {
  const noise = Number(configuration['noise'])
  if (noise > 0.8) return 'failed'
  if (noise > 0.7) return { objective: NaN, silence: 0 }
  return noise > 0.6 ? { objective: 0.5, silence: Infinity } : knownOutcome(configuration)
}).map((trial, number) => {
  if (number === 3 && trial.state !== 'failed')
    return { ...trial, measurement: { ...trial.measurement, constraints: [] } }
  return trial.state === 'failed' && number % 2 === 0
    ? { ...trial, failure: { reason: 'cancelled' as const, message: 'by a person' } }
    : trial
})
const rows = new ObservationRows(knownDefinition)
const space = new ModelSpace(knownSpace)
const names = constraintNames(knownDefinition)

describe('trials as rows of numbers', () => {
  it('read as the observations that they were made of, bit by bit', () => {
    const read = rows.observations([rows.encode(trials.slice(0, 15)), rows.encode(trials.slice(15))])
    const plain = read.map(({ trial, point, objective, constraints, failed, violation }) => ({
      ...{ trial, point, objective, constraints, failed, violation },
    }))
    expect(plain).toEqual(trials.map((trial) => observationOf(space, names, trial)))
    expect(new Set(plain.map(({ failed }) => failed))).toEqual(new Set([true, false, null]))
    expect(plain.some(({ constraints }) => constraints.includes(null))).toBe(true)
  })

  it('of replicates tell how sure their means are, bit by bit', () => {
    const repeated = replicated(trials, (number) => 0.01 * (number + 1))
    const ofReplicates = new ObservationRows({ ...knownDefinition, replicates: 3 })
    const read = ofReplicates.observations([ofReplicates.encode(repeated)])
    const expected = repeated.map((trial) => observationOf(space, names, trial))
    const none = { objective: null, constraints: names.map(() => null) }
    expect(read.map(({ standardErrors }) => standardErrors)).toEqual(
      expected.map(({ standardErrors }) => standardErrors ?? none),
    )
    expect(read.map(({ point }) => point)).toEqual(expected.map(({ point }) => point))
    // Three values one spread apart each: its standard error is the spread by the root of 3.
    expect(read[0]?.standardErrors?.objective).toBeCloseTo(0.01 / Math.sqrt(3), 12)
  })

  it('come in the order of telling, without those that are left out', () => {
    const told = trials.map((trial, number) => ({ ...trial, toldOrder: (number * 7) % 40 }))
    const read = rows.observations([rows.encode(told)], new Set([0, 5]))
    const wanted = [...told].sort((a, b) => a.toldOrder - b.toldOrder).filter(({ number }) => ![0, 5].includes(number))
    expect(read.map(({ trial }) => trial)).toEqual(wanted.map(({ number }) => number))
  })

  it('are refused when they are not whole', () => {
    expect(() => rows.observations([new Float64Array(10)])).toThrow('10 numbers are no rows of 11')
  })
})

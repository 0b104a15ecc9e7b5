import { describe, expect, it } from 'vitest'
import { workerMessageSchema } from '../../../src-core/contracts/worker.ts'
import type { Measurement } from '../../../src-core/trial/measurement.ts'
import { checkFinite } from '../../../src-worker/training/evaluateTrial.ts'
import { toFailure } from '../../../src-worker/training/failure.ts'
import { measurement } from '../../core/progress/fixtures.ts'

const failureOf = (measured: Measurement): unknown => {
  try {
    checkFinite(measured)
  } catch (error) {
    return toFailure(error)
  }
  return null
}

describe('a measurement', () => {
  it('of finite numbers passes', () => {
    expect(failureOf(measurement({ constraints: [{ name: 'silence:excitatory', value: -0.05 }] }))).toBeNull()
  })

  it.each([
    ['objective', measurement({ objective: NaN })],
    ['accuracy', measurement({ metrics: { testSamples: 10, accuracy: -Infinity } })],
    ['silence:excitatory', measurement({ constraints: [{ name: 'silence:excitatory', value: Infinity }] })],
  ])('with a %s that is no number makes a failed trial; as a message the host would refuse it', (name, measured) => {
    expect(failureOf(measured)).toEqual({ reason: 'non-finite', message: expect.stringContaining(name) as string })
    const message = { type: 'outcome', trial: 0, outcome: { kind: 'complete', measurement: measured } }
    expect(workerMessageSchema.safeParse(message).success).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { overTime, recordOfOutput } from '../../bench/scbo/real.ts'

const trial = (number: number, state: string, given: object): string =>
  JSON.stringify({
    type: 'trial',
    trial: { number, state, startedAtMs: 1000, endedAtMs: null, objective: null, violation: null, ...given },
  })

const output = [
  JSON.stringify({ type: 'study', summary: {} }),
  trial(0, 'running', {}),
  trial(0, 'stopped', { endedAtMs: 2000, objective: 0.9, violation: 0.1 }),
  trial(2, 'complete', { endedAtMs: 3000, objective: 0.5, violation: 0 }),
  trial(1, 'failed', { endedAtMs: 3500 }),
  trial(3, 'complete', { endedAtMs: 5000, objective: 0.4, violation: 0 }),
  JSON.stringify({ type: 'result', summary: {} }),
  '',
].join('\n')

describe('a study of trained networks', () => {
  const record = { ...recordOfOutput(output), seed: 1 }

  it('is what the command line printed: the best feasible one counts, since the first trial began', () => {
    expect(record).toMatchObject({
      feasible: [false, true, false, true],
      best: [null, 0.5, 0.5, 0.5],
      endedAtMs: [1000, 2000, 2500, 4000],
    })
  })

  it('is compared by time, the worst before anything is feasible', () => {
    const later = { ...record, best: [null, null, 0.6, 0.7] }
    const curve = overTime([record, later], 12)
    expect(curve).toHaveLength(120)
    expect(curve[18]).toMatchObject({ x: 1.9, upper: -Infinity })
    expect(curve[19]).toMatchObject({ x: 2, upper: -Infinity })
    expect(curve[24]?.median).toBeCloseTo(0.55, 12)
    expect(curve[119]?.median).toBeCloseTo(0.6, 12)
  })

  it('refuses what the command line does not print', () => {
    expect(() => recordOfOutput('{"type":"error","code":"x"}')).toThrow()
  })
})

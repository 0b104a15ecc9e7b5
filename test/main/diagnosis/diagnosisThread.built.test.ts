import { describe, expect, it } from 'vitest'
import { ObservationRows } from '../../../src-core/diagnostics/observationRows.ts'
import { createDiagnosisThreads } from '../../../src-main/diagnosis/diagnosisThread.ts'
import { knownOutcome, knownSpace, knownTrials, seenOf } from '../../core/diagnostics/knownTrials.ts'
import { definitionOf } from '../scheduler/schedulerBench.ts'

const diagnose = createDiagnosisThreads(new URL('../../../out/main/diagnosis.js', import.meta.url))
const definition = {
  ...definitionOf('space: { mapSize: { type: integer, low: 10, high: 100 } }\nbudget: { trials: 10 }'),
  space: knownSpace,
}
const request = (count: number) => {
  const trials = knownTrials(knownSpace, count, knownOutcome)
  const rows = [new ObservationRows(definition).encode(trials)]
  return { definition, seen: seenOf(trials), rows, settings: { map: null, average: false, resolution: 4 } }
}

describe('a diagnosis in a thread', () => {
  it('comes back whole, while this thread goes on', async () => {
    let turns = 0
    const count = setInterval(() => turns++, 1)
    const { trials, models } = await diagnose(request(40))
    clearInterval(count)
    expect(trials).toBe(40)
    expect(models.map(({ output }) => output)).toContain('objective')
    expect(turns).toBeGreaterThan(5)
  })

  it('is the same whatever else is diagnosed at the same time', async () => {
    const [first, second] = await Promise.all([diagnose(request(20)), diagnose(request(20))])
    expect(second).toEqual(first)
  })

  it('can be cancelled, before and while it is made', async () => {
    const controller = new AbortController()
    const cancelled = diagnose(request(300), controller.signal)
    setImmediate(() => {
      controller.abort(new Error('the window was closed'))
    })
    await expect(cancelled).rejects.toThrow('the window was closed')
    await expect(diagnose(request(20), controller.signal)).rejects.toThrow('the window was closed')
  })

  it('fails with a reason: a request that is none, a thread that is not there', async () => {
    await expect(diagnose({ ...request(5), rows: [null as never] })).rejects.toThrow('null')
    const missing = createDiagnosisThreads(new URL('../../../out/main/no-such-thread.js', import.meta.url))
    await expect(missing(request(5))).rejects.toThrow('no-such-thread')
  })
})

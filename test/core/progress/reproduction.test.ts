import { describe, expect, it } from 'vitest'
import { compareWithProvenance } from '../../../src-core/progress/reproduction.ts'
import { type CompleteTrial, trialNumber, type WaitingTrial } from '../../../src-core/trial/trial.ts'
import { measurement } from './fixtures.ts'

const waiting: WaitingTrial = {
  state: 'waiting',
  number: trialNumber(0),
  configuration: {},
  seed: 1,
  explanation: {},
  attempt: 0,
  createdAtMs: 0,
}
const complete: CompleteTrial = {
  ...waiting,
  state: 'complete',
  worker: 'worker 1',
  startedAtMs: 0,
  endedAtMs: 1,
  durationMs: 1,
  toldOrder: 0,
  measurement: measurement({
    metrics: { accuracy: 0.1 + 0.2, more: 1 },
    constraints: [{ name: 'silence:excitatory', value: -0.03 }],
  }),
}
const provenance = {
  application: 'spiketune 1.0.0',
  study: 'search-1',
  trial: 12,
  datasetSha256: '0'.repeat(64),
  metrics: { accuracy: 0.1 + 0.2 },
  constraints: { 'silence:excitatory': -0.03 },
}

describe('compareWithProvenance', () => {
  it('applies to measured trials of exported configurations only', () => {
    expect(compareWithProvenance(undefined, complete)).toEqual({ kind: 'not-applicable' })
    expect(compareWithProvenance(provenance, null)).toEqual({ kind: 'not-applicable' })
    expect(compareWithProvenance(provenance, waiting)).toEqual({ kind: 'not-applicable' })
  })

  it('is reproduced when every exported value came out again; later metrics do not count', () => {
    expect(compareWithProvenance(provenance, complete)).toEqual({ kind: 'compared', reproduced: true, differences: [] })
  })

  it('is not when one differs in the last bit, or is missing', () => {
    const exported = { ...provenance, metrics: { accuracy: 0.3 }, constraints: { 'silence:inhibitory': 0 } }
    expect(compareWithProvenance(exported, complete)).toEqual({
      kind: 'compared',
      reproduced: false,
      differences: [
        { name: 'accuracy', exported: 0.3, measured: 0.1 + 0.2 },
        { name: 'silence:inhibitory', exported: 0, measured: null },
      ],
    })
  })

  it('cannot be compared on another dataset', () => {
    const other = { ...provenance, datasetSha256: 'f'.repeat(64) }
    expect(compareWithProvenance(other, complete)).toEqual({
      kind: 'other-dataset',
      exportedSha256: 'f'.repeat(64),
      measuredSha256: '0'.repeat(64),
    })
  })
})

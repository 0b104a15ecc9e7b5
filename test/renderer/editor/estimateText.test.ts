import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../src-core/study/estimate.ts'
import { rangeText } from '../../../src-renderer/editor/estimateText.ts'

const range = { low: 1000, mean: 2000, high: 3000 }
const estimate: Estimate = {
  trials: 10,
  workers: 2,
  onGpus: false,
  trialMs: range,
  totalMs: range,
  disk: { networksBytes: 0, recordsBytes: 0 },
}

describe('what an estimate rests on', () => {
  it('says that the speed of GPUs was not measured, where some workers are on them', () => {
    expect(rangeText(estimate)).toMatch(/^10 trials of .* on 2.workers/)
    expect(rangeText(estimate)).not.toContain('GPU')
    expect(rangeText({ ...estimate, onGpus: true })).toContain('Workers on GPUs are taken to be as fast')
  })
})

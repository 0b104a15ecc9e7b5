import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../src-core/study/estimate.ts'
import { basisText, rangeText } from '../../../src-core/study/estimateText.ts'
import type { MeasuredSpeed } from '../../../src-core/study/measuredSpeed.ts'
import { numberForms as forms } from '../../../src-renderer/editor/estimateText.ts'

const range = { low: 1000, mean: 2000, high: 3000 }
const estimate: Estimate = {
  trials: 10,
  workers: 2,
  replicates: 1,
  onGpus: false,
  trialMs: range,
  totalMs: range,
  disk: { networksBytes: 0, recordsBytes: 0 },
}

describe('what an estimate rests on', () => {
  it('says that the speed of GPUs was not measured, where some workers are on them', () => {
    const text = (of: Estimate): string => rangeText(of, { evolves: false, forms })
    expect(text(estimate)).toMatch(/^10 trials of .* on 2.workers/)
    expect(text(estimate)).not.toContain('GPU')
    expect(text({ ...estimate, onGpus: true })).toContain('Workers on GPUs are taken to be as fast')
  })

  it('names replicates, and what ends evolution early', () => {
    const text = rangeText({ ...estimate, replicates: 5 }, { evolves: true, forms })
    expect(text).toContain('each trained 5 times')
    expect(text).toContain('as good as any can be')
  })

  it('tells the rate of networks that evolve in networks, from slow to fast populations', () => {
    const population = (ms: number): MeasuredSpeed['networks'][number] => ({
      subject: { type: 'neuroprocessor', dataset: 'iris', hyperparameters: {}, samplesAtMost: 500 },
      trainMsPerSample: ms,
      testMsPerSample: 1,
      samples: 100,
    })
    const speed = { device: 'a processor', cores: 2, gpus: [] }
    expect(basisText({ ...speed, networks: [0.5, 0.2, 2].map(population) }, forms)).toContain(
      '500 to 5,000 networks judged/s in the first generations of 3 populations',
    )
    expect(basisText({ ...speed, networks: [population(0.5)] }, forms)).toContain(': 2,000 networks judged/s.')
  })
})

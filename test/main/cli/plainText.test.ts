import { describe, expect, it } from 'vitest'
import { complete, row, stopped } from '../../core/progress/fixtures.ts'
import { finishedLine, summaryLine } from '../../../src-main/cli/progress/plainText.ts'
import { busy, view } from './fixtures.ts'

describe('finishedLine', () => {
  it('tells complete, stopped and failed trials, and marks the best one', () => {
    const failed = row(8, {
      state: 'failed',
      worker: 'cpu-0',
      startedAtMs: 0,
      endedAtMs: 200,
      durationMs: 200,
      failure: { reason: 'out-of-memory', message: 'the network needs 9 GiB' },
    })
    const all = view([...busy, complete(7, 0.5, 0.02), failed])
    expect(
      [complete(0, 0.713, 0, 8300), complete(7, 0.5, 0.02), stopped(1, 0.11), failed].map((r) => finishedLine(r, all)),
    ).toMatchInlineSnapshot(`
      [
        "[42 s] trial 0 complete, accuracy 0.7130, best so far, 8.3 s",
        "[42 s] trial 7 complete, accuracy 0.5000, infeasible, 1.0 s",
        "[42 s] trial 1 stopped early (excitatory non-spiking share 9.00 %, 5 % allowed, epoch 1, sample 100), accuracy 0.1100, 0.1 s",
        "[42 s] trial 8 failed (out-of-memory: the network needs 9 GiB), 0.2 s",
      ]
    `)
  })

  it('names the metric that is searched for, and shows a cost as a positive number', () => {
    const { summary } = view([complete(0, -1204.5), complete(1, -0.8125)])
    const costs = { ...view([]), summary: { ...summary, metric: 'spikesPerSample' as const } }
    expect(finishedLine(complete(0, -1204.5), costs)).toBe('[42 s] trial 0 complete, spikes per sample 1,204.5, 1.0 s')
    expect(summaryLine(costs)).toContain('best 0.8125 (trial 1)')
  })

  it('tells networks that evolve in networks and generations', () => {
    const stop = {
      kind: 'silence' as const,
      layer: 'population',
      epoch: 2,
      sample: 40,
      nonSpiking: 57,
      trainSamples: 60,
      alpha: 1,
      beta: 0.9,
    }
    const { summary } = view([])
    const evolved = {
      ...view([]),
      summary: { ...summary, metric: 'score' as const, network: 'neuroprocessor' as const },
    }
    expect(finishedLine(stopped(1, 0.3, { stop }), evolved)).toContain(
      'stopped early (population non-spiking share 95.00 %, 90 % allowed, generation 3, network 40), score 0.3000',
    )
  })

  it('tells when a trial was pruned, and beside what', () => {
    const median = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.31, threshold: 0.52, trials: 6 } as const
    const lines = [median, { ...median, rule: 'asha' as const }].map((stop) =>
      finishedLine(stopped(1, 0.3, { stop }), view(busy)),
    )
    expect(lines).toEqual([
      '[42 s] trial 1 pruned at epoch 2: train accuracy 0.3100 below the median 0.5200 of 6 trials, accuracy 0.3000, 0.1 s',
      '[42 s] trial 1 pruned at epoch 2: train accuracy 0.3100 below 0.5200, the last to go on of 6 trials, accuracy 0.3000, 0.1 s',
    ])
  })
})

describe('summaryLine', () => {
  it('goes on with the time where a study says nothing', () => {
    expect(summaryLine(view(busy), 30_000)).toMatch(/^\[1 min 12 s\] .*, about 41 s left$/)
  })

  it('tells where the study stands', () => {
    expect(summaryLine(view(busy))).toMatchInlineSnapshot(
      `"[42 s] 3 of 40 trials, 2 running, 2 stopped early, 0 failed, best 0.7130 (trial 0), about 1 min 11 s left"`,
    )
    expect(summaryLine(view([], {}, null))).toMatchInlineSnapshot(
      `"[42 s] 0 trials finished, 0 running, 0 stopped early, 0 failed, no best yet, about 9 min 18 s left"`,
    )
  })
})

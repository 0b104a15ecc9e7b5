import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { running } from '../../core/progress/fixtures.ts'
import { type LiveOptions, liveText } from '../../../src-main/cli/progress/liveText.ts'
import type { ProgressView } from '../../../src-main/cli/progress/progressView.ts'
import { busy, coloured, plain, training, view } from './fixtures.ts'

const draw = (of: ProgressView, rest: Partial<LiveOptions> = {}): string =>
  liveText(of, { columns: 80, rows: 24, styles: plain, unicode: false, sinceSummaryMs: 0, ...rest })

describe('liveText', () => {
  it('shows trials, best, savings and workers at 80 columns', () => {
    expect(draw(view(busy))).toMatchInlineSnapshot(`
      "mnist-stdp-small-1  running  42 s elapsed, about 1 min 11 s left
      #-------------------  3 of 40 trials  2 running  2 stopped early  0 failed
      best   0.7130 accuracy, trial 0
      saved  3 min 13 s of training, by stopping trials early

      worker 1  trial 3    epoch 1/1   50 %  1,234/s  non-spiking exc 4.0 % inh 0.8 %
      worker 2  trial 4    epoch 1/1   50 %  1,234/s  non-spiking exc 1.2 % inh 6.0 %

      Ctrl-C pauses, and running trials go on later; twice stops at once."
    `)
  })

  it('names layers in full where there is room', () => {
    expect(draw(view(busy), { columns: 120, unicode: true })).toMatchInlineSnapshot(`
      "mnist-stdp-small-1  running  42 s elapsed, about 1 min 11 s left
      ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░  3 of 40 trials  2 running  2 stopped early  0 failed
      best   0.7130 accuracy, trial 0
      saved  3 min 13 s of training, by stopping trials early

      worker 1  trial 3    epoch 1/1   50 %  1,234/s  non-spiking share excitatory 4.0 % inhibitory 0.8 %
      worker 2  trial 4    epoch 1/1   50 %  1,234/s  non-spiking share excitatory 1.2 % inhibitory 6.0 %

      Ctrl-C pauses, and running trials go on later; twice stops at once."
    `)
  })

  it('begins with nothing known', () => {
    expect(draw(view([running(0, 0, 0)], {}, null))).toMatchInlineSnapshot(`
      "mnist-stdp-small-1  running  42 s elapsed, about 9 min 18 s left
      0 trials finished  1 running  0 stopped early  0 failed
      best   none yet
      saved  nothing stopped early yet

      worker 1  trial 0    epoch 1/1    0 %    500/s


      Ctrl-C pauses, and running trials go on later; twice stops at once."
    `)
  })

  it('goes on counting the time between two changes', () => {
    expect(draw(view(busy), { sinceSummaryMs: 3000 }).split('\n')[0]).toContain('45 s elapsed')
  })

  it('says what Ctrl-C has done and what it does next', () => {
    const last = (of: ProgressView) => draw(of).split('\n').at(-1)
    expect(last(view(busy))).toBe('Ctrl-C pauses, and running trials go on later; twice stops at once.')
    const { summary } = view(busy)
    const waitsFor = { because: 'draining' as const, trials: [3, 4] }
    const draining = { ...summary, state: { kind: 'draining' as const }, timeLeftMs: 10_000, waitsFor }
    expect(last(view(busy, { interruption: 'draining', summary: draining }))).toBe(
      'Waiting for trials 3 and 4, about 10 s. Press Ctrl-C again to pause now.',
    )
    expect(
      last(
        view(busy, {
          summary: { ...draining, state: { kind: 'running' }, waitsFor: { ...waitsFor, because: 'time-budget' } },
        }),
      ),
    ).toBe('The time is up: waiting for trials 3 and 4, about 10 s.')
    expect(last(view(busy, { interruption: 'pausing', summary: draining }))).toBe(
      'Pausing: running trials write checkpoints; Ctrl-C again stops at once.',
    )
    expect(last(view(busy, { interruption: 'stopping' }))).toBe(
      'Stopping now; running trials go back to their last checkpoints.',
    )
  })

  it('says so when the best trial is infeasible', () => {
    expect(draw(view(busy.slice(1)))).toContain('infeasible: none keeps the limits yet')
  })

  it.each([20, 40, 79, 80, 81, 120, 200])('fits into %d columns and any number of rows', (columns) => {
    const many = [...busy, ...[...Array(60).keys()].map((index) => training(10 + index, `worker ${index + 3}`))]
    for (const rows of [10, 16, 24]) {
      const lines = draw(view(many), { columns, rows, styles: coloured }).split('\n')
      expect(lines.length).toBeLessThan(rows)
      expect(Math.max(...lines.map((line) => stripVTControlCharacters(line).length))).toBeLessThan(columns)
    }
  })

  it('counts the workers that it has no room for', () => {
    const many = [...Array(16).keys()].map((index) => training(index, `worker ${index + 1}`))
    expect(draw(view(many), { rows: 13 })).toContain('and 12 more workers')
  })
})

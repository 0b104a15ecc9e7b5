import { describe, expect, it } from 'vitest'
import { replayFigures, replayTip } from '../../../src-renderer/search/replayFigures.ts'
import { lostObjective, savedShare } from '../../../src-renderer/search/replayPlots.ts'
import type { StudyReplay } from '../../../src-core/stopping/replayStudy.ts'

const before = {
  stopped: 4,
  complete: 6,
  unknown: 0,
  timeMs: 8000,
  timeAtMostMs: 8000,
  best: { trial: 3, objective: 0.9 },
}
const replay = (after: StudyReplay['after']): StudyReplay => ({ before, after, wholeMs: 10_000, trials: [] })
const figure = (of: StudyReplay, term: string) =>
  replayFigures(of, 'accuracy')
    .find((one) => one.term === term)
    ?.value.replaceAll('\u00a0', ' ')

describe('figures of a replay', () => {
  it('say what is saved and lost by a stricter rule', () => {
    const strict = replay({
      ...before,
      stopped: 7,
      timeMs: 5000,
      timeAtMostMs: 5000,
      best: { trial: 1, objective: 0.85 },
    })
    expect(figure(strict, 'Stopped early')).toBe('4 → 7')
    expect(figure(strict, 'Training saved')).toBe('≈ 5.0 s')
    expect(figure(strict, 'Accuracy lost')).toBe('0.0500')
  })

  it('say of a cost what was measured, and how much more of it there is', () => {
    const costs = { ...before, best: { trial: 3, objective: -900 } }
    const strict = { ...replay({ ...before, best: { trial: 1, objective: -1204.46 } }), before: costs }
    const shown = replayFigures(strict, 'spikesPerSample').slice(3)
    expect(shown.map(({ term, value }) => [term, value])).toEqual([
      ['Best spikes per sample', '1,204.5'],
      ['More spikes per sample', '304.46'],
    ])
  })

  it('give a range where trials would have gone on', () => {
    const lax = replay({ ...before, stopped: 1, unknown: 3, timeMs: 8000, timeAtMostMs: 9500 })
    expect(figure(lax, 'Would have gone on')).toBe('3')
    expect(figure(lax, 'Training saved')).toBe('0.5 s – 2.0 s')
    expect(figure(lax, 'Accuracy lost')).toBe('none')
  })

  it('know that everything is lost when nothing is trained to its end, and nothing where nothing was', () => {
    expect(lostObjective(before, { ...before, best: null })).toBe(0.9)
    expect(lostObjective({ ...before, best: null }, before)).toBeNull()
    const costs = { ...before, best: { trial: 3, objective: -900 } }
    expect(lostObjective(costs, { ...costs, best: null }, 'spikesPerSample')).toBeNull()
    expect(savedShare(0, 0)).toBe(0)
    expect(savedShare(10_001, 10_000)).toBe(0)
  })
})

describe('the words for a trial of a replay', () => {
  it('tell what became of it, and what would have', () => {
    const words = (kind: 'complete' | 'stopped' | 'unknown', before: number, after: number) =>
      replayTip({ trial: 7, kind, before, after }).join('\n').replaceAll('\u00a0', ' ')
    expect(words('stopped', 1, 0.25)).toBe(
      'Trial 7\nin the study: trained to its end\nwith this rule: stopped after 25.0 %',
    )
    expect(words('unknown', 0.5, 0.5)).toBe(
      'Trial 7\nin the study: stopped after 50.0 %\nwith this rule: not stopped by 50.0 %; beyond is not known',
    )
  })
})

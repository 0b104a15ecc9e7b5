import { describe, expect, it } from 'vitest'
import {
  highestOf,
  isMinimised,
  measuredNumber,
  measuredOrNull,
  metricTitle,
  objectiveNumber,
  objectivePhrase,
  withObjective,
} from '../../../src-core/progress/objectiveText.ts'
import { shownMetric, storedMetric } from '../../../src-core/study/studyWords.ts'

describe('the objective in words', () => {
  it('is the accuracy itself, with four decimals', () => {
    expect(objectiveNumber('accuracy', 0.88471)).toBe('0.8847')
    expect(objectivePhrase('accuracy', 0)).toBe('accuracy 0.0000')
    expect(measuredOrNull('accuracy', 0.5)).toBe(0.5)
  })

  it('is the score of a control task, a share as an accuracy is, stored under its name', () => {
    const acting = { dataset: { name: 'cart-pole' } }
    expect(shownMetric('accuracy', acting)).toBe('score')
    expect(shownMetric('spikesPerSample', acting)).toBe('spikesPerSample')
    expect(shownMetric('accuracy', { dataset: { name: 'iris' } })).toBe('accuracy')
    expect(storedMetric('score')).toBe('accuracy')
    expect([metricTitle('score'), objectivePhrase('score', 0.88471)]).toEqual(['Score', 'score 0.8847'])
    expect([isMinimised('score'), highestOf('score')]).toEqual([false, 1])
  })

  it('is of a cost what was measured, not the negative that is stored', () => {
    const stored = [-103_350.15, -1204.46, -42.314, -0.8125, 0]
    expect(stored.map((value) => objectiveNumber('spikesPerSample', value))).toEqual([
      '103,350',
      '1,204.5',
      '42.31',
      '0.8125',
      '0.0000',
    ])
    expect(objectivePhrase('synapticOperationsPerSample', -2_000_000)).toBe('synaptic operations per sample 2,000,000')
    expect(measuredNumber('spikesPerSample', 12)).toBe('12.00')
    expect(measuredOrNull('spikesPerSample', 0)).toBe(0)
    expect(measuredOrNull('spikesPerSample', -3)).toBe(3)
    expect(measuredOrNull('spikesPerSample', null)).toBeNull()
  })

  it('takes its name in texts, at their start in upper case', () => {
    const text = '{Objective} by category, with the best {objective}'
    expect(withObjective(text, 'accuracy')).toBe('Accuracy by category, with the best accuracy')
    expect(withObjective(text, 'spikesPerSample')).toBe(
      'Spikes per sample by category, with the best spikes per sample',
    )
    const share = 'at or {worse} each {objective}'
    expect([withObjective(share, 'accuracy'), withObjective(share, 'spikesPerSample')]).toEqual([
      'at or below each accuracy',
      'at or above each spikes per sample',
    ])
    expect(metricTitle('synapticOperationsPerSample')).toBe('Synaptic operations per sample')
  })
})

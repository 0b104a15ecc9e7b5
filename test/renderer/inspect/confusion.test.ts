import { describe, expect, it } from 'vitest'
import {
  accuracyOf,
  cellWords,
  commonMistakes,
  confusionOf,
  largestCount,
  normalised,
  storedConfusion,
} from '../../../src-renderer/inspect/answers/confusion.ts'
import { testOf } from '../../core/activity/recordings.ts'

const confusion = confusionOf(
  testOf([
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 1],
    [1, -1],
    [2, 0],
  ]),
  3,
)

describe('a confusion matrix', () => {
  it('has labels down, answers across, and a column for samples without an answer', () => {
    expect(confusion.counts).toEqual([
      [2, 1, 0, 0],
      [0, 1, 0, 1],
      [1, 0, 0, 0],
    ])
    expect(confusionOf(testOf([[0, 1]]), 2).counts).toEqual([
      [0, 1],
      [0, 0],
    ])
  })

  it('is normalised by row or by column, empty ones 0', () => {
    expect(normalised(confusion, 'rows')).toEqual([
      [2 / 3, 1 / 3, 0, 0],
      [0, 0.5, 0, 0.5],
      [1, 0, 0, 0],
    ])
    expect(normalised(confusion, 'columns')).toEqual([
      [2 / 3, 0.5, 0, 0],
      [0, 0.5, 0, 1],
      [1 / 3, 0, 0, 0],
    ])
    expect(normalised(confusion, 'counts')).toEqual(confusion.counts)
  })

  it('says what a cell holds, of its label and of its answer', () => {
    expect(cellWords(confusion, 0, 0)).toEqual([
      'Label 0, answer 0',
      '2\u00a0samples',
      '66.7\u00a0% of the label',
      '66.7\u00a0% of the answer',
    ])
    expect(cellWords(confusion, 1, 3)).toEqual([
      'Label 1, no answer',
      '1\u00a0sample',
      '50.0\u00a0% of the label',
      '100.0\u00a0% of the samples without one',
    ])
    expect(largestCount(confusion)).toBe(2)
    expect(largestCount({ counts: [] })).toBe(1)
  })

  it('tells the accuracy, and what is most often mistaken for what', () => {
    expect(accuracyOf(confusion)).toBe(0.5)
    expect(accuracyOf(storedConfusion([[0]]))).toBeNull()
    expect(commonMistakes(confusion, 2)).toEqual([
      { label: 0, answer: 1, count: 1 },
      { label: 1, answer: null, count: 1 },
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { epochAccuracies, type EpochCurve, judge, type PruningRule } from '../../../src-core/stopping/pruning.ts'

const medianRule: PruningRule = { rule: 'median', warmupEpochs: 1, minimumTrials: 3, reduction: 3 }
const asha: PruningRule = { rule: 'asha', warmupEpochs: 1, minimumTrials: 2, reduction: 3 }

const complete = (...accuracies: number[]): EpochCurve => ({ accuracies, complete: true })
const others = [complete(0.2, 0.5), complete(0.4, 0.6), complete(0.6, 0.9)]

describe('the median rule', () => {
  it('prunes below the median of complete trials at the same epoch', () => {
    expect(judge(medianRule, [0.39], others)).toEqual({ rule: 'median', accuracy: 0.39, threshold: 0.4, trials: 3 })
    expect(judge(medianRule, [0.4], others)).toBeNull()
    expect(judge(medianRule, [0.41, 0.59], others)).toMatchObject({ threshold: 0.6 })
  })

  it('looks at the best that a trial has been', () => {
    expect(judge(medianRule, [0.7, 0.1], others)).toBeNull()
  })

  it('takes the mean of the two in the middle', () => {
    expect(judge(medianRule, [0.44], [...others, complete(0.5)])).toMatchObject({ threshold: 0.45, trials: 4 })
  })

  it('counts neither trials that broke off nor such as never came so far', () => {
    const brokenOff = { accuracies: [0.9], complete: false }
    expect(judge(medianRule, [0.39], [brokenOff, brokenOff, ...others])).toMatchObject({ threshold: 0.4, trials: 3 })
    expect(judge(medianRule, [0.1, 0.1, 0.1], others)).toBeNull()
  })

  it('waits for warm-up and for enough trials', () => {
    expect(judge({ ...medianRule, warmupEpochs: 2 }, [0.1], others)).toBeNull()
    expect(judge({ ...medianRule, warmupEpochs: 2 }, [0.1, 0.1], others)).not.toBeNull()
    expect(judge({ ...medianRule, minimumTrials: 4 }, [0.1], others)).toBeNull()
    expect(judge({ ...medianRule, rule: 'none' }, [0.1], others)).toBeNull()
  })

  it('says nothing of a trial that has made no predictions, and does not count such', () => {
    const unknown = { accuracies: [null], complete: true }
    expect(judge(medianRule, [null], others)).toBeNull()
    expect(judge(medianRule, [0.39], [unknown, ...others])).toMatchObject({ trials: 3 })
    expect(judge(medianRule, [0.39], [unknown, ...others.slice(1)])).toBeNull()
  })
})

describe('asynchronous successive halving', () => {
  const running = (...accuracies: number[]): EpochCurve => ({ accuracies, complete: false })

  it('lets a third of those at a rung go on', () => {
    const at = [0.1, 0.2, 0.3, 0.4, 0.5].map((accuracy) => running(accuracy))
    expect(judge(asha, [0.45], at)).toBeNull()
    expect(judge(asha, [0.35], at)).toEqual({ rule: 'asha', accuracy: 0.35, threshold: 0.4, trials: 5 })
  })

  it('lets the best go on while they are too few to divide', () => {
    expect(judge(asha, [0.3], [running(0.1)])).toBeNull()
    expect(judge(asha, [0.3], [running(0.1), running(0.2)])).toBeNull()
    const lower = { ...asha, reduction: 4 }
    expect(judge(lower, [0.3], [running(0.1), running(0.4)])).toMatchObject({ threshold: 0.4 })
  })

  it('judges at its rungs only: epochs 1, 3 and 9, or 2, 6, 18', () => {
    const best = complete(...Array.from({ length: 20 }, () => 0.9))
    const prunedAt = (rule: PruningRule): number[] =>
      Array.from({ length: 20 }, (_, index) => index + 1).filter(
        (epochs) => judge(rule, Array<number>(epochs).fill(0.1), [best, best]) !== null,
      )
    expect(prunedAt(asha)).toEqual([1, 3, 9])
    expect(prunedAt({ ...asha, warmupEpochs: 2 })).toEqual([2, 6, 18])
    expect(prunedAt({ ...asha, warmupEpochs: 0, reduction: 2.5 })).toEqual([1, 3, 7, 16])
  })

  it('looks at the accuracy of the rung, not at a better one before', () => {
    expect(judge(asha, [0.9, 0.9, 0.1], [complete(0, 0, 0.2), complete(0, 0, 0.3)])).toMatchObject({ accuracy: 0.1 })
  })
})

describe('the accuracy of an epoch', () => {
  const intervals = [
    { epoch: 0, sample: 100, trainAccuracy: null },
    { epoch: 0, sample: 200, trainAccuracy: 0.5 },
    { epoch: 0, sample: 250, trainAccuracy: 0.8 },
    { epoch: 1, sample: 100, trainAccuracy: 0.9 },
  ]
  it('is the mean over the samples that were predicted', () => {
    const [first, second] = epochAccuracies(intervals, true)
    expect(first).toBeCloseTo(0.6, 12)
    expect(second).toBe(0.9)
  })

  it('is left out where the epoch broke off, and null without predictions', () => {
    expect(epochAccuracies(intervals, false)).toHaveLength(1)
    expect(epochAccuracies(intervals.slice(0, 1), true)).toEqual([null])
    expect(epochAccuracies([], true)).toEqual([])
  })
})

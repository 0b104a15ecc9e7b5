import { describe, expect, it } from 'vitest'
import type { Decoder } from '../../../../src-worker/decoders/decoder.ts'
import { LabelSchedule } from '../../../../src-worker/training/stdp/labelSchedule.ts'

const spikes = { neurons: Uint32Array.of(1), steps: Uint32Array.of(0) }

/** A decoder that predicts how many samples it had seen when it learned last, and the schedule that drives it. */
const counting = (updateInterval: number, trainSamples: number) => {
  let seen = 0
  const learnedAt: number[] = []
  const decoder: Decoder = {
    observe: () => seen++,
    learn: () => learnedAt.push(seen),
    predict: () => learnedAt.at(-1) ?? -1,
    tensors: () => ({}),
    restore: () => undefined,
    pending: () => ({}),
    restorePending: () => undefined,
  }
  const schedule = new LabelSchedule(decoder, updateInterval, trainSamples)
  const epoch = (samples = trainSamples): void => {
    for (let sample = 0; sample < samples; sample++) schedule.observe(spikes, 0)
    schedule.endEpoch()
  }
  return { schedule, epoch, learnedAt }
}

describe('LabelSchedule', () => {
  it('learns after every interval', () => {
    const { epoch, learnedAt } = counting(10, 30)
    epoch()
    epoch()
    expect(learnedAt).toEqual([10, 20, 30, 40, 50, 60])
  })

  it('takes half an interval or more at the end of an epoch for one', () => {
    const { epoch, learnedAt } = counting(10, 25)
    epoch()
    epoch()
    expect(learnedAt).toEqual([10, 20, 25, 35, 45, 50])
  })

  it('carries less over into the next epoch', () => {
    const { epoch, learnedAt } = counting(10, 24)
    epoch()
    epoch()
    expect(learnedAt).toEqual([10, 20, 30, 40, 48])
  })

  it('learns after every epoch where that is shorter than an interval', () => {
    const { epoch, learnedAt } = counting(1200, 7)
    epoch()
    epoch()
    expect(learnedAt).toEqual([7, 14])
  })

  it('learns at least once, from what there is', () => {
    const { schedule, epoch, learnedAt } = counting(10, 30)
    epoch(3)
    expect(learnedAt).toEqual([])
    schedule.endTraining()
    expect(learnedAt).toEqual([3])
    schedule.endTraining()
    expect(learnedAt).toEqual([3])
  })

  it('predicts by the labels of before, and not before the first', () => {
    const { schedule } = counting(2, 10)
    const predictions = Array.from({ length: 5 }, () => {
      const prediction = schedule.predict(spikes)
      schedule.observe(spikes, 0)
      return prediction
    })
    expect(predictions).toEqual([null, null, 2, 2, 4])
  })
})

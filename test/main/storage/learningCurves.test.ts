import { describe, expect, it } from 'vitest'
import { learningCurveSchema } from '../../../src-core/contracts/window/curveCalls.ts'
import type { IntervalReport, Outcome } from '../../../src-core/trial/measurement.ts'
import { transition } from '../../../src-core/trial/transition.ts'
import type { WaitingTrial } from '../../../src-core/trial/trial.ts'
import type { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { measurement } from '../../core/progress/fixtures.ts'
import { openedStore, waitingTrial } from './tinyStore.ts'

const asked = (store: StudyStore, number: number): WaitingTrial => {
  const trial = waitingTrial(number)
  store.asked(trial)
  return trial
}

const finished = (store: StudyStore, number: number, outcome: Outcome): void => {
  const running = transition(asked(store, number), { kind: 'claimed', worker: 'cpu-0', atMs: 2 })
  store.moved(running, 'claimed', 0)
  store.moved(
    transition(running, { kind: 'finished', outcome, atMs: 3, durationMs: 1, toldOrder: number }),
    'finished',
    0,
  )
}

const complete = (intervals: readonly IntervalReport[]): Outcome => ({
  kind: 'complete',
  measurement: measurement({ intervals: [...intervals] }),
})
const look = (epoch: number, sample: number, trainAccuracy: number | null, nonSpiking: number[]): IntervalReport => ({
  epoch,
  sample,
  trainAccuracy,
  nonSpiking,
})

describe('the learning curves that are stored', () => {
  it('have an entry for each look, in the order of training, and no accuracy before the first labels', () => {
    const store = openedStore()
    const looks = [
      look(0, 250, null, [3, 0]),
      look(0, 500, 0.25, [7, 1]),
      look(1, 250, 0.5, [1, 0]),
      // More samples than two bytes count.
      look(1, 70_000, 0.75, [66_000, 2]),
    ]
    finished(store, 0, complete(looks))
    const [curve] = store.learningCurves([0])
    expect(curve).toEqual({
      number: 0,
      epoch: Uint16Array.of(0, 0, 1, 1),
      sample: Uint32Array.of(250, 500, 250, 70_000),
      trainAccuracy: Float32Array.of(NaN, 0.25, 0.5, 0.75),
      nonSpiking: [Uint32Array.of(3, 7, 1, 66_000), Uint32Array.of(0, 1, 0, 2)],
    })
    // What the window decodes is what is read.
    expect(learningCurveSchema.parse(curve)).toEqual(curve)
  })

  it('are those of the trials asked for, each once, by rising number', () => {
    const store = openedStore()
    for (const number of [0, 1, 2, 3]) finished(store, number, complete([look(0, 100 + number, 0.5, [number])]))
    const read = store.learningCurves([3, 1, 3, 0])
    expect(read.map(({ number, sample }) => [number, ...sample])).toEqual([
      [0, 100],
      [1, 101],
      [3, 103],
    ])
  })

  it('of a study without a watched layer have no counts', () => {
    const store = openedStore()
    finished(store, 0, complete([look(0, 100, 0.5, [])]))
    expect(store.learningCurves([0])[0]?.nonSpiking).toEqual([])
  })

  it('are left out of trials that have none: waiting, running, failed, without looks, unknown', () => {
    const store = openedStore()
    asked(store, 0)
    store.moved(transition(asked(store, 1), { kind: 'claimed', worker: 'cpu-0', atMs: 2 }), 'claimed', 0)
    finished(store, 2, { kind: 'failed', failure: { reason: 'non-finite', message: 'NaN' } })
    finished(store, 3, complete([]))
    finished(store, 4, complete([look(0, 100, 0.5, [0])]))
    expect(store.learningCurves([0, 1, 2, 3, 4, 99]).map(({ number }) => number)).toEqual([4])
    expect(store.learningCurves([])).toEqual([])
  })
})

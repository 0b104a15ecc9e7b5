import { describe, expect, it } from 'vitest'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { RunningLooks } from '../../../src-core/progress/runningLooks.ts'
import { complete, running } from './fixtures.ts'

describe('looks at running trials', () => {
  it('grow with the progress of a running trial, and begin anew with another attempt', () => {
    const looks = new RunningLooks()
    const seen = (sample: number, attempt = 1): TrialRow => {
      const trial = running(4, 0, 0.5)
      if (trial.progress === null) throw new Error('a running trial has progress')
      const lastInterval = { epoch: 0, sample, trainAccuracy: sample === 100 ? null : 0.5, nonSpiking: [sample / 10] }
      return { ...trial, attempt, progress: { ...trial.progress, lastInterval } }
    }
    expect(looks.curve(4)).toBe(null)
    for (const trial of [seen(100), seen(100), seen(200)]) looks.take([trial])
    const curve = looks.curve(4)
    expect(curve).toEqual({
      number: 4,
      epoch: Uint16Array.of(0, 0),
      sample: Uint32Array.of(100, 200),
      trainAccuracy: Float32Array.of(NaN, 0.5),
      nonSpiking: [Uint32Array.of(10, 20)],
    })
    looks.take([seen(100, 2)])
    expect(looks.curve(4)?.sample).toEqual(Uint32Array.of(100))
    looks.take([complete(4, 0.5)])
    expect(looks.curve(4)).toBe(null)
  })

  it('of a running trial are those of its first replicate, as what is stored is', () => {
    const looks = new RunningLooks()
    const at = (replicate: number, sample: number): TrialRow => {
      const trial = running(3, 0, 0.1)
      if (trial.progress === null) throw new Error('it runs')
      const lastInterval = { epoch: 0, sample, trainAccuracy: 0.5, nonSpiking: [] }
      return { ...trial, progress: { ...trial.progress, replicate: { number: replicate, of: 4 }, lastInterval } }
    }
    for (const row of [at(1, 100), at(1, 200), at(2, 100), at(3, 200)]) looks.take([row])
    expect(Array.from(looks.curve(3)?.sample ?? [])).toEqual([100, 200])
  })

  it('keep their beginning for a window that comes back', () => {
    const seen = (sample: number): TrialRow => {
      const trial = running(4, 0, 0.5)
      if (trial.progress === null) throw new Error('it runs')
      const lastInterval = { epoch: 0, sample, trainAccuracy: sample === 100 ? null : 0.5, nonSpiking: [sample / 10] }
      return { ...trial, progress: { ...trial.progress, lastInterval } }
    }
    const kept = new RunningLooks()
    for (const sample of [100, 200, 300]) kept.set(seen(sample))
    const curve = kept.curve(4)
    if (curve === null) throw new Error('three looks were taken')
    const back = new RunningLooks()
    back.take([seen(300)])
    back.recall(curve)
    back.take([seen(400)])
    expect(back.curve(4)).toEqual({
      number: 4,
      epoch: Uint16Array.of(0, 0, 0, 0),
      sample: Uint32Array.of(100, 200, 300, 400),
      trainAccuracy: Float32Array.of(NaN, 0.5, 0.5, 0.5),
      nonSpiking: [Uint32Array.of(10, 20, 30, 40)],
    })
    // What has ended meanwhile is read from what is stored.
    back.take([complete(4, 0.5)])
    back.recall(curve)
    expect(back.curve(4)).toBeNull()
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import type { OpenStudy } from '../../../src-main/studies/studyService.ts'
import { StudyAnalyses } from '../../../src-main/diagnosis/studyAnalyses.ts'
import { noAnnotation } from '../../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../../src-core/progress/trialRow.ts'
import { knownDefinition, knownOutcome, knownSpace, knownTrials } from '../../core/diagnostics/knownTrials.ts'
import { definitionOf } from '../scheduler/schedulerBench.ts'

const files = {
  models: new URL('../../../out/main/models.js', import.meta.url),
  stopReplay: new URL('../../../out/main/stopReplay.js', import.meta.url),
}
const all = knownTrials(knownSpace, 60, knownOutcome)

/** A study that so many of the known trials have finished in, and what was read of it. */
const studyOf = (count: number, excluded: readonly number[] = [], folder = '/known') => {
  const reads: number[] = []
  const study = {
    id: 'known',
    folder,
    definition: {
      ...definitionOf('space: { mapSize: { type: integer, low: 10, high: 100 } }\nbudget: { trials: 10 }'),
      space: knownSpace,
      silence: knownDefinition.silence,
    },
    snapshot: () => ({
      trials: all.slice(0, count).map((trial) => ({
        ...toTrialRow(trial),
        annotation: { ...noAnnotation, excluded: excluded.includes(trial.number) },
      })),
    }),
    finished: (from: number, limit: number) => {
      const part = all.slice(0, count).slice(from, from + limit)
      reads.push(part.length)
      return part
    },
  } as unknown as OpenStudy
  return { study, reads }
}

let analyses: StudyAnalyses | null = null
const started = (): StudyAnalyses => (analyses = new StudyAnalyses(files))
afterEach(() => analyses?.dispose())

describe('models of a study for the window', () => {
  it('are made of all finished trials, and not made again before another has finished', async () => {
    const service = started()
    const { study } = studyOf(40)
    const first = await service.report(study)
    expect(first.trials).toBe(40)
    expect(first.importance.map(({ output }) => output)).toEqual(['objective', 'silence:excitatory'])
    expect(await service.report(study)).toBe(first)
  })

  it('are told of each trial once', async () => {
    const service = started()
    await service.report(studyOf(40).study)
    const later = studyOf(45)
    const { trials } = await service.report(later.study)
    expect(trials).toBe(45)
    expect(later.reads).toEqual([5])
  })

  it('leave out what was left out', async () => {
    const service = started()
    expect((await service.report(studyOf(40).study)).trials).toBe(40)
    expect((await service.report(studyOf(40, [3, 4]).study)).trials).toBe(38)
  })

  it('are drawn over two parameters, in the objective’s units and as probabilities', async () => {
    const settings = { x: 'size', y: 'decoder', average: false, resolution: 12 }
    const map = await started().map(studyOf(60).study, settings)
    expect(map.x.values).toHaveLength(12)
    expect(map.y.values).toEqual(['all', 'vote', '2gram'])
    const objective = (map.objective ?? []).flat().map(Number)
    expect(Math.min(...objective)).toBeGreaterThan(0)
    expect(Math.max(...objective)).toBeLessThan(1)
    expect(map.constraints.map(({ output }) => output)).toEqual(['silence:excitatory'])
    expect(map.feasible).toEqual(map.constraints[0]?.feasible)
  })

  it('replays nothing without spike counts, and says how many trials have none', async () => {
    const rule = { interval: 100, layers: [{ layer: 'excitatory' as const, alpha: 1, beta: 0.1 }] }
    expect(await started().replay(studyOf(12).study, rule, null)).toEqual({ kind: 'nothing', measured: 12 })
  })

  it('are not finished for a study that nobody looks at any more, and made anew when somebody does again', async () => {
    const service = started()
    const { study, reads } = studyOf(40)
    const left = service.report(study)
    service.endWork(study.folder)
    await expect(left).rejects.toThrow('ended')
    expect((await service.report(study)).trials).toBe(40)
    // What is known already is worth keeping.
    service.endWork(study.folder)
    reads.length = 0
    expect((await service.report(study)).trials).toBe(40)
    expect(reads).toEqual([0])
  })

  it('are made after the study could not be read once', async () => {
    const service = started()
    const { study } = studyOf(40)
    const unreadable = {
      ...study,
      finished: () => {
        throw new Error('the disk is away')
      },
    } as unknown as OpenStudy
    await expect(service.report(unreadable)).rejects.toThrow('the disk is away')
    expect((await service.report(study)).trials).toBe(40)
  })

  it('say what they need: enough trials, hyperparameters that are searched', async () => {
    const service = started()
    await expect(service.report(studyOf(3).study)).rejects.toThrow('at least 4 measured trials')
    const settings = { x: 'size', y: 'other', average: false, resolution: 4 }
    await expect(service.map(studyOf(10).study, settings)).rejects.toThrow('does not search "other"')
  })
})

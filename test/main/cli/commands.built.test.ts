import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { trialRowSchema } from '../../../src-core/progress/readModel.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { resultOf, tinyStudy, Workspace } from './spiketune.ts'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

const shownSchema = z.looseObject({
  summary: z.looseObject({
    state: z.looseObject({ kind: z.string() }),
    trialBudget: z.int(),
    excluded: z.int(),
    workersWanted: z.int(),
  }),
  trials: z.array(trialRowSchema),
})

const shown = async (study: string) => shownSchema.parse((await workspace.json('show', study))[0])

const ran = async (study: object = tinyStudy({ trials: 2 })): Promise<void> => {
  expect((await workspace.run('run', workspace.write('tiny.yaml', study), '--quiet')).code).toBe(0)
}

describe('the commands about trials', () => {
  it('keep notes, tags and pins', async () => {
    await ran()
    const first = await workspace.run(
      'annotate',
      'tiny-1',
      '1',
      '--note',
      'odd one',
      '--tag',
      'a',
      '--tag',
      'b',
      '--pin',
    )
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('tags    a, b') as string })
    const [row] = await workspace.json('annotate', 'tiny-1', '1', '--untag', 'a')
    expect(row).toMatchObject({ annotation: { note: 'odd one', tags: ['b'], pinned: true, excluded: false } })
    expect((await workspace.run('show', 'tiny-1', '--trial', '1')).stdout).toContain('odd one')
    expect(await workspace.run('annotate', 'tiny-1', '9', '--pin')).toMatchObject({ code: 3 })
    expect(await workspace.run('annotate', 'tiny-1', '1', '--tag', '')).toMatchObject({ code: 2 })
  })

  it('leave trials out and put them back; resume replaces what is left out, with the workers it is given', async () => {
    await ran()
    expect((await workspace.run('exclude', 'tiny-1', '0', '1')).stdout).toBe(
      'Trial 0 is left out.\nTrial 1 is left out.\n',
    )
    expect((await workspace.run('restore', 'tiny-1', '1')).stdout).toBe('Trial 1 counts.\n')
    const { stdout } = await workspace.run('resume', 'tiny-1', '--json', '--workers', '1')
    expect(resultOf(stdout)).toMatchObject({ summary: { counts: { waiting: 0, running: 0 } }, exitCode: 0 })
    const { summary, trials } = await shown('tiny-1')
    expect(summary).toMatchObject({ state: { kind: 'finished' }, trialBudget: 3, excluded: 1, workersWanted: 1 })
    expect(trials.map(({ annotation }) => annotation.excluded)).toEqual([true, false, false])
  })

  it('enqueue a trial like another one, which resume runs; the same values and seed give the same network', async () => {
    await ran()
    const { trials: before } = await shown('tiny-1')
    const seed = String(before[1]?.seed)
    expect((await workspace.run('enqueue', 'tiny-1', '--like', '1', '--seed', seed)).code).toBe(0)
    await workspace.run('enqueue', 'tiny-1', '--like', '1', 'mapSize=12')
    expect((await workspace.run('cancel', 'tiny-1', '3')).stdout).toBe('Trial 3 is cancelled.\n')
    expect((await workspace.run('resume', 'tiny-1', '--quiet')).code).toBe(0)
    const { trials } = await shown('tiny-1')
    const { objective, constraints, configuration } = trials[1] ?? {}
    expect(trials[2]).toMatchObject({ objective, constraints, configuration, enqueued: true })
    expect(trials[3]).toMatchObject({ state: 'failed', worker: null, failure: { reason: 'cancelled' } })
    const wrong = await workspace.run('enqueue', 'tiny-1', '--like', '1', 'mapSize=9', 'decoder=none')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain(
      'decoder is none; allowed: all, vote\nmapSize is 9; allowed: a whole number from 10 to 40',
    )
  })
})

describe('resume', () => {
  it('of a study that was left without workers says so, and goes on with those it is given', async () => {
    await ran()
    await workspace.run('exclude', 'tiny-1', '0')
    const store = StudyStore.open(join(workspace.library, 'tiny-1', 'study.sqlite'), systemClock)
    store.workersChanged(0)
    store.close()
    const refused = await workspace.run('resume', 'tiny-1', '--quiet')
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('resume tiny-1 --workers 2') as string })
    expect((await workspace.run('resume', 'tiny-1', '--quiet', '--workers', '1')).code).toBe(0)
    expect((await shown('tiny-1')).trials).toHaveLength(3)
  })
})

describe('fork', () => {
  it('copies what lies in the new space, says what does not, and the study goes on from there', async () => {
    await ran(tinyStudy({ trials: 3 }))
    const { trials } = await shown('tiny-1')
    const largest = Math.max(...trials.map(({ configuration }) => Number(configuration['mapSize'])))
    const tiny = tinyStudy({ name: 'narrow', trials: 1 })
    const narrow = { ...tiny, space: { ...tiny.space, mapSize: { type: 'integer', low: 10, high: largest - 1 } } }
    const file = workspace.write('narrow.yaml', narrow)
    const outside = trials.filter(({ configuration }) => configuration['mapSize'] === largest).length
    const plan = {
      comparable: true,
      reasons: [],
      copied: 3 - outside,
      left: [{ reason: 'mapSize outside its bounds', trials: outside }],
    }
    expect(await workspace.json('fork', 'tiny-1', file, '--dry-run')).toEqual([{ plan }])
    expect(await workspace.json('fork', 'tiny-1', file)).toMatchObject([{ study: 'narrow-1', plan }])
    expect((await workspace.run('resume', 'narrow-1', '--quiet')).code).toBe(0)
    const forked = await shown('narrow-1')
    expect(forked.trials.map(({ copiedFrom }) => copiedFrom?.study ?? null)).toEqual([
      ...Array.from({ length: 3 - outside }, () => 'tiny-1'),
      null,
    ])
  })

  it('narrows the bounds of the study itself where they are given, and says them', async () => {
    await ran(tinyStudy({ trials: 3 }))
    const { trials } = await shown('tiny-1')
    const sizes = trials.map(({ configuration }) => Number(configuration['mapSize']))
    const largest = Math.max(...sizes)
    const copied = sizes.filter((size) => size < largest).length
    const narrowed = ['fork', 'tiny-1', '--bounds', `mapSize=:${largest - 1}`]
    const [planned] = await workspace.json(...narrowed, '--dry-run')
    expect(planned).toMatchObject({ bounds: [{ name: 'mapSize' }], plan: { comparable: true, copied } })
    expect(await workspace.json(...narrowed)).toMatchObject([{ study: 'tiny-2', plan: { copied } }])
    expect(await workspace.json('show', 'tiny-2')).toMatchObject([
      { definition: { space: { mapSize: { low: 10, high: largest - 1 } } } },
    ])
  })

  it('refuses bounds that cannot be, with what to do', async () => {
    await ran(tinyStudy({ trials: 1 }))
    for (const [said, ...words] of [
      ['mapSize would have no value left', '--bounds', 'mapSize=41:90'],
      ['is no range', '--bounds', 'mapSize=9'],
      ['is no range', '--bounds', 'mapSize=50:20'],
      ['is no range', '--bounds', 'mapSize=:'],
      ['decoder has no choice svm; it has all, vote.', '--bounds', 'decoder=all,svm'],
      ['searched are decoder, mapSize, thresholdExcitatoryMv', '--bounds', 'size=1:2'],
      ['mapSize is given twice', '--bounds', 'mapSize=10:20', 'mapSize=12:14'],
      ['No bound would become narrower', '--bounds', 'mapSize=1:99'],
      ['or --bounds to narrow its own'],
    ] as const) {
      const refused = await workspace.run('fork', 'tiny-1', ...words)
      expect(refused.stderr).toContain(said)
      expect(refused.code).toBe(2)
    }
    expect((await workspace.run('show', 'tiny-2')).code).not.toBe(0)
  })

  it('of what cannot be compared is refused with what differs, and possible without the trials', async () => {
    await ran()
    const file = workspace.write('other.yaml', { ...tinyStudy({ name: 'other' }), encoding: { steps: 20 } })
    const refused = await workspace.run('fork', 'tiny-1', file)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('encoding.steps is 20, in the study it is 50')
    expect(await workspace.json('fork', 'tiny-1', file, '--no-trials')).toMatchObject([{ study: 'other-1' }])
    expect((await shown('other-1')).trials).toEqual([])
  })
})

describe('kill -9 of the application', () => {
  it('with trials of a person and trials left out loses nothing and ends as without it', async () => {
    const study = (name: string) => ({ ...tinyStudy({ name, trials: 8, trainSamples: 1500 }), workers: 1 })
    const prepared = async (name: string): Promise<void> => {
      const first = workspace.write(`${name}.yaml`, { ...study(name), budget: { trials: 8 } })
      const application = workspace.start(['run', first, '--json'])
      await application.until(
        (stdout) => stdout.split('"state":"complete"').length + stdout.split('"state":"stopped"').length > 6,
      )
      application.child.kill('SIGINT')
      await application.ended
      await workspace.run('enqueue', `${name}-1`, '--like', '0', 'mapSize=33', '--seed', '4')
      await workspace.run('exclude', `${name}-1`, '1')
    }
    const resultsOf = async (name: string) =>
      (await shown(`${name}-1`)).trials
        .filter(({ enqueued }) => enqueued)
        .map(({ objective, constraints, state, seed }) => ({ objective, constraints, state, seed }))
    await prepared('calm')
    expect((await workspace.run('resume', 'calm-1', '--quiet')).code).toBe(0)
    await prepared('killed')
    const application = workspace.start(['resume', 'killed-1', '--json'])
    await application.until((stdout) => stdout.includes('"state":"running"'))
    application.child.kill('SIGKILL')
    await application.ended
    expect((await workspace.run('resume', 'killed-1', '--quiet')).code).toBe(0)
    const { summary, trials } = await shown('killed-1')
    expect(summary).toMatchObject({ state: { kind: 'finished' }, trialBudget: 10, excluded: 1 })
    expect(trials).toHaveLength(10)
    expect(trials[1]?.annotation.excluded).toBe(true)
    expect(await resultsOf('killed')).toEqual(await resultsOf('calm'))
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { z } from 'zod'
import { type CallName, type CallRequest, type CallResponse, windowCalls } from '../../src-core/contracts/window.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import { longStudy, slowStudy } from './support/definitions.ts'
import {
  callBridge,
  startFromFile,
  type TestWindow,
  waitForDone,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
})

afterAll(async () => {
  await workspace.disposeAll()
})

const ask = <Name extends CallName>(name: Name, request: CallRequest<Name>) => callBridge(window.page, name, request)

/** The answer, decoded as the page decodes it. */
const answer = async <Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<CallResponse<Name>> => {
  const answered = await ask(name, request)
  if (!answered.ok) throw new Error(`${answered.error.code}: ${answered.error.message}`)
  const schema: z.ZodType = windowCalls[name].response
  return schema.parse(answered.value) as CallResponse<Name>
}

const rowsOf = async (id: string) => unpackTrials((await answer('openStudy', { id })).trials)

describe('what the window asks for trials and studies', () => {
  const id = 'long-1'
  const configuration = { mapSize: 60, strengthInhibitory: 300, thresholdExcitatoryMv: -60 }

  it('says what this machine trains on', async () => {
    expect(await answer('listDevices', null)).toMatchObject({ devices: [{ id: 'cpu', kind: 'cpu', ready: true }] })
  })

  it('sets workers while the study runs, none among it', async () => {
    await startFromFile(window, workspace.write('long.yaml', longStudy))
    await waitForDone(window.page, 3)
    expect(await answer('setWorkers', { id, workers: 0 })).toMatchObject({
      state: { kind: 'running' },
      workers: 0,
      workersWanted: 0,
    })
    const { counts } = await answer('setWorkers', { id, workers: 1 })
    await waitForDone(window.page, counts.complete + counts.stopped + counts.failed + 2)
    expect((await answer('openStudy', { id })).summary).toMatchObject({ workers: 1, workersWanted: 1 })
  })

  it('keeps what a person says of a trial, leaves it out while the study runs, and records it', async () => {
    const change = { note: 'why so silent?', tags: ['silent'], pinned: true }
    expect(await answer('annotateTrial', { id, number: 1, ...change })).toMatchObject({
      annotation: { ...change, excluded: false },
    })
    const { trialBudget } = (await answer('openStudy', { id })).summary
    await answer('excludeTrial', { id, number: 1, excluded: true })
    const { summary } = await answer('openStudy', { id })
    expect(summary).toMatchObject({ excluded: 1, trialBudget: (trialBudget ?? 0) + 1, state: { kind: 'running' } })
    const { row, measured, events } = await answer('trialRecord', { id, number: 1 })
    expect(row.annotation).toEqual({ ...change, excluded: true })
    expect(measured?.spikeCounts.map(({ layer, counts }) => [layer, counts.length])).toEqual([
      ['excitatory', measured?.samplesTrained],
      ['inhibitory', measured?.samplesTrained],
    ])
    expect(events.map(({ kind }) => kind).slice(-2)).toEqual(['pinned', 'excluded'])
    expect(await ask('excludeTrial', { id, number: 99_999, excluded: true })).toMatchObject({
      ok: false,
      error: { code: 'trial-not-found' },
    })
    const done = Number(summary.counts.complete + summary.counts.stopped)
    await waitForDone(window.page, done + 3)
  })

  it('takes a trial of a person, and refuses one with every bound that it breaks', async () => {
    const { number } = await answer('enqueueTrial', { id, configuration, seed: 3 })
    await waitForDone(window.page, number + 1)
    expect((await answer('trialRecord', { id, number })).row).toMatchObject({ enqueued: true, seed: 3, configuration })
    const wrong = { mapSize: 1000, strengthInhibitory: 1, thresholdExcitatoryMv: -60 }
    const { ok, ...rest } = await ask('enqueueTrial', { id, configuration: wrong, seed: null })
    expect(ok).toBe(false)
    expect(rest).toMatchObject({
      error: {
        code: 'configuration-invalid',
        message:
          'mapSize is 1000; allowed: a whole number from 40 to 120\nstrengthInhibitory is 1; allowed: a number from 60 to 600',
      },
    })
  })

  it('forks a study with its trials, and shows the fork', async () => {
    await answer('pauseStudyNow', { id })
    await waitForState(window.page, 'Paused')
    const wider = {
      ...longStudy,
      name: 'wider',
      space: { ...longStudy.space, mapSize: { type: 'integer', low: 20, high: 200 } },
    }
    const definition = stringify(wider)
    const plan = await answer('planFork', { id, definition })
    const { counts } = (await answer('openStudy', { id })).summary
    expect(plan).toMatchObject({ comparable: true, copied: counts.complete + counts.stopped + counts.failed - 1 })
    expect(plan.left[0]).toEqual({ reason: 'left out in the study', trials: 1 })
    const forked = await answer('forkStudy', { id, definition, copyTrials: true, start: false })
    expect(forked).toMatchObject({ plan, summary: { id: 'wider-1', state: { kind: 'new' } } })
    const trials = await rowsOf('wider-1')
    expect(trials.map(({ copiedFrom }) => copiedFrom?.number)).not.toContain(1)
    expect(trials).toHaveLength(plan.copied)
    const other = stringify({ ...wider, encoding: { steps: 50 } })
    expect(await ask('forkStudy', { id, definition: other, copyTrials: true, start: false })).toMatchObject({
      ok: false,
      error: { code: 'fork-not-comparable' },
    })
  })

  it('cancels one running trial within seconds; the study goes on', async () => {
    const { page } = window
    const made = await answer('createStudy', { yaml: stringify(slowStudy), origin: null, start: true })
    const slow = made.summary.id
    await answer('openStudy', { id: slow })
    const running = async (): Promise<number[]> => {
      const trials = await rowsOf(slow)
      return trials.filter(({ state }) => state === 'running').map(({ number }) => number)
    }
    await expect.poll(running).toEqual([0, 1])
    expect((await answer('cancelTrial', { id: slow, number: 0 })).state).toBe('running')
    await expect.poll(running).toEqual([1, 2])
    expect((await answer('trialRecord', { id: slow, number: 0 })).row).toMatchObject({
      state: 'failed',
      failure: { reason: 'cancelled' },
    })
    await answer('pauseStudyNow', { id: slow })
    expect(page.isClosed()).toBe(false)
  })
})

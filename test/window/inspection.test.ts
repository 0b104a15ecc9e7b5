import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inspectedNetworkSchema } from '../../src-core/contracts/inspection.ts'
import type { CallName, WindowBridge } from '../../src-core/contracts/window.ts'
import { openedStudySchema } from '../../src-core/contracts/window/libraryCalls.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { unpackTrials } from '../../src-core/progress/unpackTrials.ts'
import { quickStudy, slowStudy } from './support/definitions.ts'
import { callBridge, startFromFile, type TestWindow, waitForState, WindowWorkspace } from './support/testWindow.ts'

/** Trials that take minutes. */
const longTrials = {
  ...slowStudy,
  dataset: { ...slowStudy.dataset, trainSamples: 48_000 },
  space: { mapSize: { type: 'integer', low: 900, high: 1000 } },
  workers: 1,
}

const workspace = new WindowWorkspace()
let window: TestWindow

const answered = async <Value>(name: CallName, request: unknown, schema: z.ZodType<Value>): Promise<Value> => {
  const answer = await callBridge(window.page, name, request)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return schema.parse(answer.value)
}

const errorOf = async (name: CallName, request: unknown): Promise<string | null> => {
  const answer = await callBridge(window.page, name, request)
  return answer.ok ? null : answer.error.code
}

const trialsOf = async (id: string): Promise<TrialRow[]> =>
  unpackTrials((await answered('openStudy', { id }, openedStudySchema)).trials)

const open = (id: string, number: number, inspection: number, retrain = false) =>
  answered('openInspection', { id, number, inspection, retrain }, inspectedNetworkSchema)

/** Process ids of the inspectors. */
const inspectors = (): Promise<number[]> =>
  window.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name }) => name?.startsWith('Spiketune inspection') ?? false)
      .map(({ pid }) => pid),
  )

/** Shows samples, and tells of what came, as the page sees it. */
const present = (inspection: number, samples: readonly number[]) =>
  window.page.evaluate(
    async ([of, wanted]) => {
      const bridge = (globalThis as unknown as { spiketune: WindowBridge }).spiketune
      const seen: unknown[] = []
      let complete = (): void => undefined
      const all = new Promise<void>((resolve) => (complete = resolve))
      const stop = bridge.on('inspectionRecording', (payload) => {
        const { recording } = payload as {
          recording: {
            sample: number
            view: { pixels: unknown }
            spikes: { layer: string; neurons: unknown }[]
            traces: object[]
          }
        }
        seen.push({
          sample: recording.sample,
          pixels: recording.view.pixels instanceof Uint8Array ? recording.view.pixels.length : null,
          layers: recording.spikes.map(({ layer, neurons }) => [layer, neurons instanceof Uint32Array]),
          traces: recording.traces.length,
        })
        if (seen.length === wanted.length) complete()
      })
      const traced = [{ layer: 'excitatory', neuron: 0 }]
      const answer = await bridge.call('presentSamples', {
        inspection: of,
        split: 'objective',
        samples: wanted,
        traced,
      })
      // Answers and events go different ways: the last recordings may come after the answer.
      if (answer.ok) await all
      stop()
      return { ok: answer.ok, seen }
    },
    [inspection, samples] as const,
  )

beforeAll(async () => {
  window = await workspace.launch()
})

afterAll(async () => {
  await workspace.disposeAll()
})

describe('an inspection from the window', () => {
  it('shows the network of a finished trial at work, with the accuracy that was measured', async () => {
    await startFromFile(window, workspace.write('quick.yaml', { ...quickStudy, keepNetworks: 1 }))
    await waitForState(window.page, 'Finished')
    const trials = await trialsOf('quick-1')
    const kept = trials.find(({ networkFile }) => networkFile !== null)
    if (kept === undefined) throw new Error('no network was kept')
    expect(await open('quick-1', kept.number, 0)).toMatchObject({ origin: 'stored' })
    expect(await present(0, [7, 3])).toEqual({
      ok: true,
      seen: [7, 3].map((sample) => ({
        sample,
        pixels: 784,
        layers: ['input', 'excitatory', 'inhibitory'].map((layer) => [layer, true]),
        traces: 1,
      })),
    })
    const { accuracy } = await answered(
      'testInspection',
      { inspection: 0, split: 'objective', samples: null },
      z.looseObject({ accuracy: z.number() }),
    )
    expect(accuracy).toBe(kept.objective)
  })

  it('trains a network again that was not kept, once', async () => {
    const trials = await trialsOf('quick-1')
    const forgotten = trials.find(({ networkFile, state }) => networkFile === null && state === 'complete')
    if (forgotten === undefined) throw new Error('every network was kept')
    const { number } = forgotten
    const request = { id: 'quick-1', number, inspection: 1, retrain: false }
    expect(await errorOf('openInspection', request)).toBe('network-not-kept')
    expect(await open('quick-1', number, 1, true)).toMatchObject({ origin: 'retrained' })
    expect(await open('quick-1', number, 2)).toMatchObject({ origin: 'retrained' })
  })

  it('says that its process was killed, and opens again', async () => {
    const trials = await trialsOf('quick-1')
    const number = trials.find(({ networkFile }) => networkFile !== null)?.number ?? -1
    for (const pid of await inspectors()) process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => errorOf('inspectWeights', { inspection: 0, projection: { from: 'input', to: 'excitatory' } }))
      .toBe('inspection-ended')
    expect(await open('quick-1', number, 3)).toMatchObject({ origin: 'stored' })
  })

  it('refuses what there is not', async () => {
    const request = (samples: number[]) => ({ inspection: 3, split: 'objective', samples, traced: [] })
    expect(await errorOf('presentSamples', request([200]))).toBe('not-in-network')
    expect(await errorOf('presentSamples', { ...request([0]), inspection: 99 })).toBe('inspection-ended')
    expect(await errorOf('openInspection', { id: 'quick-1', number: 99, inspection: 4, retrain: false })).toBe(
      'trial-not-found',
    )
  })

  it('ends when the page goes', async () => {
    expect(await inspectors()).not.toEqual([])
    await window.page.reload()
    await expect.poll(inspectors).toEqual([])
  })

  it('looks at a network in training, which goes on', async () => {
    await window.page.locator('main h1').waitFor()
    await startFromFile(window, workspace.write('slow.yaml', longTrials))
    const request = { id: 'slow-1', number: 0, inspection: 5, retrain: false }
    await expect.poll(() => errorOf('openInspection', request)).toBe(null)
    const network = await open('slow-1', 0, 6)
    expect(network.origin).toBe('running')
    expect((await present(6, [0])).ok).toBe(true)
    const [trial] = await trialsOf('slow-1')
    expect(trial?.state).toBe('running')
  })
})

import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { InspectionProgress, SampleRecording } from '../../../src-core/contracts/inspection.ts'
import { type AnsweredMessage, answeredMessageSchema, type AskedMessage } from '../../../src-core/contracts/channel.ts'
import type { Question } from '../../../src-core/contracts/inspector.ts'
import { DatasetPreviews } from '../../../src-main/inspection/datasetPreviews.ts'
import { Inspections } from '../../../src-main/inspection/inspections.ts'
import { InspectorProcess } from '../../../src-main/inspection/inspectorProcess.ts'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { createProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import {
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  requestOf,
} from '../../worker/training/trialRequests.ts'

const plastic = { from: 'input', to: 'excitatory' }

const host = createProcessHost<AskedMessage, AnsweredMessage>(
  new URL('../../../out/main/inspector.js', import.meta.url),
  answeredMessageSchema,
)

const inspectionsOf = (): Inspections => {
  const inspections = new Inspections(host)
  onTestFinished(() => {
    inspections.closeAll()
  })
  return inspections
}

/** A trial with its network kept. */
const trained = async () => {
  const path = join(temporaryFolder(), 'network.safetensors')
  const request = requestOf(definitionOf(), goodPoint, { networkPath: path })
  const measurement = measurementOf(await evaluateTrial(request, environmentOf()), 'complete')
  const question: Question<'open'> = {
    evaluation: request,
    source: { kind: 'file', origin: 'stored', path, samplesTrained: null },
  }
  return { question, measurement }
}

/** Would train for minutes. */
const endless: Question<'open'> = {
  evaluation: requestOf(
    definitionOf({
      dataset: { trainSamples: 48_000 },
      silence: { stopEarly: false },
    }),
    {
      ...goodPoint,
      mapSize: 1000,
      epochs: 100,
    },
  ),
  source: { kind: 'retrain', keepAs: null },
}

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('an inspection', () => {
  it('loads a network in a process of its own, shows it samples and tests it', async () => {
    const { question, measurement } = await trained()
    const process = inspectionsOf().start(0, '/study')
    expect(await process.ask('open', question)).toMatchObject({
      origin: 'stored',
      samplesTrained: 400,
    })
    const recordings: SampleRecording[] = []
    const traced = [{ layer: 'excitatory', neuron: 5 }]
    await process.ask(
      'present',
      { split: 'objective', samples: [2, 1], traced },
      { recording: (recording) => recordings.push(recording) },
    )
    expect(recordings.map(({ place, sample, traces }) => [place, sample, traces.length])).toEqual([
      [0, 2, 1],
      [1, 1, 1],
    ])
    expect(recordings[0]?.spikes[0]?.neurons).toBeInstanceOf(Uint32Array)
    const test = await process.ask('test', {
      split: 'objective',
      samples: null,
    })
    expect(test.accuracy).toBe(measurement.objective)
    expect(test.predictions[2]).toBe(recordings[0]?.prediction)
  })

  it('answers while it trains again, and is called off without an end of the rest', async () => {
    const { question } = await trained()
    const process = inspectionsOf().start(0, '/study')
    await process.ask('open', question)
    const replay = process.ask('replay', { snapshots: 100, projection: plastic }, { snapshot: () => undefined })
    const weights = await process.ask('weights', plastic)
    expect(weights.neurons).toBe(100)
    await replay

    const long = inspectionsOf().start(1, '/study')
    await new Promise<void>((resolve, reject) => {
      const progress = ({ phase }: InspectionProgress): void => {
        if (phase === 'training') resolve()
      }
      long.ask('open', endless, { progress }).then(
        () => {
          reject(new Error('it cannot have been trained yet'))
        },
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'inspection-cancelled' })
        },
      )
    })
    long.cancel()
    expect(await long.ask('open', question)).toMatchObject({
      origin: 'stored',
    })
  })

  it('whose process is killed says so, and can be opened again', async () => {
    const { question } = await trained()
    const inspections = inspectionsOf()
    const killed = inspections.start(0, '/study')
    await killed.ask('open', question)
    const underWay = killed.ask('replay', {
      snapshots: 2,
      projection: plastic,
    })
    process.kill(killed.pid ?? 0, 'SIGKILL')
    await expect(underWay).rejects.toMatchObject({
      code: 'inspection-ended',
      message: expect.stringContaining('SIGKILL') as string,
    })
    await expect(inspections.use(0).ask('weights', plastic)).rejects.toMatchObject({ code: 'inspection-ended' })
    expect(await inspections.start(0, '/study').ask('open', question)).toMatchObject({ origin: 'stored' })
  })

  it('whose process is stopped is ended although it is stopped, and says so', async () => {
    const stopped = new InspectorProcess(host, 'inspection-0', {
      leastMs: 100,
      times: 1,
      unknownMs: 300,
    })
    onTestFinished(() => {
      stopped.close()
    })
    const { pid } = stopped
    if (pid === undefined) throw new Error('it has no process number')
    const opening = stopped.ask('open', endless)
    process.kill(pid, 'SIGSTOP')
    await expect(opening).rejects.toMatchObject({
      code: 'inspection-ended',
      message: expect.stringMatching(
        /\(it said nothing for 1 s, and was ended\)\. Open the inspection again/,
      ) as string,
    })
    expect(stopped.ended).toBe(true)
    await expect.poll(() => isThere(pid)).toBe(false)
  })

  it('that is closed answers nothing more, whatever it did', async () => {
    const inspections = inspectionsOf()
    const opening = inspections.start(0, '/study').ask('open', endless)
    inspections.close(0)
    await expect(opening).rejects.toMatchObject({ code: 'inspection-ended' })
    expect(() => inspections.use(0)).toThrow('This inspection has ended')
  })

  it('that is closed before it begins never does', () => {
    const inspections = inspectionsOf()
    inspections.close(3)
    expect(() => inspections.start(3, '/study')).toThrow('This inspection has ended')
  })

  it('is one of few at a time: the one used longest ago gives way', () => {
    const inspections = inspectionsOf()
    for (let inspection = 0; inspection < 7; inspection++) inspections.start(inspection, '/study')
    inspections.use(0)
    inspections.start(7, '/study')
    expect(() => inspections.use(1)).toThrow('too many')
    expect(inspections.use(0).ended).toBe(false)
  })

  it('ends with its study, and not with another', () => {
    const inspections = inspectionsOf()
    inspections.start(0, '/a')
    inspections.start(1, '/b')
    inspections.closeAll('/a')
    expect(() => inspections.use(0)).toThrow('This inspection has ended')
    expect(inspections.use(1).ended).toBe(false)
  })
})

describe('previews of datasets', () => {
  it('come from one process, and say what to do when files are missing', async () => {
    const previews = new DatasetPreviews(host, systemClock)
    onTestFinished(() => {
      previews.close()
    })
    const preview = await previews.preview(definitionOf(), 2)
    expect(preview.samples.map(({ sample, image }) => [sample, image.length])).toEqual([
      [0, 784],
      [1, 784],
    ])
    const missing = definitionOf({
      dataset: { name: 'idx', folder: temporaryFolder() },
    })
    await expect(previews.preview(missing, 2)).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringContaining('Put the four files') as string,
    })
  })
})

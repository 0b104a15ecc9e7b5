import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseSampleList } from '../../src-core/activity/sampleList.ts'
import { type RecordedNetwork, spikesAsCsv, spikesAsNpz, spikesIn } from '../../src-core/activity/spikeTable.ts'
import type { InspectedSplit, InspectionProgress, SampleRecording } from '../../src-core/contracts/inspection.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { explainFileError } from '../files/fileErrors.ts'
import { writeWhole } from '../files/writeWhole.ts'
import { disposeSource, inspectedTrial } from '../inspection/inspectedTrial.ts'
import { type InspectorHost, InspectorProcess } from '../inspection/inspectorProcess.ts'
import { openNetwork } from '../inspection/openNetwork.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { compareWithDisk } from './compareWithDisk.ts'

export const spikeForms = ['npz', 'csv'] as const
export type SpikeForm = (typeof spikeForms)[number]

interface WantedSpikes {
  readonly trial: number
  readonly split: InspectedSplit
  /** Such as "0-9, 15". */
  readonly samples: string
  readonly form: SpikeForm
  /** Where to write to; made when it is missing. */
  readonly folder: string
  /** Whether a network that was not kept may be trained again. */
  readonly retrain: boolean
}

interface ExportedSpikes {
  /** Absolute path. */
  readonly file: string
  readonly samples: number
  readonly spikes: number
}

/** Samples of one file at most; their spikes are held until they are written. */
const samplesAtMost = 10_000
const spikesAtMost = 100_000_000

/**
 * Shows samples to the network of a trial, and writes every spike. A file with other content is never overwritten: the name then
 * gets a number.
 * @throws {SpiketuneError} trial-not-found, trial-not-trained, network-not-kept, not-in-network, configuration-invalid,
 * folder-not-writable, disk-full and what opening a network throws
 */
export const exportSpikes = async (
  study: OpenStudy,
  wanted: WantedSpikes,
  host: InspectorHost,
  report: (progress: InspectionProgress) => void,
): Promise<ExportedSpikes> => {
  const written = parseSampleList(wanted.samples, Number.POSITIVE_INFINITY, samplesAtMost)
  if ('problem' in written) throw new SpiketuneError('configuration-invalid', written.problem)
  const recorded = await recordedNetwork(study, wanted, host, report)
  const content = contentOf(recorded, wanted.form)
  const file = await writeBeside(
    resolve(wanted.folder),
    `${study.id}-trial-${wanted.trial}-spikes`,
    wanted.form,
    content,
  )
  return { file, samples: recorded.recordings.length, spikes: spikesIn([recorded]) }
}

const recordedNetwork = async (
  study: OpenStudy,
  { trial, split, samples, retrain }: WantedSpikes,
  host: InspectorHost,
  report: (progress: InspectionProgress) => void,
): Promise<RecordedNetwork> => {
  const question = await inspectedTrial(study, trial, retrain)
  const process = new InspectorProcess(host, 'spikes')
  try {
    const opening = { folder: study.folder, question, retrain }
    const network = await openNetwork(process, opening, { progress: report })
    const acting = network.evolved?.acting ?? null
    if (acting !== null) {
      throw new SpiketuneError('not-in-network', `The network acts in ${acting.task}: it is shown no samples.`)
    }
    const chosen = parseSampleList(samples, network.samples[split], samplesAtMost)
    if ('problem' in chosen) throw new SpiketuneError('not-in-network', chosen.problem)
    const recordings: SampleRecording[] = []
    let spikes = 0
    const request = { split, samples: chosen.samples, traced: [] }
    const recording = (shown: SampleRecording): void => {
      spikes += spikesIn([{ trial, network, recordings: [shown] }])
      if (spikes > spikesAtMost) process.cancel()
      else recordings.push(shown)
    }
    await process.ask('present', request, { recording }).catch((error: unknown) => {
      throw spikes > spikesAtMost ? tooMany() : error
    })
    return { trial, network, recordings }
  } finally {
    process.close()
    await disposeSource(question.source)
  }
}

const tooMany = (): SpiketuneError =>
  new SpiketuneError(
    'configuration-invalid',
    `These are more than ${spikesAtMost.toLocaleString('en')} spikes. Take fewer samples for one file.`,
  )

const contentOf = (recorded: RecordedNetwork, form: SpikeForm): string | Uint8Array => {
  try {
    return form === 'csv' ? spikesAsCsv([recorded]) : spikesAsNpz([recorded])
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SpiketuneError('configuration-invalid', error.message)
  }
}

const writeBeside = async (
  folder: string,
  name: string,
  form: SpikeForm,
  content: string | Uint8Array,
): Promise<string> => {
  try {
    await mkdir(folder, { recursive: true })
    for (let attempt = 1; ; attempt++) {
      const path = join(folder, `${name}${attempt === 1 ? '' : `-${attempt}`}.${form}`)
      const state = await compareWithDisk({ path, content })
      if (state === 'different') continue
      if (state === 'missing') await writeWhole(path, content)
      return path
    }
  } catch (error) {
    throw explainFileError(error, folder)
  }
}

import type { EventPayload } from '../../../src-core/contracts/window.ts'
import type { inspectionCalls, inspectionEvents } from '../../../src-core/contracts/window/inspectionCalls.ts'
import { disposeSource, inspectedTrial } from '../../inspection/inspectedTrial.ts'
import type { InspectionStreams } from '../../inspection/inspectorProcess.ts'
import { openNetwork } from '../../inspection/openNetwork.ts'
import { sendEvent } from '../ipc.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createInspectionCalls = (parts: CallParts): Handlers<typeof inspectionCalls> => {
  const { window, studies, written, inspections, previews } = parts

  const send = <Name extends keyof typeof inspectionEvents>(name: Name, payload: EventPayload<Name>): void => {
    sendEvent(window, name, payload)
  }
  const streamsOf = (inspection: number): InspectionStreams => ({
    progress: (progress) => {
      send('inspectionProgress', { inspection, progress })
    },
    recording: (recording) => {
      send('inspectionRecording', { inspection, recording })
    },
    snapshot: (snapshot) => {
      send('inspectionSnapshot', { inspection, snapshot })
    },
  })

  return {
    openInspection: async ({ id, number, inspection, retrain }) => {
      const { folder, question } = await studies.use(id, async (study) => ({
        folder: study.folder,
        question: await inspectedTrial(study, number, retrain),
      }))
      try {
        const opening = { folder, question, retrain }
        return await openNetwork(inspections.start(inspection, folder), opening, streamsOf(inspection))
      } catch (error) {
        inspections.close(inspection)
        throw error
      } finally {
        await disposeSource(question.source)
      }
    },
    closeInspection: ({ inspection }) => {
      inspections.close(inspection)
      return null
    },
    cancelInspection: ({ inspection }) => {
      inspections.cancel(inspection)
      return null
    },
    inspectWeights: ({ inspection, projection }) => inspections.use(inspection).ask('weights', projection),
    presentSamples: ({ inspection, ...request }) =>
      inspections.use(inspection).ask('present', request, streamsOf(inspection)),
    testInspection: ({ inspection, ...request }) =>
      inspections.use(inspection).ask('test', request, streamsOf(inspection)),
    replayTraining: ({ inspection, ...request }) =>
      inspections.use(inspection).ask('replay', request, streamsOf(inspection)),
    playEpisode: ({ inspection, ...request }) => inspections.use(inspection).ask('play', request),
    datasetCache: (request) => previews.cache(request),
    previewDataset: async ({ samples, ...definition }) =>
      previews.preview(await written.decodeNamed(definition), samples),
  }
}

import type { EventPayload } from '../../../src-core/contracts/window.ts'
import type { inspectionCalls, inspectionEvents } from '../../../src-core/contracts/window/inspectionCalls.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { inspectedTrial } from '../../inspection/inspectedTrial.ts'
import type { InspectionStreams } from '../../inspection/inspectorProcess.ts'
import { pruneRetrainedNetworks } from '../../inspection/retrainedNetworks.ts'
import { studyPaths } from '../../library/studyFolder.ts'
import { sendEvent } from '../ipc.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createInspectionCalls = (parts: CallParts): Handlers<typeof inspectionCalls> => {
  const { window, studies, inspections, previews } = parts

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
      const { folder, question } = await studies.use(id, (study) => ({
        folder: study.folder,
        question: inspectedTrial(study, number, retrain).question,
      }))
      const process = inspections.start(inspection, folder)
      try {
        const network = await process.ask('open', question, streamsOf(inspection))
        if (question.source.kind === 'retrain') pruneRetrainedNetworks(studyPaths(folder).retrained)
        return network
      } catch (error) {
        inspections.close(inspection)
        throw error
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
    inspectWeights: ({ inspection }) => inspections.use(inspection).ask('weights', null),
    presentSamples: ({ inspection, ...request }) =>
      inspections.use(inspection).ask('present', request, streamsOf(inspection)),
    testInspection: ({ inspection, ...request }) =>
      inspections.use(inspection).ask('test', request, streamsOf(inspection)),
    replayTraining: ({ inspection, snapshots }) =>
      inspections.use(inspection).ask('replay', { snapshots }, streamsOf(inspection)),
    previewDataset: ({ yaml, samples }) => previews.preview(decodeDefinition(yaml, 'study.yaml'), samples),
  }
}

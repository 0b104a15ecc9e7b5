import type { InspectedNetwork } from '../../src-core/contracts/inspection.ts'
import type { Question } from '../../src-core/contracts/inspector.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { studyPaths } from '../files/studyFolder.ts'
import { askedAgain } from './inspectedTrial.ts'
import type { InspectionStreams, InspectorProcess } from './inspectorProcess.ts'
import { pruneRetrainedNetworks } from './retrainedNetworks.ts'

interface Opening {
  /** Of the study. */
  readonly folder: string
  readonly question: Question<'open'>
  /** Whether it may be trained again, where its file turns out to be damaged. */
  readonly retrain: boolean
}

/** Opens a network in an inspector; of those that were trained again, the oldest go where they are too many. @throws {SpiketuneError} */
export const openNetwork = async (
  process: InspectorProcess,
  { folder, question, retrain }: Opening,
  streams: InspectionStreams,
): Promise<InspectedNetwork> => {
  try {
    return await process.ask('open', question, streams)
  } catch (error) {
    if (!(error instanceof SpiketuneError && error.code === 'network-damaged' && retrain)) throw error
    return await process.ask('open', askedAgain({ folder }, question), streams)
  } finally {
    pruneRetrainedNetworks(studyPaths(folder).retrained)
  }
}

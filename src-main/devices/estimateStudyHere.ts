import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import {
  controlTaskSize,
  type DatasetSize,
  type Estimate,
  estimateStudy,
  previewedSize,
} from '../../src-core/study/estimate.ts'
import type { MeasuredSpeed } from '../../src-core/study/measuredSpeed.ts'
import type { WorkerMachine } from '../../src-core/study/workersSchema.ts'
import { type InspectorHost, InspectorProcess } from '../inspection/inspectorProcess.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import { measureSpeed } from './measureSpeed.ts'

interface Hosts {
  readonly inspectorHost: InspectorHost
  readonly workerHost: WorkerHost
  readonly machine: WorkerMachine
}

/**
 * What a study will take on this machine, for whoever has no dataset at hand: it is read, then networks are trained for a moment.
 * @throws {SpiketuneError} dataset-missing, dataset-damaged, worker-unavailable
 */
export const estimateStudyHere = async (
  definition: StudyDefinition,
  { inspectorHost, workerHost, machine }: Hosts,
): Promise<{ readonly estimate: Estimate; readonly speed: MeasuredSpeed }> => {
  const size = controlTaskSize(definition) ?? (await readSize(definition, inspectorHost))
  const speed = await measureSpeed(workerHost, definition, machine)
  const estimate = estimateStudy(definition, speed, size)
  if (estimate !== null) return { estimate, speed }
  throw new SpiketuneError('worker-unavailable', 'There is no estimate: the dataset does not fit the measured network.')
}

const readSize = async (definition: StudyDefinition, host: InspectorHost): Promise<DatasetSize> => {
  const process = new InspectorProcess(host, 'dataset-size')
  try {
    return previewedSize(await process.ask('preview', { definition, samples: 1 }))
  } finally {
    process.close()
  }
}

import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { encodingOfTrial } from '../../src-core/encoding/presentation.ts'
import type { Dataset } from '../datasets/dataset.ts'

/** What the file of a trained network says of its origin, whatever kind of network it is. */
export const originMetadata = (
  { definition, hyperparameters, seed, trial }: EvaluationRequest,
  dataset: Pick<Dataset, 'sha256'>,
  application: string,
): Record<string, string> => ({
  format: 'spiketune-network',
  application,
  study: definition.name,
  trial: String(trial),
  seed: String(seed),
  network: JSON.stringify(definition.network),
  encoding: JSON.stringify(encodingOfTrial(definition.encoding, hyperparameters)),
  hyperparameters: JSON.stringify(hyperparameters),
  dataset: definition.dataset.name,
  datasetSha256: dataset.sha256,
})

import type { InspectedSplit } from '../../src-core/contracts/inspection.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { trainShareOf } from '../../src-core/datasets/trainShare.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { splitDataset } from '../datasets/splitDataset.ts'
import type { SampleSelection } from '../datasets/splitDataset.ts'

export type NetworkSplits = Readonly<Record<InspectedSplit, SampleSelection>>

/**
 * The samples of each split in the order in which a trial is shown them: of the test samples all, in the order of a trial
 * whose objective is measured on them.
 * @throws {SpiketuneError} dataset-damaged when a side would be empty
 */
export function networkSplits(
  dataset: Dataset,
  { definition, hyperparameters }: Pick<EvaluationRequest, 'definition' | 'hyperparameters'>,
): NetworkSplits {
  const { training, evaluation } = splitDataset(dataset, definition, trainShareOf(hyperparameters))
  const { testSamples: _, ...uncapped } = definition.dataset
  const ownTest = { ...definition, dataset: uncapped, objective: { ...definition.objective, split: 'test' as const } }
  return { training, objective: evaluation, test: splitDataset(dataset, ownTest).evaluation }
}

import type { InspectedSplit } from '../../src-core/contracts/inspection.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { trainShareOf } from '../../src-core/datasets/trainShare.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { splitDataset, testSelection } from '../datasets/splitDataset.ts'
import type { SampleSelection } from '../datasets/splitDataset.ts'

export type NetworkSplits = Readonly<Record<InspectedSplit, SampleSelection>>

/**
 * The samples of each split in the order in which a trial is shown them: of the test samples all, in the order of a trial
 * whose objective is measured on them; none where the dataset has none.
 * @throws {SpiketuneError} dataset-damaged when nothing would be left to train on, or to measure the objective on
 */
export const networkSplits = (
  dataset: Dataset,
  { definition, hyperparameters }: Pick<EvaluationRequest, 'definition' | 'hyperparameters'>,
): NetworkSplits => {
  const { training, evaluation } = splitDataset(dataset, definition, trainShareOf(hyperparameters))
  const { testSamples: _, ...uncapped } = definition.dataset
  return { training, objective: evaluation, test: testSelection(dataset, { ...definition, dataset: uncapped }) }
}

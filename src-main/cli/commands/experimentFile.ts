import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { isExperimentText } from '../../../src-core/experiment/isExperiment.ts'
import { experimentFile } from '../../experiments/experimentSources.ts'
import type { Application } from '../application.ts'

/** Whether what a person named is an experiment: a preset of one, or a file that reads as one. */
export const isExperiment = async (
  { experiments, definitions }: Pick<Application, 'experiments' | 'definitions'>,
  name: string,
): Promise<boolean> => {
  try {
    return isExperimentText(await definitions.readText(await experimentFile(experiments, name)))
  } catch (error) {
    if (error instanceof SpiketuneError) return false
    throw error
  }
}

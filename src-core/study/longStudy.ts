/** What takes days, of which whoever starts it is asked first: one measure of it, for whatever is started. */
import { samplesOfShare, trainShareOf } from '../datasets/trainShare.ts'
import type { StudyDefinition } from './definition.ts'
import { type Estimate, possibleConfigurations, trialsOf } from './estimate.ts'
import { resolveHyperparameters } from './resolveHyperparameters.ts'

const dayMs = 24 * 3_600_000

/** A day and more in the mean; what has no end too. */
export const isOfDays = ({ totalMs }: Pick<Estimate, 'totalMs'>): boolean => totalMs === null || totalMs.mean >= dayMs

/** Trials that fit in a day; at least one. */
export const trialsInADay = ({ trialMs, workers }: Pick<Estimate, 'trialMs' | 'workers'>): number =>
  Math.max(1, Math.floor((dayMs / Math.max(1, trialMs.mean)) * workers))

/** Longer than any network takes for a sample, a few extraordinary ones apart. */
const slowestSampleMs = 1000

/**
 * Whether a study has so little to do, or so little time, that it takes less than a day on any machine: nothing has to be measured
 * for it. A study of which the definition does not say how much there is to do is none.
 */
export const isSurelyShort = (definition: StudyDefinition): boolean => {
  const { budget, dataset, network, replicates } = definition
  if ((budget.wallTimeMinutes ?? Infinity) * 60_000 < dayMs) return true
  const { trainSamples, testSamples = trainSamples } = dataset
  const trials = trialsOf(definition)
  if (trials === null || trainSamples === undefined || testSamples === undefined) return false
  // What an evolution takes is up to its populations.
  if (network.type === 'neuroprocessor') return false
  const shown = possibleConfigurations(definition).map((configuration) => {
    const all = resolveHyperparameters(definition, configuration)
    const epochs = typeof all['epochs'] === 'number' ? all['epochs'] : 1
    return epochs * samplesOfShare(trainSamples, trainShareOf(all)) + testSamples
  })
  return trials * replicates * Math.max(...shown) * slowestSampleMs < dayMs
}

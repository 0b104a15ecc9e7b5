/** What is said of seeds: a search measures each trial with one, which is a noisy measure. */
import { type ConfirmedTrial, seedDeviation } from '../confirmation/summarise.ts'

/** What a confirmation says of the seeds, in a sentence; empty: nothing is measured. */
export const seedWords = (trials: readonly ConfirmedTrial[], number: (value: number) => string): string => {
  const deviation = seedDeviation(trials)
  if (deviation !== null) {
    return `Seeds of the same trial differ by ${number(deviation)} (standard deviation), so a single run is no closer than that.`
  }
  return trials.some(({ mean }) => mean !== null) ? 'One seed of each: how much seeds differ is not known yet.' : ''
}

/** What a best of one seed is worth. */
export const oneSeedWords = 'One seed each: the best of many is optimistic until confirmed with others.'

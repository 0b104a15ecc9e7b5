import { createSummaryAccumulator, type SummaryInput } from '../../src-core/progress/summarise.ts'
import type { StudySummary, TrialRow } from '../../src-core/progress/readModel.ts'

/** The summary of a study, from all of its rows. */
export const summarise = (input: SummaryInput & { readonly trials: Iterable<TrialRow> }): StudySummary => {
  const accumulator = createSummaryAccumulator()
  for (const row of input.trials) accumulator.set(row)
  return accumulator.summary(input)
}

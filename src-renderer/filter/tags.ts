import type { TrialRow } from '../../src-core/progress/readModel.ts'

/** Every tag of a study with the number of its trials, the most used first. */
export const tagsOf = (trials: readonly TrialRow[]): { tag: string; trials: number }[] => {
  const counts = new Map<string, number>()
  for (const { annotation } of trials) {
    for (const tag of annotation.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, trials: count }))
    .sort((a, b) => b.trials - a.trials || a.tag.localeCompare(b.tag))
}

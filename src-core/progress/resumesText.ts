import { shareText } from '../checkpoint/checkpointHead.ts'

/** What is said of a waiting trial that has a checkpoint. @param share of its training that it need not do again */
export const resumesText = (share: number): string => `resumes at ${shareText(share)}`

/** Trials that are named; there may be as many as workers. */
const namedAtMost = 6

interface Resuming {
  readonly number: number
  readonly resumesAt: number
}

/** "trial 3 resumes at 63 %, trial 4 at 40 %"; empty where none does. */
export const resumingText = (trials: readonly Resuming[]): string => {
  const [first, ...others] = trials
  if (first === undefined) return ''
  const named = others
    .slice(0, namedAtMost - 1)
    .map((trial) => `trial ${trial.number} at ${shareText(trial.resumesAt)}`)
  const more = others.length - named.length
  return [
    `trial ${first.number} ${resumesText(first.resumesAt)}`,
    ...named,
    ...(more === 0 ? [] : [`${more} more where they were`]),
  ].join(', ')
}

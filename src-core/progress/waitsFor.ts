import type { StudyState, WaitsFor } from './readModel.ts'

/** @param waiting trials that still begin, such as those of a person's */
export const waitsForIn = (
  state: StudyState,
  timeIsUp: boolean,
  waiting: number,
  running: Iterable<number>,
): WaitsFor | null => {
  const because = state.kind === 'draining' ? state.kind : state.kind === 'running' && timeIsUp ? 'time-budget' : null
  const trials = [...running].sort((a, b) => a - b)
  return because === null || trials.length === 0 || (waiting > 0 && because === 'time-budget')
    ? null
    : { because, trials }
}

/** Trials that are named; there may be as many as workers. */
const namedAtMost = 6

/**
 * "Waiting for trials 3 and 4, about 3 min."
 * @param leftMs how long that takes; null: not known
 */
export const waitsForText = (
  { because, trials }: WaitsFor,
  leftMs: number | null,
  formatDuration: (durationMs: number) => string,
): string => {
  const named = trials.slice(0, namedAtMost).map(String)
  const more = trials.length - named.length
  const parts = more > 0 ? [...named, `${more} more`] : named
  const list = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
  const wait = `aiting for ${trials.length === 1 ? 'trial' : 'trials'} ${list}`
  const left = leftMs === null ? '' : `, about ${formatDuration(leftMs)}`
  return `${because === 'time-budget' ? 'The time is up: w' : 'W'}${wait}${left}.`
}

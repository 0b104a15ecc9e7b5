/** What happens to a study that a hook may be about. */
import { measuredObjective, measuredOrNull, objectivePhrase } from '../progress/objectiveText.ts'
import type { StudyChange, StudySnapshot, StudyState, StudySummary, TrialRow } from '../progress/readModel.ts'
import type { HookName } from '../study/hooksSchema.ts'
import { HOOK_INPUT_VERSION, type HookInput } from './hookInput.ts'

type HookEvent = Pick<HookInput, 'event' | 'trial' | 'reason' | 'message'>

/** Finds the events in the changes of a study: each trial is the best once, and fails once. */
export class HookEvents {
  #state: StudyState
  readonly #bests: Set<number>
  readonly #failed: Set<number>

  /** @param snapshot where the study stands; nothing of that is told again */
  constructor({ summary, trials }: Pick<StudySnapshot, 'summary' | 'trials'>) {
    this.#state = summary.state
    this.#bests = new Set(summary.best?.feasible === true ? [summary.best.number] : [])
    this.#failed = new Set(trials.filter(({ state }) => state === 'failed').map(({ number }) => number))
  }

  /** In the order in which they are to be told. @param atMs the date */
  in({ summary, trials }: StudyChange, atMs: number): HookInput[] {
    const events = [...this.#bestIn(summary), ...this.#failuresIn(summary, trials), ...this.#endIn(summary)]
    return events.map((event) => inputOf(summary, event, atMs))
  }

  #bestIn({ best, name, metric }: StudySummary): HookEvent[] {
    if (best?.feasible !== true || this.#bests.has(best.number)) return []
    this.#bests.add(best.number)
    const message = `${name}: best so far, ${bestPhrase(best, metric)}`
    return [{ event: 'onBest', trial: shown(best, metric), reason: 'best', message }]
  }

  #failuresIn({ name, metric }: StudySummary, trials: readonly TrialRow[]): HookEvent[] {
    return trials.flatMap(({ number, state, failure, objective }): HookEvent[] => {
      if (state !== 'failed' || failure === null || this.#failed.has(number)) return []
      this.#failed.add(number)
      // A person called it off, and knows.
      if (failure.reason === 'cancelled') return []
      const trial = { number, value: measuredOrNull(metric, objective) }
      return [
        {
          event: 'onError',
          trial,
          reason: failure.reason,
          message: `${name}: trial ${number} failed: ${failure.message}`,
        },
      ]
    })
  }

  #endIn({ state, name, best, metric }: StudySummary): HookEvent[] {
    const before = this.#state
    this.#state = state
    const wasActive = before.kind === 'running' || before.kind === 'draining'
    const event = (hook: HookName, reason: string, words: string): HookEvent => ({
      event: hook,
      trial: null,
      reason,
      message: `${name}: ${words}${best?.feasible === true ? `; best ${bestPhrase(best, metric)}` : ''}`,
    })
    if (state.kind === 'error' && before.kind !== 'error') {
      const words = `ended by an error: ${state.message}`
      return [event('onError', state.reason, words), event('onEnd', state.reason, words)]
    }
    if (!wasActive) return []
    if (state.kind === 'finished') return [event('onEnd', state.reason, `finished: ${state.detail}`)]
    return state.kind === 'paused' ? [event('onEnd', 'paused', 'paused')] : []
  }
}

type Best = NonNullable<StudySummary['best']>

const bestPhrase = ({ number, objective, standardError }: Best, metric: StudySummary['metric']): string =>
  `${objectivePhrase(metric, objective, standardError)} (trial ${number})`

const shown = (
  { number, objective, standardError }: Best,
  metric: StudySummary['metric'],
): NonNullable<HookInput['trial']> => ({
  number,
  value: measuredObjective(metric, objective),
  ...(standardError === undefined ? {} : { standardError }),
})

const inputOf = (summary: StudySummary, event: HookEvent, atMs: number): HookInput => {
  const { id, name, folder, elapsedMs, counts, metric, best } = summary
  return {
    version: HOOK_INPUT_VERSION,
    ...event,
    study: { id, name, folder },
    time: new Date(atMs).toISOString(),
    elapsedMs,
    counts,
    metric,
    best: best === null ? null : { ...shown(best, metric), feasible: best.feasible },
    skipped: 0,
  }
}

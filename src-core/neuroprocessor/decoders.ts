/*
 * What the spikes of a network's outputs say (eons.md section 4): the number of a class, or of an action.
 *
 * winner   the output that fired most
 * rate     low + fires / runSteps (high - low) of the only output, from 0 to the last answer, rounded
 * first    the output that fired first
 *
 * Of equals the output that stands first wins. Silence says 0.
 */
export const decoders = ['winner', 'rate', 'first'] as const
export type Decoder = (typeof decoders)[number]

interface Reading {
  readonly decoder: Decoder
  /** Classes, or actions. */
  readonly answers: number
  /** A neuron fires at most once in a step. */
  readonly runSteps: number
}

/** Beyond this lead an answer is clear enough; more would only reward networks that fire more. */
const clearLead = 3

/** Outputs that a network needs to say any of the answers. */
export const outputsFor = ({ decoder, answers }: Pick<Reading, 'decoder' | 'answers'>): number =>
  decoder === 'rate' ? 1 : answers

/** What the outputs of a network did in a run. */
interface OutputSpikes {
  /** [outputs]: how often each fired. */
  readonly fires: ArrayLike<number>
  /** [outputs]: the step of its first spike in the run; -1: none. */
  readonly firstSteps: ArrayLike<number>
}

/** The answer of a network, from 0 on. */
export const decodeAnswer = ({ decoder, answers, runSteps }: Reading, { fires, firstSteps }: OutputSpikes): number => {
  if (decoder === 'rate') return Math.min(answers - 1, Math.round(((fires[0] ?? 0) / runSteps) * (answers - 1)))
  let found = 0
  let most = 0
  let earliest = Infinity
  for (let output = 0; output < fires.length; output++) {
    const count = fires[output] ?? 0
    const first = firstSteps[output] ?? -1
    const better = decoder === 'winner' ? count > most : first >= 0 && first < earliest
    if (!better) continue
    found = output
    most = count
    earliest = first
  }
  return found
}

/**
 * How clearly the outputs say the right answer; negative where they say another, 0 at a draw. Winner: spikes that its output is ahead
 * of the best other; first: steps that it is earlier, silence being as late as the run is long; both from -3 to 3. Rate: how
 * much nearer the value is to this answer than to where it would be rounded to the next, from half an answer down to -3.
 */
export const answerMargin = (
  { decoder, answers, runSteps }: Reading,
  { fires, firstSteps }: OutputSpikes,
  right: number,
): number => {
  if (decoder === 'rate') {
    const value = ((fires[0] ?? 0) / runSteps) * (answers - 1)
    return Math.max(-clearLead, 0.5 - Math.abs(value - right))
  }
  const strengthOf = (output: number): number => {
    if (decoder === 'winner') return fires[output] ?? 0
    const first = firstSteps[output] ?? -1
    return first < 0 ? -runSteps : -first
  }
  let other = -Infinity
  for (let output = 0; output < answers; output++) if (output !== right) other = Math.max(other, strengthOf(output))
  return Math.max(-clearLead, Math.min(clearLead, strengthOf(right) - other))
}

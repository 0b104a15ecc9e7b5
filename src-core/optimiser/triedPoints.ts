/** Which points of a space were tried already, where they can repeat at all: where no real parameter applies. */
import { configurationAt, cardinality } from '../space/finiteSpace.ts'
import type { Configuration, SearchSpace } from '../space/parameter.ts'
import { createGenerator } from '../random/generator.ts'
import type { Seed } from '../random/seed.ts'
import type { FinishedTrial } from '../trial/trial.ts'
import type { Ask, PendingTrial } from './optimiser.ts'

/** The tried points, last one first: telling adds one and leaves the state before as it is. */
export interface TriedPoints {
  readonly key: string
  readonly before: TriedPoints | null
}

/** Draws before the rest of a finite space is gone through one by one. */
const mostDraws = 100

/** An optimiser's memory for points that can repeat. */
export interface Repeats {
  tell(tried: TriedPoints | null, trial: FinishedTrial): TriedPoints | null
  /**
   * The first of `draw(0)`, `draw(1)`, ... that was not tried; else, in a finite space, any point left over.
   * @param draw is asked for at most 100 configurations
   */
  ask(
    tried: TriedPoints | null,
    pending: readonly PendingTrial[],
    draw: (attempt: number) => Configuration,
    seed: Seed,
    explanation: Readonly<Record<string, unknown>>,
  ): Ask
}

export function repeatsOf(space: SearchSpace): Repeats {
  const points = cardinality(space)
  const names = Object.keys(space)
  const keyOf = (configuration: Configuration): string =>
    JSON.stringify(names.map((name) => (Object.hasOwn(configuration, name) ? configuration[name] : null)))
  const canRepeat = (configuration: Configuration): boolean =>
    names.every((name) => space[name]?.type !== 'real' || !Object.hasOwn(configuration, name))

  const usedBy = (tried: TriedPoints | null, pending: readonly PendingTrial[]): ReadonlySet<string> => {
    const used = new Set<string>()
    for (let point = tried; point; point = point.before) used.add(point.key)
    for (const { configuration } of pending) if (canRepeat(configuration)) used.add(keyOf(configuration))
    return used
  }
  /** The first free one of all points, from a random one on. */
  const findFree = (used: ReadonlySet<string>, seed: Seed): Configuration => {
    const start = createGenerator(seed).below(points)
    for (let offset = 0; offset < points; offset++) {
      const configuration = configurationAt(space, (start + offset) % points)
      if (!used.has(keyOf(configuration))) return configuration
    }
    throw new Error(`all ${points} points are used, though ${used.size} were counted`)
  }

  return {
    tell: (tried, { configuration }) =>
      canRepeat(configuration) ? { key: keyOf(configuration), before: tried } : tried,
    ask: (tried, pending, draw, seed, explanation) => {
      const first = draw(0)
      if (!canRepeat(first)) return { kind: 'candidate', configuration: first, explanation }
      const used = usedBy(tried, pending)
      if (used.size >= points) return { kind: 'exhausted', reason: `all ${points} points of the space were tried` }
      for (let attempt = 0; attempt < mostDraws; attempt++) {
        const configuration = attempt === 0 ? first : draw(attempt)
        if (canRepeat(configuration) && used.has(keyOf(configuration))) continue
        const redrawn = attempt === 0 ? {} : { redrawn: attempt }
        return { kind: 'candidate', configuration, explanation: { ...explanation, ...redrawn } }
      }
      // Where real parameters apply elsewhere in the space, a repeat is better than no answer.
      if (!Number.isFinite(points)) {
        return { kind: 'candidate', configuration: first, explanation: { ...explanation, repeated: true } }
      }
      const free = findFree(used, seed)
      return { kind: 'candidate', configuration: free, explanation: { ...explanation, leftOver: true } }
    },
  }
}

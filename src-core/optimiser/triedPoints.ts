/**
 * Which configurations of a space were tried already. Those without a real value repeat because there are few; those with
 * one because rounding makes many draws the same number: near 1, a reversed logarithm of 1e-300 to 1 has no other.
 */
import { configurationAt, cardinality } from '../space/finiteSpace.ts'
import { type Impossibility, whyImpossible } from '../space/impossibility.ts'
import type { Configuration, SearchSpace } from '../space/parameter.ts'
import { sampleConfiguration } from '../space/space.ts'
import { createGenerator } from '../random/generator.ts'
import type { Seed } from '../random/seed.ts'
import type { FinishedTrial } from '../trial/trial.ts'
import type { Ask, PendingTrial } from './optimiser.ts'

/** The tried points, last one first: telling adds one and leaves the state before as it is. */
export interface TriedPoints {
  readonly key: string
  readonly before: TriedPoints | null
}

/** Draws of the optimiser before the rest of a finite space is gone through one by one. */
const mostDraws = 100
/** Draws from the whole of an infinite space after these. */
const mostDrawsOfSpace = 1000
/** Points of a finite space that are looked at for one that is possible and free. */
const mostLooks = 1_000_000

interface Draws {
  readonly pending: readonly PendingTrial[]
  /** Is asked for at most 100 configurations. */
  readonly draw: (attempt: number) => Configuration
  /** Of what is taken where every draw was tried. */
  readonly seed: Seed
  readonly explanation: Readonly<Record<string, unknown>>
}

/** An optimiser's memory of points. */
export interface Repeats {
  tell(tried: TriedPoints | null, trial: FinishedTrial): TriedPoints | null
  /**
   * The first of `draw(0)`, `draw(1)`, ... that is possible and was not tried; else any such point left over of a finite
   * space, or a random one of an infinite space.
   */
  ask(tried: TriedPoints | null, draws: Draws): Ask
}

/** What was told or is under way. */
interface UsedPoints {
  readonly count: number
  has(configuration: Configuration): boolean
}

export const repeatsOf = (space: SearchSpace, rules: readonly Impossibility[] = []): Repeats => {
  const points = cardinality(space)
  const isPossible = (configuration: Configuration): boolean => whyImpossible(rules, configuration) === undefined
  const names = Object.keys(space)
  const keyOf = (configuration: Configuration): string =>
    JSON.stringify(names.map((name) => (Object.hasOwn(configuration, name) ? configuration[name] : null)))
  let last: TriedPoints | null = null
  let toldKeys = new Set<string>()
  /** Those of a state; of the state that follows the last one, only what was told since is added. */
  const keysOf = (tried: TriedPoints | null): ReadonlySet<string> => {
    const added: string[] = []
    let point = tried
    for (; point !== null && point !== last; point = point.before) added.push(point.key)
    if (point !== last) toldKeys = new Set()
    for (const key of added) toldKeys.add(key)
    last = tried
    return toldKeys
  }
  const usedBy = (tried: TriedPoints | null, pending: readonly PendingTrial[]): UsedPoints => {
    const told = keysOf(tried)
    const underWay = new Set(pending.map(({ configuration }) => keyOf(configuration)).filter((key) => !told.has(key)))
    const has = (configuration: Configuration): boolean => {
      const key = keyOf(configuration)
      return told.has(key) || underWay.has(key)
    }
    return { count: told.size + underWay.size, has }
  }
  /** The first possible and free one of all points, from a random one on; null: there is none. */
  const findFree = (used: UsedPoints, seed: Seed): Configuration | null => {
    const start = createGenerator(seed).below(points)
    for (let offset = 0; offset < Math.min(points, mostLooks); offset++) {
      const configuration = configurationAt(space, (start + offset) % points)
      if (!used.has(configuration) && isPossible(configuration)) return configuration
    }
    return null
  }

  return {
    tell: (tried, { configuration }) => ({ key: keyOf(configuration), before: tried }),
    ask: (tried, { pending, draw, seed, explanation }) => {
      const used = usedBy(tried, pending)
      if (used.count >= points) return { kind: 'exhausted', reason: `all ${points} points of the space were tried` }
      const first = draw(0)
      for (let attempt = 0; attempt < mostDraws; attempt++) {
        const configuration = attempt === 0 ? first : draw(attempt)
        if (used.has(configuration) || !isPossible(configuration)) continue
        const redrawn = attempt === 0 ? {} : { redrawn: attempt }
        return { kind: 'candidate', configuration, explanation: { ...explanation, ...redrawn } }
      }
      if (Number.isFinite(points)) {
        const free = findFree(used, seed)
        if (free === null) return { kind: 'exhausted', reason: 'all possible points of the space were tried' }
        return { kind: 'candidate', configuration: free, explanation: { ...explanation, leftOver: true } }
      }
      // A model may draw from a corner that holds few numbers: the whole space has others.
      const generator = createGenerator(seed)
      let repeated = isPossible(first) ? first : null
      for (let attempt = 0; attempt < mostDrawsOfSpace; attempt++) {
        const configuration = sampleConfiguration(
          space,
          names.map(() => generator.next()),
        )
        if (!isPossible(configuration)) continue
        if (used.has(configuration)) {
          repeated ??= configuration
          continue
        }
        return { kind: 'candidate', configuration, explanation: { ...explanation, redrawn: mostDraws + attempt } }
      }
      // Where real parameters hardly ever apply, a repeat is better than no answer.
      if (repeated !== null) {
        return { kind: 'candidate', configuration: repeated, explanation: { ...explanation, repeated: true } }
      }
      const reason = `none of ${mostDrawsOfSpace} points drawn from the space can be: ${whyImpossible(rules, first) ?? ''}`
      return { kind: 'exhausted', reason }
    },
  }
}

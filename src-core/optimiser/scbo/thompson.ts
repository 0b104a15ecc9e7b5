import type { Seed } from '../../random/seed.ts'
import { type Box, candidatesIn } from './candidates.ts'
import { type Candidate, polished } from './polish.ts'
import { isPreferred, type SampledFunctions } from './sampledFunctions.ts'
import type { ScboSetup } from './settings.ts'

/** The best point of the box, if the sampled functions were the truth. */
export interface Choice {
  readonly candidate: Candidate
  readonly source: 'candidate' | 'polished'
}

/** Candidates that are polished: fewer where a step is dear. */
const polishedCandidates = (told: number): number => (told <= 300 ? 4 : 2)

interface Choosing extends Pick<ScboSetup, 'space' | 'settings'> {
  readonly box: Box
  /** The number of told trials. */
  readonly told: number
  readonly isTried: (point: Float64Array) => boolean
  readonly seed: Seed
}

/**
 * Thompson sampling: the candidate that the drawn functions like best, or where it leads along their gradient.
 * @returns null when every candidate was tried
 */
export const chooseByThompson = (
  functions: SampledFunctions,
  { space, settings, box, told, isTried, seed }: Choosing,
): Choice | null => {
  const points = candidatesIn(space, box, settings.candidates, seed)
  const values = functions.evaluate(points)
  const candidates = points.flatMap((point, index): Candidate[] => {
    const found = values[index]
    return found ? [{ point, values: found }] : []
  })
  const most = polishedCandidates(told)
  const untried = firstFew(candidates.sort(byPreference), most, ({ point }) => !isTried(point))
  const [plain] = untried
  if (plain === undefined) return null
  const [best] = settings.polish
    ? untried
        .map((candidate) => polished(functions, space, box, candidate))
        .filter(({ point }) => !isTried(point))
        .sort(byPreference)
    : []
  return best && isPreferred(best.values, plain.values)
    ? { candidate: best, source: 'polished' }
    : { candidate: plain, source: 'candidate' }
}

const byPreference = (a: Candidate, b: Candidate): number => {
  if (isPreferred(a.values, b.values)) return -1
  return isPreferred(b.values, a.values) ? 1 : 0
}

/** The first `most` items that are wanted; the others are not looked at. */
const firstFew = <Item>(items: readonly Item[], most: number, isWanted: (item: Item) => boolean): Item[] => {
  const found: Item[] = []
  for (const item of items) {
    if (found.length === most) break
    if (isWanted(item)) found.push(item)
  }
  return found
}

/** The sections of the editor: which part of a definition each shows. */
import type { LocatedProblem } from '../../src-core/study/definitionError.ts'

export type SectionId = 'study' | 'data' | 'network' | 'space' | 'constraints' | 'optimiser' | 'budget' | 'devices'

interface Section {
  readonly id: SectionId
  readonly title: string
  /** Keys of the definition that it shows. */
  readonly keys: readonly string[]
}

export const sections: readonly Section[] = [
  { id: 'study', title: 'Study', keys: ['version', 'name', 'description', 'seeds', 'provenance'] },
  { id: 'data', title: 'Data', keys: ['dataset', 'encoding', 'objective'] },
  { id: 'network', title: 'Network', keys: ['network', 'training'] },
  { id: 'space', title: 'Search space', keys: ['space', 'fixed'] },
  { id: 'constraints', title: 'Constraints', keys: ['silence', 'constraints', 'pruning'] },
  { id: 'optimiser', title: 'Optimiser', keys: ['optimiser'] },
  {
    id: 'budget',
    title: 'Budget',
    keys: ['budget', 'replicates', 'racing', 'attempts', 'timeLimitMinutes', 'keepNetworks'],
  },
  { id: 'devices', title: 'Devices', keys: ['workers'] },
]

/** Such as `silence` of `silence.layers[0].alpha`. */
const firstKey = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? ''

/** The section where a problem is shown; what belongs to none is said with the first. */
export const sectionOf = (path: string): SectionId =>
  sections.find(({ keys }) => keys.includes(firstKey(path)))?.id ?? 'study'

export const problemsIn = (problems: readonly LocatedProblem[], id: SectionId): readonly LocatedProblem[] =>
  problems.filter(({ path }) => sectionOf(path) === id)

/** Is `path` this place, or one within it? */
export const isWithin = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`)

/** What is said beside a field: "Found 0, allowed a whole number from 1". */
export const problemText = ({ found, allowed }: LocatedProblem): string => `Found ${found}, allowed ${allowed}.`

/** The problems of a place itself and of nothing that `shown` shows on its own. */
export const problemsAt = (
  problems: readonly LocatedProblem[],
  place: string,
  shown: readonly string[] = [],
): readonly LocatedProblem[] =>
  problems.filter(({ path }) => isWithin(path, place) && !shown.some((other) => isWithin(path, other)))

/** Every term that the window and the terminal show and that a newcomer may not know: docs/glossary.md is made of this. */
import type { GlossaryEntry } from './entry.ts'
import { networkTerms } from './networkTerms.ts'
import { searchTerms } from './searchTerms.ts'
import { studyTerms } from './studyTerms.ts'

const entries = { ...studyTerms, ...searchTerms, ...networkTerms }

export type TermKey = keyof typeof entries
export const glossary: Readonly<Record<TermKey, GlossaryEntry>> = entries

/** By alphabet. */
export const sortedTerms: readonly GlossaryEntry[] = Object.values(glossary).sort((a, b) =>
  a.term.localeCompare(b.term),
)

const plain = (text: string): string => text.toLowerCase().replaceAll('²', '2')

/** Terms that a word is of: those that are called so first, then those called otherwise, then those that mention it. */
export const findTerms = (word: string): readonly GlossaryEntry[] => {
  const wanted = plain(word.trim())
  if (wanted === '') return sortedTerms
  const rankOf = ({ term, text, synonyms = [] }: GlossaryEntry): number => {
    if (plain(term).startsWith(wanted)) return 0
    if ([term, ...synonyms].some((name) => plain(name).includes(wanted))) return 1
    return plain(text).includes(wanted) ? 2 : 3
  }
  return sortedTerms
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry)
}

/** What stands behind a term, in a line: unit, other words, source. */
export const termFacts = ({ unit, synonyms, source }: GlossaryEntry): readonly string[] => [
  ...(unit === undefined ? [] : [`In: ${unit}.`]),
  ...(synonyms === undefined ? [] : [`Also: ${synonyms.join(', ')}.`]),
  ...(source === undefined ? [] : [`Source: ${source}.`]),
]

/** The text of docs/glossary.md. */
export const glossaryMarkdown = (): string => {
  const entry = (one: GlossaryEntry): string => {
    const more = one.page === undefined ? [] : [`[More](${one.page}).`]
    return `## ${one.term}\n\n${[one.text, ...termFacts(one), ...more].join(' ')}\n`
  }
  return [
    '# Glossary\n',
    'What the terms of the window and of the terminal mean. Made from `src-core/glossary`; `npx vitest -u --project unit test/core/glossary`',
    'writes it anew. In the window they are told where they stand, by pointer and by Tab, and `spiketune glossary <term>` finds them.\n',
    ...sortedTerms.map(entry),
  ].join('\n')
}

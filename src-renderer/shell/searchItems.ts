/** How well a text answers a search as it is typed: every word must be found, at best at the beginning of a word. */

const wordScore = (text: string, word: string): number | null => {
  const at = text.indexOf(word)
  if (at >= 0) return at === 0 ? 3 : /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 2 : 1
  // Letters in order, as in "exbe" for "export best".
  let from = 0
  for (const letter of word) {
    from = text.indexOf(letter, from) + 1
    if (from === 0) return null
  }
  return 0
}

/** null: it does not answer. The larger, the better. */
export const searchScore = (text: string, query: string): number | null => {
  const lower = text.toLowerCase()
  let score = 0
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = wordScore(lower, word)
    if (found === null) return null
    score += found
  }
  return score
}

/** The items that answer a search, the best first, equal ones in their order. */
export const searchItems = <Item>(items: readonly Item[], query: string, textOf: (item: Item) => string): Item[] =>
  items
    .map((item) => ({ item, score: searchScore(textOf(item), query) }))
    .filter((found): found is { item: Item; score: number } => found.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item)

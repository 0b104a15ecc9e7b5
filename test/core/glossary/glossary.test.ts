import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findTerms, glossary, glossaryMarkdown, sortedTerms } from '../../../src-core/glossary/glossary.ts'

const docs = join(import.meta.dirname, '../../../docs')
const namesOf = (word: string): string[] => findTerms(word).map(({ term }) => term)

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')

describe('the glossary', () => {
  it('in docs is the one of this version; `npx vitest -u --project unit test/core/glossary` writes it anew', async () => {
    await expect(glossaryMarkdown()).toMatchFileSnapshot('../../../docs/glossary.md')
  })

  it('says each term in one or two sentences, once, and links to what there is', () => {
    const terms = Object.values(glossary)
    expect(new Set(terms.map(({ term }) => term.toLowerCase())).size).toBe(terms.length)
    for (const { term, text, page } of terms) {
      expect(text, term).toMatch(/[.]$/)
      expect(text.match(/[.:;](?=\s|$)/g)?.length, term).toBeLessThanOrEqual(5)
      expect(text.length, term).toBeLessThanOrEqual(230)
      if (page === undefined) continue
      const [file = '', anchor = ''] = page.split('#')
      expect(existsSync(join(docs, file)), page).toBe(true)
      const headings = readFileSync(join(docs, file), 'utf8').matchAll(/^#+ (.+)$/gm)
      expect(
        [...headings].map(([, heading = '']) => anchorOf(heading)),
        page,
      ).toContain(anchor)
    }
  })

  it('is found by a term, by another word for it, and by what is said of it', () => {
    expect(namesOf('q2')[0]).toBe('Q²')
    expect(namesOf('ARD')).toContain('Lengthscale')
    expect(namesOf('alpha')[0]).toBe('Alpha (α)')
    expect(namesOf('α')).toContain('Alpha (α)')
    expect(namesOf('Student')).toContain('95 % interval')
    expect(namesOf('no such thing')).toEqual([])
    expect(findTerms(' ')).toEqual(sortedTerms)
  })
})

import { describe, expect, it } from 'vitest'
import { DefinitionError, problem } from '../../../src-core/study/definitionError.ts'
import { parseYaml } from '../../../src-core/study/yamlSource.ts'

const refusal = (text: string): string => {
  try {
    parseYaml(text, 'a.yaml')
  } catch (error) {
    if (error instanceof DefinitionError) return error.message.replace('a.yaml has a problem:\n', '')
    throw error
  }
  throw new Error('was parsed')
}

describe('parseYaml', () => {
  it('refuses what is no YAML', () => {
    expect(refusal('a: [1, 2\nb: 3')).toMatch(/^a\.yaml:2:1: found what is no YAML \(.+\), allowed YAML$/)
    expect(refusal('a: 1\n\tb: 2')).toContain('a.yaml:2:1: found what is no YAML (Tabs are not allowed as indentation)')
    expect(refusal('a: !python/object {}')).toContain('a.yaml:1:4: found what is no YAML (Unresolved tag')
  })

  it.each(['', '  \n# only a comment\n', '---\n', 'null'])('refuses the empty file %j', (text) => {
    expect(refusal(text)).toMatch(/^a\.yaml:1:1: found nothing, allowed a definition$/)
  })

  it('refuses a second document', () => {
    expect(refusal('a: 1\n---\nb: 2\n')).toBe('a.yaml:2:1: found a second document, allowed one definition in a file')
  })

  it('refuses aliases, so that nothing can expand', () => {
    const bomb = Array.from({ length: 30 }, (_, index) => `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}]`)
    expect(refusal(['a: &a-1 [1]', ...bomb].join('\n'))).toMatch(/found the alias \*a-1, allowed the value itself/)
    expect(refusal('a: &a { b: *a }')).toBe('a.yaml:1:12: found the alias *a, allowed the value itself')
    expect(refusal('a: *b')).toContain('found the alias *b')
  })

  it.each(['[', '{a: ', '- ', '? '])('refuses endless nesting of %j without recursing into it', (opening) => {
    expect(refusal(opening.repeat(250_000))).toBe('a.yaml:1:1: found values nested too deeply, allowed a definition')
  })

  it('refuses a file of nothing but signs before it makes a mistake of each', () => {
    expect(refusal(`a: [${','.repeat(1_000_000)}]`)).toContain('found more than 200000 words and signs')
  })

  it('refuses a file that is too long to be a definition', () => {
    expect(refusal(`a: ${'x'.repeat(1024 * 1024)}`)).toMatch(
      /found 1048579 characters, allowed a definition of at most/,
    )
  })

  it('refuses keys that are no text', () => {
    expect(refusal('? [1, 2]\n: 3')).toBe('a.yaml:1:3: found a list or a map as a key, allowed text')
    expect(refusal('a: { __proto__: { b: 1 } }')).toBe('a.yaml:1:6: found the key __proto__, allowed another')
  })

  it('knows the place of a value, of a key, and of what is not there', () => {
    const source = parseYaml('# first\na:\n  - b: 1\n  - c: two\nd:\ne: {}\n', 'a.yaml')
    const place = (path: readonly (string | number)[], at: 'key' | 'value' = 'value') => {
      const [told] = source.refusal(source.place([{ path, at, words: () => ['', ''] }])).problems
      return [told?.line, told?.column]
    }
    expect(source.value).toEqual({ a: [{ b: 1 }, { c: 'two' }], d: null, e: {} })
    expect(place(['a', 1, 'c'])).toEqual([4, 8])
    expect(place(['a', 1, 'c'], 'key')).toEqual([4, 5])
    expect(place(['a', 1, 'x'])).toEqual([4, 5])
    expect(place(['a', 7])).toEqual([3, 3])
    expect(place(['d'])).toEqual([5, 1])
    expect(place(['e', 'f', 'g'])).toEqual([6, 4])
    expect(place(['x', 'y'])).toEqual([2, 1])
    const { problems } = source.refusal(source.place([problem(['a', 1, 'c'], 'value', '', '')]))
    expect(problems[0]?.path).toBe('a[1].c')
  })

  it('does not mind a byte order mark or the line ends of other systems', () => {
    const source = parseYaml('\ufeffa: 1\r\nb: 2\r\n', 'a.yaml')
    expect(source.value).toEqual({ a: 1, b: 2 })
    const { problems } = source.refusal(source.place([problem(['b'], 'key', '', '')]))
    expect(problems).toMatchObject([{ line: 2, column: 1 }])
  })
})

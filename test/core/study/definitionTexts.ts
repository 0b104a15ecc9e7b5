import { expect } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { DefinitionError } from '../../../src-core/study/definitionError.ts'

/** A definition with nothing but what it must have. */
export const least = `version: 2
name: least
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
`
export const withSpace = (lines: string, rest = 'budget: { trials: 5 }\n'): string =>
  `${least}${rest}space:\n${lines.replace(/^/gm, '  ')}\n`

/** Every problem as one line of the message, without the name of the file. */
export const problemsOf = (text: string): readonly string[] => {
  try {
    decodeDefinition(text, 'a.yaml')
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    expect(error.code).toBe('definition-invalid')
    const [first, ...lines] = error.message.split('\n')
    expect(first).toMatch(/^a\.yaml has (a problem|\d+ problems):$/)
    expect(lines).toHaveLength(error.problems.length + (error.more === 0 ? 0 : 1))
    return lines.map((line) => line.replace(/^a\.yaml:/, ''))
  }
  throw new Error('was decoded')
}

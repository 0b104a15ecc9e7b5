/** The bounds that a fork is given on the command line. */
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { narrowBounds, type WantedBounds } from '../../../src-core/study/narrowBounds.ts'
import { narrowYaml } from '../../../src-core/study/narrowYaml.ts'
import { upgradeYaml } from '../../../src-core/study/upgradeYaml.ts'
import type { SourcedDefinition } from '../../studies/definitionSources.ts'

const invalid = (message: string): SpiketuneError => new SpiketuneError('bounds-invalid', message)

/** Numbers as `low:high`, either of them left out; choices as `all,vote`. */
const parseBounds = (space: SearchSpace, words: readonly string[]): WantedBounds => {
  const ranges: Record<string, WantedBounds['ranges'][string]> = {}
  const categories: Record<string, readonly string[]> = {}
  for (const word of words) {
    const [, name = '', text = ''] = /^([^=]+)=(.+)$/s.exec(word) ?? []
    const parameter = Object.hasOwn(space, name) ? space[name] : undefined
    if (parameter === undefined) {
      throw invalid(`"${word}": give bounds as name=low:high or name=choice,choice; searched are ${names(space)}.`)
    }
    if (Object.hasOwn(ranges, name) || Object.hasOwn(categories, name)) throw invalid(`${name} is given twice.`)
    if (parameter.type === 'categorical') categories[name] = text.split(',').map((choice) => choice.trim())
    else ranges[name] = parseRange(word, text)
  }
  return { ranges, categories }
}

const names = (space: SearchSpace): string => Object.keys(space).join(', ') || 'none'

const parseRange = (word: string, text: string): WantedBounds['ranges'][string] => {
  const [, low = '', high = ''] = /^([^:]*):([^:]*)$/.exec(text.trim()) ?? []
  const range = {
    low: low.trim() === '' ? -Infinity : Number(low),
    high: high.trim() === '' ? Infinity : Number(high),
  }
  if (!text.includes(':') || low + high === '' || !(range.low <= range.high)) {
    throw invalid(`"${word}" is no range: give numbers as low:high, such as 40:120, or 40: for all from 40 on.`)
  }
  return range
}

/**
 * The definition with narrower bounds.
 * @throws {SpiketuneError} bounds-invalid, where one of them cannot be, or where none would become narrower
 */
export const withBounds = ({ definition, source }: SourcedDefinition, words: readonly string[]): SourcedDefinition => {
  const wanted = parseBounds(definition.space, words)
  const unknown = Object.entries(wanted.categories).flatMap(([name, choices]) => {
    const parameter = definition.space[name]
    const known: readonly string[] = parameter?.type === 'categorical' ? parameter.choices : []
    return choices
      .filter((choice) => !known.includes(choice))
      .map((choice) => `${name} has no choice ${choice}; it has ${known.join(', ')}.`)
  })
  const { bounds, refused } = narrowBounds(definition.space, wanted)
  if (unknown.length + refused.length > 0) throw invalid([...unknown, ...refused].join('\n'))
  const text = narrowYaml(
    upgradeYaml(source, () => []),
    bounds,
  )
  if (bounds.length === 0 || text === null) throw invalid('No bound would become narrower than it is.')
  return { definition: decodeDefinition(text, 'The definition with these bounds'), source: text }
}

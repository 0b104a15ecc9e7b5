import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { constraintTitle, metricLabel } from '../../../src-core/progress/constraintTitle.ts'
import { metricConstraintName } from '../../../src-core/stopping/constraints.ts'
import { constraintName } from '../../../src-core/stopping/silenceRule.ts'
import { nonSpikingShare, nonSpikingShareOf, wordsOf } from '../../../src-core/study/studyWords.ts'

const root = join(import.meta.dirname, '../../..')
const rooms = ['src-core', 'src-worker', 'src-main', 'src-renderer']

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(root, folder, file))

/** A source without what nobody reads on a screen: comments, styles, imports. */
const texts = (source: string): string =>
  source
    .replaceAll(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/^import [\s\S]*? from .*$/gm, '')

/** Names that the share has had, or might be given by who does not know that it has one. */
const otherNames: readonly RegExp[] = [
  /\b(?:share|fraction|percentage|proportion|rate) (?:of )?(?:the )?(?:silent|inactive|quiet|non-?spiking|dead)\b/i,
  /\b(?:silent|silence|inactive|quiet) (?:share|fraction|percentage|samples|outputs)\b/i,
  /\bsilent (?:\$\{|\{|excitatory|inhibitory|layers?\b)/i,
  /\blayer (?:was |is )?silent for\b/i,
  /\bnon spiking\b|\bnonspiking (?:share|samples|networks)\b/,
  // The stored name of a constraint, in a text.
  /["'`>]silence:[a-z$]/i,
]

/** Where it is decided, and where the words cannot be imported from. */
const decidedIn = ['src-core/study/studyWords.ts', 'src-core/study/silenceSchema.ts']
/** Where the stored name is made. */
const storedIn = 'src-core/stopping/silenceRule.ts'

const complaints = (file: string, source: string): string[] => {
  const name = relative(root, file)
  const found = otherNames.flatMap((other) => (name === storedIn ? null : other.exec(source)) ?? [])
  const written = rooms.some((room) => name.startsWith(`${room}/`)) && !decidedIn.includes(name)
  const own = written ? (/non-spiking/i.exec(source) ?? []) : []
  return [...found, ...own].map((text) => `${name}: ${text}`)
}

describe('the non-spiking share', () => {
  it('has one name, which every text takes from the table of words', () => {
    const sources = rooms.flatMap((room) => filesIn(room, /\.(ts|svelte)$/))
    expect(sources.length).toBeGreaterThan(500)
    expect(sources.flatMap((file) => complaints(file, texts(readFileSync(file, 'utf8'))))).toEqual([])
  })

  it('has that name in the documentation too', () => {
    const pages = [join(root, 'README.md'), ...filesIn('docs', /\.md$/)]
    expect(pages.flatMap((file) => complaints(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  it('is not mistaken where another name is written', () => {
    const seen = (text: string): number => complaints(join(root, 'src-renderer/x.ts'), texts(text)).length
    for (const text of [
      'title: `Share of silent samples`',
      'the share of non-spiking samples',
      '<dt>silent {layer}</dt>',
      "name: 'silence:excitatory'",
      'Non-spiking share, written by hand',
      'the excitatory layer was silent for 3 %',
    ]) {
      expect(seen(text), text).toBeGreaterThan(0)
    }
    for (const text of [
      '// the share of silent samples',
      'Early stopping of silent networks',
      '<h3>{nonSpikingShare}</h3>',
      'Silent neurons of a channel',
    ]) {
      expect(seen(text), text).toBe(0)
    }
  })

  it('is what the constraint of a watched layer is called, beside limits by their metrics', () => {
    expect(nonSpikingShare).toBe('non-spiking share')
    expect(constraintTitle(constraintName('excitatory'))).toBe(nonSpikingShareOf('excitatory'))
    expect(constraintTitle(constraintName('conv1'))).toBe('conv1 non-spiking share')
    expect(constraintTitle(metricConstraintName('spikesPerSample'))).toBe('spikes per sample')
    const limit = { name: 'metric:accuracy', metric: 'accuracy', shown: 'score', side: 'atLeast', limit: 0.5 } as const
    expect(constraintTitle('metric:accuracy', [limit])).toBe('score')
    expect(constraintTitle('failure')).toBe('failure')
  })

  it('is told from that of the samples which a training has seen', () => {
    expect(metricLabel('nonSpikingShareExcitatory', wordsOf('diehl-cook'))).toBe(
      'excitatory non-spiking share of samples seen',
    )
    expect(metricLabel('nonSpikingSharePopulation', wordsOf('neuroprocessor'))).toBe(
      'population non-spiking share of networks seen',
    )
    expect(metricLabel('spikesPerSample', wordsOf('layered'))).toBe('spikesPerSample')
  })
})

import type { Command } from 'commander'
import type { GlossaryEntry } from '../../../src-core/glossary/entry.ts'
import { findTerms, sortedTerms, termFacts } from '../../../src-core/glossary/glossary.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { probablyMeant } from '../../../src-core/study/wording.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import type { Styles } from '../text/styledLine.ts'
import { examples, type RunAction } from './command.ts'

export const addGlossaryCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('glossary')
    .argument('[term]', 'such as lengthscale, beta, "trust region"')
    .summary('what a term means')
    .description('Says what the terms of Spiketune mean: all of them, or those that a word is of.')
    .addHelpText('after', examples([['spiketune glossary lengthscale', 'what a lengthscale is']]))
    .action(
      run((options: GlobalOptions, word = '') => {
        const { terminal } = application
        const found = findTerms(word)
        if (found.length === 0) throw unknownTerm(word)
        for (const entry of found) {
          terminal.print(options.json ? JSON.stringify(entry) : entryText(entry, terminal.columns, terminal.styles))
        }
        return Promise.resolve(exitCodes.success)
      }),
    )
}

const unknownTerm = (word: string): SpiketuneError => {
  const names = sortedTerms.flatMap(({ term, synonyms = [] }) => [term, ...synonyms])
  const meant = probablyMeant(word, names)
  const hint = meant === null ? 'spiketune glossary lists all terms.' : `Did you mean ${meant}?`
  return new SpiketuneError('configuration-invalid', `The glossary has no term ${word}. ${hint}`)
}

const entryText = (entry: GlossaryEntry, columns: number, { bold, dim }: Styles): string =>
  [
    bold(entry.term),
    ...wrapped(entry.text, columns - 2),
    ...termFacts(entry).flatMap((fact) => wrapped(fact, columns - 2).map(dim)),
    ...(entry.page === undefined ? [] : [dim(`More: docs/${entry.page}`)]),
  ].join('\n  ')

/** Lines of words, none longer than `columns` where its words are not. */
const wrapped = (text: string, columns: number): string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    return last !== undefined && longer.length <= columns ? [...lines.slice(0, -1), longer] : [...lines, word]
  }, [])

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { bashCompletion } from '../../../src-main/cli/reference/bashCompletion.ts'
import { manualPage } from '../../../src-main/cli/reference/manualPage.ts'
import { programWords } from '../../../src-main/cli/reference/programWords.ts'
import { zshCompletion } from '../../../src-main/cli/reference/zshCompletion.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'

const program = (): Command => {
  const made = new Command('spiketune')
    .description('Finds.')
    .helpCommand(false)
    .option('--library <folder>', 'folder of the studies')
  made
    .command('run')
    .summary('run it')
    .description("Runs a study. It isn't short.")
    .argument('<study>', 'a YAML file, or the name of a preset')
    .option('-w, --workers <number>', 'worker processes')
    .option('-q, --quiet', 'print one line [only]: the last')
    .addHelpText('after', 'Examples:\n  .hidden  a line that begins with a point')
  made.command('resume').argument('<study>', 'id of a study in the library, or its folder')
  made.command('setup').addArgument(new Argument('<what>', 'what').choices(['cuda', 'tensorflow']))
  const cache = made
    .command('cache')
    .summary('what is kept')
    .action(() => undefined)
  cache.command('clear')
  cache.command('limit').option('--days <number>', 'days')
  return made
}
const words = programWords(program())

describe('completion for bash', () => {
  /** What bash offers for the last of these words. */
  const offered = (...typed: string[]): string[] => {
    const folder = temporaryFolder()
    const library = join(folder, 'library')
    mkdirSync(join(library, 'my-study-1'), { recursive: true })
    mkdirSync(join(library, 'no-study'), { recursive: true })
    writeFileSync(join(library, 'my-study-1', 'study.sqlite'), '')
    const script = `${bashCompletion(words, ['small', 'large'])}
      COMP_WORDS=(spiketune "$@"); COMP_CWORD=$#; _spiketune; printf '%s\\n' "\${COMPREPLY[@]}"`
    const environment = { PATH: process.env['PATH'], HOME: folder, SPIKETUNE_LIBRARY: library }
    const output = execFileSync('bash', ['-c', script, 'bash', ...typed], { env: environment, cwd: folder })
    return output.toString().trim().split('\n')
  }

  it.each([
    [['re'], ['resume']],
    [
      ['cache', ''],
      ['clear', 'limit'],
    ],
    [['cache', 'limit', '--d'], ['--days']],
    [['run', '--w'], ['--workers']],
    [['run', '--workers', '3', 'sm'], ['small']],
    [
      ['run', 'l'],
      ['large', 'library'],
    ],
    [['setup', 'c'], ['cuda']],
    [['resume', 'm'], ['my-study-1']],
    [['--library', 'l'], ['library']],
  ])('offers for %j: %j', (typed, expected) => {
    expect(offered(...typed)).toEqual(expected)
  })
})

describe('completion for zsh', () => {
  const script = zshCompletion(words, ['small', 'large'])

  it('has a function for every command', () => {
    for (const name of ['_spiketune', '_spiketune_run', '_spiketune_cache', '_spiketune_cache_limit']) {
      expect(script).toContain(`\n${name}() {\n`)
    }
  })

  it('escapes what has a meaning to zsh', () => {
    expect(script).toContain("'(-q --quiet)'{-q,--quiet}'[print one line (only)\\: the last]'")
    expect(script).toContain("'1:study:_spiketune_definitions'")
  })
})

describe('the manual page', () => {
  const page = manualPage(words, '1.2.3')

  it('has every command with its options', () => {
    for (const name of ['run', 'resume', 'setup', 'cache', 'cache limit', 'cache clear']) {
      expect(page).toContain(`.SS "spiketune ${name}"`)
    }
    expect(page).toContain('.B "\\-w, \\-\\-workers <number>"\nworker processes')
  })

  it('takes no text for a request of roff', () => {
    const requests = page.split('\n').flatMap((line) => /^[.'](\S*)/.exec(line)?.[1] ?? [])
    expect([...new Set(requests)].sort()).toEqual(['B', 'I', 'PP', 'SH', 'SS', 'TH', 'TP', 'fi', 'nf'])
    expect(page).toContain('\n  .hidden  a line that begins')
  })
})

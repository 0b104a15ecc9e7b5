import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shellQuote } from '../../../src-main/cli/text/format.ts'
import { cliFile, tinyStudy, Workspace } from './spiketune.ts'

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'

let workspace: Workspace
beforeEach(() => {
  workspace = new Workspace()
})
afterEach(() => {
  workspace.dispose()
})

/** What is typed as soon as this is printed, in this order. */
type Typed = readonly (readonly [after: RegExp, keys: string])[]

/** Runs `spiketune` in a terminal of this width; `script`, of every Debian, makes one. */
const inTerminal = (
  columns: number,
  words: readonly string[],
  typed: Typed = [],
): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve) => {
    const command = [process.execPath, cliFile, ...words].map(shellQuote).join(' ')
    const child = spawn('script', ['-qefc', `stty cols ${columns} rows 24; exec ${command}`, '/dev/null'], {
      env: { ...workspace.environment(), TERM: 'xterm-256color' },
      stdio: [typed.length === 0 ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    })
    const waiting = [...typed]
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (let next = waiting[0]; next?.[0].test(output) === true; next = waiting[0]) {
        waiting.shift()
        child.stdin?.write(next[1])
      }
    })
    child.on('close', (code) => {
      resolve({ code, output })
    })
  })

describe('in a terminal', () => {
  it.each([80, 120])('redraws progress in place, %d columns wide at most, then prints the result', async (columns) => {
    const path = workspace.write('tiny.yaml', tinyStudy({ trials: 12, trainSamples: 2000 }))
    const { code, output } = await inTerminal(columns, ['run', path])
    expect(code).toBe(0)
    expect(output).toContain('12 of 12 trials')
    expect(output).toContain('Ctrl-C pauses, and running trials go on later')
    // The first frame is not the last one: there was something to redraw.
    expect(output.split('elapsed').length).toBeGreaterThan(2)
    const lines = stripVTControlCharacters(output).split(/[\r\n]+/)
    expect(
      Math.max(...lines.filter((line) => !line.includes(workspace.folder)).map((line) => line.length)),
    ).toBeLessThanOrEqual(columns)
    const result = output.slice(output.indexOf('Finished:'))
    expect(stripVTControlCharacters(result)).toContain('Best')
    expect(output.indexOf(hideCursor)).toBeGreaterThanOrEqual(0)
    expect(output.lastIndexOf(showCursor)).toBeGreaterThan(output.lastIndexOf(hideCursor))
  })

  it('prints lines where that is asked for', async () => {
    const { output } = await inTerminal(80, ['run', workspace.write('tiny.yaml', tinyStudy()), '--plain'])
    expect(output).toMatch(/\] trial 0 complete/)
    expect(output).not.toContain(hideCursor)
  })
})

describe('a study of days', () => {
  const days = () => workspace.write('days.yaml', tinyStudy({ name: 'days', trials: 10_000_000 }))
  const question = /Start it all the same\? \[y\/N\]/
  const interrupt = '\u0003'

  it.each([
    ['no', 'n\r'],
    ['nothing', '\r'],
    ['Ctrl-C', interrupt],
  ])('is asked about in a terminal, and neither started nor written when the answer is %s', async (_, keys) => {
    const { code, output } = await inTerminal(100, ['run', days()], [[question, keys]])
    expect(output).toMatch(/The study takes ≈ [\d,]+ d \d+ h .*on this machine, with 2 workers/)
    expect(output).toMatch(/fewer trials: about [\d,]+ of its 10,000,000 are done in a day/)
    expect(output).toContain('Not started; nothing was written.')
    expect(code).toBe(6)
    expect(await workspace.json('list')).toEqual([])
  })

  it('starts when the answer is yes, and without a question with --yes', async () => {
    const running = /Ctrl-C pauses, and running trials go on later/
    const stopped = [running, interrupt + interrupt] as const
    const asked = await inTerminal(100, ['run', days()], [[question, 'y\r'], stopped])
    expect(asked.code).toBe(130)
    expect(asked.output).toContain('Start it all the same?')
    const told = await inTerminal(100, ['run', days(), '--yes'], [stopped])
    expect(told.code).toBe(130)
    expect(told.output).not.toContain('all the same')
    expect(await workspace.json('list')).toHaveLength(2)
  })

  it('is never asked about where the output is no terminal', async () => {
    const { ended, child, until } = workspace.start(['run', days(), '--plain'])
    await until((stdout) => stdout.includes('] trial '))
    child.kill('SIGTERM')
    child.kill('SIGTERM')
    expect((await ended).stdout).not.toContain('all the same')
  })
})

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

/** Runs `spiketune` in a terminal of this width; `script`, of every Debian, makes one. */
const inTerminal = (columns: number, words: readonly string[]): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve) => {
    const command = [process.execPath, cliFile, ...words].map(shellQuote).join(' ')
    const child = spawn('script', ['-qefc', `stty cols ${columns} rows 24; exec ${command}`, '/dev/null'], {
      env: { ...workspace.environment(), TERM: 'xterm-256color' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
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
    expect(output).toContain('Ctrl-C finishes the running trials')
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

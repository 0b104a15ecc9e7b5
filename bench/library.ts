/**
 * What the command line costs with many studies and many trials: `npm run build && npm run bench -- library [--studies 5000]
 * [--trials 100000]`. A library of that many copies of a small study, listed for the first time and again: time to the first
 * study and to the last. A study of that many trials that nobody trained, printed by `show --json` and `diagnose --json`: the most
 * memory it takes in all. Everything lies in a temporary folder. Linux; run in the project's folder.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { writeSyntheticStudy } from './window/syntheticStudy.ts'

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '5000' },
    trials: { type: 'string', default: '100000' },
    program: { type: 'string', default: 'out/main/cli.js' },
  },
})
const program = resolve(values.program)
const folder = mkdtempSync(join(tmpdir(), 'spiketune-bench-'))
const environment = (library: string) => ({
  ...process.env,
  SPIKETUNE_LIBRARY: library,
  SPIKETUNE_CACHE: join(folder, 'cache'),
})

/** Milliseconds until the first line and until the end of a command, and its lines. */
const timed = (library: string, ...words: string[]): Promise<{ first: number; all: number; lines: number }> =>
  new Promise((done, failed) => {
    const begun = performance.now()
    const child = spawn(process.execPath, [program, ...words], { env: environment(library) })
    let first = 0
    let lines = 0
    child.stdout.on('data', (part: Buffer) => {
      if (first === 0) first = performance.now() - begun
      lines += part.filter((byte) => byte === 10).length
    })
    child.stderr.pipe(process.stderr)
    child.on('error', failed)
    child.on('close', () => done({ first, all: performance.now() - begun, lines }))
  })

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

try {
  const library = join(folder, 'studies')
  const studies = Number(values.studies)
  mkdirSync(library, { recursive: true })
  const one = await writeSyntheticStudy(library, { trials: 20, interval: 8000 })
  for (let copy = 2; copy <= studies; copy++) {
    cpSync(one, join(library, `copy-${copy}`), { recursive: true, preserveTimestamps: true })
    // A library that grew, a study a minute.
    const writtenAt = statSync(join(one, 'study.sqlite')).mtimeMs / 1000 - 60 * copy
    utimesSync(join(library, `copy-${copy}`, 'study.sqlite'), writtenAt, writtenAt)
  }
  for (const run of ['first', 'second', 'third']) {
    const { first, all, lines } = await timed(library, 'list', '--json')
    console.log(`list of ${lines} studies, ${run} time: first after ${seconds(first)}, all after ${seconds(all)}`)
    // What was written less than two seconds before is not kept.
    await new Promise((resume) => setTimeout(resume, 2500))
  }

  const large = join(folder, 'large')
  mkdirSync(large)
  const trials = Number(values.trials)
  const id = (await writeSyntheticStudy(large, { trials: trials, interval: 8000 })).split('/').at(-1) ?? ''
  for (const words of [
    ['show', id, '--json'],
    ['diagnose', id, '--json'],
  ]) {
    const peak = join(folder, 'peak')
    const sink = join(folder, 'output')
    const begun = performance.now()
    execFileSync(
      'bash',
      ['-c', `/usr/bin/time -o "$0" -f %M "$@" > "${sink}"`, peak, process.execPath, program, ...words],
      {
        env: environment(large),
        stdio: 'inherit',
      },
    )
    const kilobytes = Number(readFileSync(peak, 'utf8').trim())
    const size = readFileSync(sink).length
    console.log(
      `${words.join(' ')}: ${trials} trials, ${(size / 1e6).toFixed(0)} MB of output, ` +
        `${(kilobytes / 1000).toFixed(0)} MB of memory at most, ${seconds(performance.now() - begun)}`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

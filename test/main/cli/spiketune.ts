import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { type JsonLine, jsonLineSchema } from '../../../src-main/cli/progress/jsonLines.ts'

export const cliFile = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A running `spiketune`. */
export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  readonly ended: Promise<Ended>
  /** Resolves when what it has printed `matches`; rejects when the process ends before. */
  until(matches: (stdout: string, stderr: string) => boolean): Promise<void>
}

/** A folder with a library of its own, in which the command line as built is run. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'spiketune-cli-'))
  readonly library = join(this.folder, 'library')
  readonly #children = new Set<Running['child']>()

  /** The environment of a plain shell, whatever runs the tests. Converted datasets are those of all tests. */
  environment(): NodeJS.ProcessEnv {
    const { PATH, SPIKETUNE_CACHE } = process.env
    return { PATH, HOME: this.folder, LANG: 'C.UTF-8', SPIKETUNE_LIBRARY: this.library, SPIKETUNE_CACHE }
  }

  write(name: string, content: unknown): string {
    const path = join(this.folder, name)
    writeFileSync(path, typeof content === 'string' ? content : stringify(content))
    return path
  }

  start(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
    const child = spawn(process.execPath, [cliFile, ...words], {
      cwd: this.folder,
      env: { ...this.environment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.add(child)
    let stdout = ''
    let stderr = ''
    let isOver = false
    const waiting = new Set<() => void>()
    const check = (): void => {
      for (const resume of [...waiting]) resume()
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      check()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      check()
    })
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code, signal) => {
        this.#children.delete(child)
        isOver = true
        check()
        resolve({ code, signal, stdout, stderr })
      })
    })
    const until = (matches: (stdout: string, stderr: string) => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!matches(stdout, stderr) && !isOver) return
          waiting.delete(look)
          if (matches(stdout, stderr)) resolve()
          else reject(new Error(`ended before what was awaited:\n${stdout}\n${stderr}`))
        }
        waiting.add(look)
        look()
      })
    return { child, ended, until }
  }

  run(...words: string[]): Promise<Ended> {
    return this.start(words).ended
  }

  /** The JSON objects that a command printed. */
  async json(...words: string[]): Promise<unknown[]> {
    const { stdout } = await this.run(...words, '--json')
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line))
  }

  dispose(): void {
    for (const child of this.#children) child.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The lines of a run with `--json`; whole ones only, while it goes on. */
export const linesOf = (stdout: string): JsonLine[] =>
  stdout
    .slice(0, stdout.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => jsonLineSchema.parse(JSON.parse(line)))

export type ResultLine = Extract<JsonLine, { type: 'result' }>

export const resultOf = (stdout: string): ResultLine => {
  const result = linesOf(stdout).find((line): line is ResultLine => line.type === 'result')
  if (result === undefined) throw new Error(`no result line in:\n${stdout}`)
  return result
}

interface Tiny {
  readonly name?: string
  readonly trials?: number
  readonly trainSamples?: number
}

/** A study of real networks on real MNIST; with 300 samples a trial takes a fraction of a second. */
export const tinyStudy = ({ name = 'tiny', trials = 4, trainSamples = 300 }: Tiny = {}) => ({
  version: 2,
  name,
  dataset: { name: 'mnist', trainSamples, testSamples: 100 },
  encoding: { steps: 50 },
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 100 },
  space: {
    decoder: { type: 'categorical', choices: ['all', 'vote'] },
    mapSize: { type: 'integer', low: 10, high: 40 },
    thresholdExcitatoryMv: { type: 'real', low: -64, high: -50 },
  },
  fixed: { strengthExcitatory: 300, strengthInhibitory: 300, weightNorm: 120 },
  silence: {
    interval: 100,
    layers: [
      { layer: 'excitatory', alpha: 1, beta: 0.2 },
      { layer: 'inhibitory', alpha: 1, beta: 0.9 },
    ],
  },
  optimiser: { type: 'random' },
  budget: { trials },
  workers: 2,
})

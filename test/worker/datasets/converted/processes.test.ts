import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

const program = mkdtempSync(join(tmpdir(), 'spiketune-test-'))

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: fileURLToPath(new URL('loadingProcess.ts', import.meta.url)),
      target: 'node20',
      outDir: program,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'loading.mjs', codeSplitting: false } },
    },
    ssr: { noExternal: ['zod'] },
  })
})
afterAll(() => {
  rmSync(program, { recursive: true, force: true })
})

/** What a process has said, and what it will say. */
class Loading {
  readonly #process: ChildProcess
  readonly #said: string[] = []
  #heard: () => void = () => undefined

  constructor(files: readonly string[]) {
    this.#process = fork(join(program, 'loading.mjs'), files, { execArgv: [] })
    this.#process.on('message', (word) => {
      this.#said.push(String(word))
      this.#heard()
    })
    onTestFinished(() => {
      this.#process.kill('SIGKILL')
    })
  }

  async next(): Promise<string> {
    const heard = new Promise<void>((resolve) => {
      this.#heard = resolve
    })
    if (this.#said.length === 0) await heard
    return this.#said.shift() ?? ''
  }

  go(): void {
    this.#process.send('go')
  }

  async kill(): Promise<void> {
    const gone = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await gone
  }
}

function places() {
  const folder = temporaryFolder()
  const cache = join(folder, 'cache')
  const [file, log] = [join(folder, 'recordings'), join(folder, 'log')]
  writeFileSync(file, 'recordings')
  return {
    start: () => new Loading([file, cache, log]),
    conversions: () => readFileSync(log, 'utf8').split('\n').length - 1,
    converted: () => readdirSync(join(cache, 'datasets')),
  }
}

describe('of several processes', () => {
  it('one converts a dataset, and the others wait for it', async () => {
    const { start, conversions, converted } = places()
    const all = [start(), start(), start(), start()]
    const first = await Promise.all(all.map((one) => one.next()))
    expect([...first].sort()).toEqual(['converting', 'waiting', 'waiting', 'waiting'])
    all[first.indexOf('converting')]?.go()
    expect(await Promise.all(all.map((one) => one.next()))).toEqual(Array(4).fill('loaded 3'))
    expect(conversions()).toBe(1)
    expect(converted()).toHaveLength(1)
  })

  it('another converts it when the first is killed, and removes what that left', async () => {
    const { start, conversions, converted } = places()
    const killed = start()
    expect(await killed.next()).toBe('converting')
    const others = [start(), start()]
    expect(await Promise.all(others.map((one) => one.next()))).toEqual(['waiting', 'waiting'])
    expect(converted().filter((name) => /\.(lock|partial)$/.test(name))).toHaveLength(2)
    await killed.kill()
    const [successor, word] = await Promise.race(others.map(async (one) => [one, await one.next()] as const))
    expect(word).toBe('converting')
    successor.go()
    expect(await successor.next()).toBe('loaded 3')
    expect(conversions()).toBe(2)
    expect(converted()).toHaveLength(1)
  })
})

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'

// In the project's folder, from where koffi is found.
const program = fileURLToPath(new URL('../../../../out/test/', import.meta.url))

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: fileURLToPath(new URL('loadingProcess.ts', import.meta.url)),
      target: 'node20',
      outDir: program,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'loadingProcess.mjs', codeSplitting: false } },
    },
  })
})

/** What a process has said, and what it will say. */
class Loading {
  readonly #process: ChildProcess
  readonly #said: string[] = []
  #heard: () => void = () => undefined

  constructor(files: readonly string[]) {
    this.#process = fork(join(program, 'loadingProcess.mjs'), files, { execArgv: [] })
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

  /** @returns the signal that ended it */
  async end(): Promise<unknown> {
    const [, signal] = (await once(this.#process, 'exit')) as unknown[]
    return signal
  }

  async kill(): Promise<void> {
    const gone = this.end()
    this.#process.kill('SIGKILL')
    await gone
  }
}

const places = () => {
  const folder = temporaryFolder()
  const cache = join(folder, 'cache')
  const [file, log] = [join(folder, 'recordings'), join(folder, 'log')]
  writeFileSync(file, 'recordings')
  return {
    start: (...options: readonly string[]) => new Loading([file, cache, log, ...options]),
    conversions: () => readFileSync(log, 'utf8').split('\n').length - 1,
    folder: join(cache, 'datasets'),
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

describe('a converted file that somebody cuts short', () => {
  it.runIf(process.platform === 'linux')('ends who reads it, and is made anew by the next', async () => {
    const { start, conversions, converted, folder } = places()
    const reader = start('again')
    expect(await reader.next()).toBe('converting')
    reader.go()
    expect(await reader.next()).toBe('loaded 3')
    const [name = ''] = converted()
    truncateSync(join(folder, name), 0)
    const ended = reader.end()
    reader.go()
    expect(await ended).toBe('SIGBUS')
    const next = start('again')
    expect(await next.next()).toBe('converting')
    next.go()
    expect(await next.next()).toBe('loaded 3')
    next.go()
    expect(await next.next()).toBe('read 3')
    expect([conversions(), converted().length]).toEqual([2, 1])
  })
})

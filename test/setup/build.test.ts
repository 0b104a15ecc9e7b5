import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildAll } from '../../resources/setup/common/build.mjs'
import { projectRoot } from '../../resources/setup/common/projectRoot.mjs'

let root: string
const at = (path: string): string => join(root, path)

/** A small application with the project's own build configuration. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spiketune-build-'))
  symlinkSync(join(projectRoot, 'node_modules'), at('node_modules'))
  for (const file of ['electron.vite.config.ts', 'package.json', 'tsconfig.base.json']) {
    cpSync(join(projectRoot, file), at(file))
  }
  const sources = {
    'src-main/main.ts': `export const greeting: string = 'first'`,
    'src-main/keeper.ts': `export const keeper: number = 10`,
    'src-main/cli.ts': `export { greeting } from './main.ts'`,
    'src-main/preload/preload.ts': `export const bridge: number = 1`,
    'src-worker/worker.ts': `export const worker: number = 2`,
    'src-worker/optimiser.ts': `export const optimiser: number = 3`,
    'src-worker/hdf5Reader.ts': `export const hdf5Reader: number = 8`,
    'src-worker/decoding.ts': `export const decoding: number = 9`,
    'src-worker/diagnosis.ts': `export const diagnosis: number = 4`,
    'src-worker/inspector.ts': `export const inspector: number = 5`,
    'src-worker/models.ts': `export const models: number = 6`,
    'src-worker/stopReplay.ts': `export const stopReplay: number = 7`,
    'src-renderer/index.html': '<!doctype html><title>window</title>',
  }
  for (const [path, content] of Object.entries(sources)) {
    mkdirSync(join(at(path), '..'), { recursive: true })
    writeFileSync(at(path), content)
  }
})
afterEach(() => rmSync(root, { recursive: true }))

describe('buildAll', () => {
  it('builds once, and again only after a change', async () => {
    expect(await buildAll(root)).toBe('built the application')
    expect(readFileSync(at('out/main/main.js'), 'utf8')).toContain('first')
    expect(existsSync(at('out/preload/preload.cjs'))).toBe(true)
    expect(existsSync(at('out/renderer/index.html'))).toBe(true)
    const before = statSync(at('out/main/main.js')).mtimeMs
    expect(await buildAll(root)).toBe('up to date')
    expect(statSync(at('out/main/main.js')).mtimeMs).toBe(before)
    writeFileSync(at('src-main/main.ts'), `export const greeting: string = 'second, longer'`)
    expect(await buildAll(root)).toBe('built the application')
    expect(readFileSync(at('out/main/main.js'), 'utf8')).toContain('second')
  })

  it('builds again when a part of the result is gone', async () => {
    await buildAll(root)
    rmSync(at('out/preload'), { recursive: true })
    expect(await buildAll(root)).toBe('built the application')
    expect(existsSync(at('out/preload/preload.cjs'))).toBe(true)
  })

  it('gives the bundler’s message, and tries again the next time', async () => {
    writeFileSync(at('src-main/cli.ts'), `import './missing.ts'`)
    await expect(buildAll(root)).rejects.toThrow(/does not build:[^]*missing\.ts/)
    await expect(buildAll(root)).rejects.toThrow(/does not build/)
    writeFileSync(at('src-main/cli.ts'), `export const repaired: boolean = true`)
    expect(await buildAll(root)).toBe('built the application')
  })
})

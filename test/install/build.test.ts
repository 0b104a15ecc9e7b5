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
import { buildAll } from '../../resources/scripts/common/build.mjs'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'

let root: string
const at = (path: string): string => join(root, path)

/** The files that the configuration builds from. */
const entries = (): string[] =>
  [...readFileSync(join(projectRoot, 'electron.vite.config.ts'), 'utf8').matchAll(/at\('(src-[^']+\.ts)'\)/g)].map(
    ([, path = '']) => path,
  )

/** A small application with the project's own build configuration. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spiketune-build-'))
  symlinkSync(join(projectRoot, 'node_modules'), at('node_modules'))
  for (const file of ['electron.vite.config.ts', 'package.json', 'tsconfig.base.json']) {
    cpSync(join(projectRoot, file), at(file))
  }
  const sources = {
    ...Object.fromEntries(entries().map((path) => [path, `export const entry: string = '${path}'`])),
    'src-main/main.ts': `export const greeting: string = 'first'`,
    'src-main/cli.ts': `export { greeting } from './main.ts'`,
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

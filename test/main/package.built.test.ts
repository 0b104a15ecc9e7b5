import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applicationFiles, shippedDescription } from '../../resources/package/applicationFiles.mjs'
import { bundledPackages, noticesOf, noticesText } from '../../resources/package/notices.mjs'
import { importedPackages, shippedPackages } from '../../resources/package/shippedPackages.mjs'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'

const paths = applicationFiles(projectRoot)
/** The package that a file of node_modules is of. */
const packageOf = (path: string): string | undefined => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]

describe('what an installed application is made of', () => {
  it('has every file that it names, once', () => {
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([])
    for (const path of ['out/main/main.js', 'out/main/cli.js', 'out/kernels/stdp.wasm', 'resources/tables/iris.csv']) {
      expect(paths).toContain(path)
    }
  })

  it('has the packages that its scripts import, and their native parts for this machine alone', () => {
    const shipped = new Set(paths.flatMap((path) => packageOf(path) ?? []))
    const imported = importedPackages(join(projectRoot, 'out', 'main'))
    expect(imported).toContain('better-sqlite3')
    expect(imported.filter((name) => !shipped.has(name))).toEqual([])
    const native = paths.filter((path) => path.endsWith('.node'))
    expect(native.filter((path) => path.includes('better-sqlite3'))).toHaveLength(1)
    expect(native.filter((path) => path.includes('koffi'))).toHaveLength(1)
  })

  it('has no sources, types, maps or tests of packages', () => {
    const modules = paths.filter((path) => path.startsWith('node_modules/'))
    expect(modules.filter((path) => /\.(?:ts|cts|mts|map|md|c|cc|h)$/.test(path) && !/licen[cs]e/i.test(path))).toEqual(
      [],
    )
    expect([...new Set(modules.map(packageOf))]).not.toContain('electron')
  })

  it('is described as the project is', () => {
    const project = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Parameters<
      typeof shippedDescription
    >[0] & { main: string }
    expect(shippedDescription(project)).toMatchObject({
      name: 'spiketune',
      version: project.version,
      main: project.main,
    })
  })
})

describe('the notices', () => {
  const notices = noticesOf(projectRoot)

  it('have the licence of every package whose code is shipped, as files, in the window and in the kernels', () => {
    const named = new Set(notices.map(({ name }) => name))
    const bundled = bundledPackages(projectRoot)
    expect(bundled).toContain('svelte')
    const needed = [...paths.flatMap((path) => packageOf(path) ?? []), ...bundled, 'assemblyscript']
    expect(needed.filter((name) => !named.has(name))).toEqual([])
    for (const { folder } of shippedPackages(projectRoot)) {
      const { name, version } = JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8')) as {
        name: string
        version: string
      }
      expect(notices.some((notice) => notice.name === name && notice.version === version)).toBe(true)
    }
  })

  it('have a text and the name of a licence for each', () => {
    expect(notices.filter(({ text }) => text.length < 200).map(({ name }) => name)).toEqual([])
    expect(notices.filter(({ licence }) => licence === '').map(({ name }) => name)).toEqual([])
    const text = noticesText(notices, 'Tables under CC BY 4.0')
    for (const { name, version } of notices) expect(text).toContain(`\n${name} ${version} (`)
    expect(text).toContain('Tables under CC BY 4.0')
  })
})

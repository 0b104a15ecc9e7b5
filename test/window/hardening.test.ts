import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { quickStudy } from './support/definitions.ts'
import { answerDialogs, dropFile, shownMessages, WindowWorkspace } from './support/testWindow.ts'
import type { TestWindow } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow
let server: Server
let address: string
let visits = 0

beforeAll(async () => {
  server = createServer((_request, response) => {
    visits += 1
    response.setHeader('access-control-allow-origin', '*').end('reached')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  window = await workspace.launch()
  await window.page.getByText('No studies yet').waitFor()
})

afterAll(async () => {
  await workspace.disposeAll()
  server.close()
})

/**
 * Runs code as the page's own: the debugger's evaluations are exempt from the content security policy, so the body
 * runs in a task of its own, after them.
 */
const inPage = <Result>(body: string): Promise<Result> =>
  window.page.evaluate<Result>(
    `new Promise((resolve) => setTimeout(async () => { try { resolve(await (${body})()) } catch (error) { resolve(error.name) } }))`,
  )

const pageUrl = 'app://spiketune/index.html'

describe('the page, seen from inside', () => {
  it('has nothing of Node or Electron but the bridge', async () => {
    expect(
      await inPage(
        `() => ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis)`,
      ),
    ).toEqual([])
    expect(await inPage(`() => Object.keys(window.spiketune).sort()`)).toEqual(['call', 'nameFile', 'on'])
    expect(await inPage(`() => { 'use strict'; window.spiketune.call = null }`)).toBe('TypeError')
  })

  it('cannot make code from text', async () => {
    expect(await inPage(`() => eval('1 + 1')`)).toBe('EvalError')
    expect(await inPage(`() => new Function('return 1')()`)).toBe('EvalError')
    expect(await inPage(`() => { document.body.innerHTML = '<b>no</b>' }`)).toBe('TypeError')
  })

  it('runs no script and loads nothing that it was not delivered with', async () => {
    const loaded = (tag: string, source: string) =>
      inPage(
        `() => new Promise((resolve) => {
          const element = document.createElement('${tag}')
          element.onload = () => resolve('loaded')
          element.onerror = () => resolve('refused')
          element.${tag === 'link' ? "rel = 'stylesheet'; element.href" : 'src'} = '${source}'
          document.head.append(element)
        })`,
      )
    expect(await loaded('img', `${address}picture.png`)).toBe('refused')
    expect(await loaded('link', `${address}style.css`)).toBe('refused')
    expect(await loaded('script', `${address}script.js`)).toBe('TypeError')
  })

  it('reaches no host, the nearest one included', async () => {
    expect(await inPage(`() => fetch('${address}')`)).toBe('TypeError')
    expect(await inPage(`() => fetch('https://example.org/')`)).toBe('TypeError')
    expect(
      await inPage(
        `() => new Promise((resolve) => {
          const socket = new WebSocket('${address.replace('http', 'ws')}')
          socket.onopen = () => resolve('open')
          socket.onerror = () => resolve('refused')
        })`,
      ),
    ).toBe('refused')
    expect(await inPage(`() => navigator.sendBeacon('${address}', 'x')`)).not.toBe('TypeError')
    expect(visits).toBe(0)
  })

  it('stays where it is: no navigation, no further windows', async () => {
    await window.app.evaluate(({ webContents }) => {
      const attempt = new Promise((resolve) => {
        webContents.getAllWebContents()[0]?.once('will-navigate', (details) => {
          resolve({ url: details.url, prevented: details.defaultPrevented })
        })
      })
      Object.assign(globalThis, { attempt })
    })
    await inPage(`() => { location.href = '${address}' }`)
    const attempt = window.app.evaluate(() => (globalThis as unknown as { attempt: Promise<unknown> }).attempt)
    expect(await attempt).toEqual({ url: address, prevented: true })
    expect(await inPage(`() => String(window.open('${address}'))`)).toBe('null')
    expect(await inPage(`() => location.href`)).toBe(pageUrl)
    expect(window.app.windows()).toHaveLength(1)
    expect(visits).toBe(0)
  })

  it('is refused every permission', async () => {
    expect(await inPage(`() => Notification.requestPermission()`)).toBe('denied')
    const names = ['geolocation', 'camera', 'microphone', 'clipboard-read', 'midi', 'notifications']
    const states = await inPage(
      `() => Promise.all(${JSON.stringify(names)}.map(async (name) => (await navigator.permissions.query({ name })).state))`,
    )
    expect(states).toEqual(names.map(() => 'denied'))
    expect(await inPage(`() => navigator.clipboard.readText()`)).toBe('NotAllowedError')
  })

  it('is served no file outside its folder', async () => {
    const statuses = await window.app.evaluate(
      ({ session }, urls) => Promise.all(urls.map(async (url) => (await session.defaultSession.fetch(url)).status)),
      [
        pageUrl,
        'app://spiketune/%2e%2e/main/main.js',
        'app://spiketune/..%2f..%2fpackage.json',
        'app://elsewhere/index.html',
      ],
    )
    expect(statuses).toEqual([200, 404, 404, 404])
  })
})

describe('the main process', () => {
  it('blocks requests of the session itself', async () => {
    const outcome = await window.app.evaluate(
      ({ session }, url) => session.defaultSession.fetch(url).then(() => 'reached', String),
      address,
    )
    expect(outcome).toMatch(/ERR_(BLOCKED_BY_CLIENT|NAME_NOT_RESOLVED)/)
    expect(visits).toBe(0)
  })

  it('isolates and sandboxes the page', async () => {
    const preferences = await window.app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents()[0] as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences()
      return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag }
    })
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    })
  })

  it.each([
    ['openStudy', { id: 5 }],
    ['openStudy', { id: '' }],
    ['openStudy', { id: 'a', also: 'this' }],
    ['openStudy', null],
    ['explainTrial', { id: 'a' }],
    ['explainTrial', { id: 'a', number: -1 }],
    ['listStudies', {}],
    ['writeTheme', { theme: 'purple' }],
    ['startPreset', ['mnist-stdp']],
    ['noSuchCall', null],
    ['constructor', null],
    ['__proto__', null],
  ])('refuses the malformed request %s %j', async (name, request) => {
    const answer = await inPage<{ ok: boolean; error: { code: string } }>(
      `() => window.spiketune.call(${JSON.stringify(name)}, ${JSON.stringify(request)})`,
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'request-invalid' } })
  })

  it.each(['../../etc', '/etc', 'a/../../b', '.', '..', 'nothing-of-that-name'])(
    'opens no study %s that it did not name itself',
    async (id) => {
      expect(await inPage(`() => window.spiketune.call('openStudy', { id: ${JSON.stringify(id)} })`)).toMatchObject({
        ok: false,
        error: { code: 'study-not-found' },
      })
    },
  )

  it('answers nobody but the top frame of its own page', async () => {
    const answers = await window.app.evaluate(async ({ BrowserWindow }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { nodeIntegration: true, contextIsolation: false },
      })
      await stranger.loadURL('app://spiketune/index.html')
      const asked = (await stranger.webContents.executeJavaScript(
        `require('electron').ipcRenderer.invoke('spiketune:call:listStudies', null)`,
      )) as { ok: boolean }
      stranger.destroy()
      return asked
    })
    expect(answers).toMatchObject({ ok: false, error: { code: 'request-invalid' } })
  })
})

describe('the page as delivered', () => {
  it('keeps to its own policy', async () => {
    const { page } = window
    await page.addInitScript(() => {
      Object.assign(globalThis, { violations: [] as string[] })
      document.addEventListener('securitypolicyviolation', (event) => {
        ;(globalThis as unknown as { violations: string[] }).violations.push(
          `${event.violatedDirective}: ${event.blockedURI}`,
        )
      })
    })
    await page.reload()
    await page.getByText('No studies yet').waitFor()
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.evaluate('violations')).toEqual([])
  })
})

describe('files', () => {
  type Answer = { ok: boolean; value?: unknown; error?: { code: string } }
  const ask = (name: string, request: unknown): Promise<Answer> =>
    inPage(`() => window.spiketune.call(${JSON.stringify(name)}, ${JSON.stringify(request)})`)
  const refused = { ok: false, error: { code: 'request-invalid' } }
  const notChosen = { ok: false, error: { code: 'place-not-chosen' } }
  const editor = () => window.page.getByRole('textbox', { name: 'The definition as YAML' })
  const unknown = '6f6e0b7a-0d3e-4c07-9f54-3f5a4e0e9a10'
  let table: string
  let yaml: string

  beforeAll(async () => {
    table = workspace.write('table.csv', `a,b,class\n${'1,2,x\n3,4,y\n'.repeat(40)}`)
    yaml = stringify({ ...quickStudy, name: 'typed', dataset: { name: 'csv', file: table } })
    await answerDialogs(window.app, {})
  })

  it('are never named by a path, nor by a token that the main process did not give', async () => {
    for (const file of [table, '/etc/passwd', '']) {
      expect(await ask('importFile', { path: file })).toMatchObject(refused)
      expect(await ask('importFile', { file })).toMatchObject(refused)
      expect(await ask('openDefinition', { file })).toMatchObject(refused)
      expect(await ask('measureSpeed', { yaml, origin: null, folder: file })).toMatchObject(refused)
    }
    for (const name of ['importFile', 'openDefinition']) {
      expect(await ask(name, { file: unknown })).toMatchObject(notChosen)
    }
    expect(await ask('previewDataset', { yaml, origin: unknown, samples: 1 })).toMatchObject(notChosen)
  })

  it('have a token only where they were dropped or chosen: a page makes up none', async () => {
    expect(await inPage(`() => window.spiketune.nameFile(new File(['x'], ${JSON.stringify(table)}))`)).toBeNull()
    expect(await inPage(`() => window.spiketune.nameFile({ path: ${JSON.stringify(table)}, name: 'x' })`)).toBeNull()
    const disguised = `Object.setPrototypeOf({ path: ${JSON.stringify(table)} }, File.prototype)`
    expect(await inPage(`async () => (await window.spiketune.nameFile(${disguised})) ?? null`)).not.toMatch(/-/)
    for (const name of ['drop', 'spiketune:drop', '../drop']) {
      expect(await ask(name, table)).toMatchObject(refused)
    }
  })

  it('of a dataset are not read where a definition was only typed, until the person agrees', async () => {
    const written = { yaml, origin: null }
    expect(await ask('previewDataset', { ...written, samples: 1 })).toMatchObject(notChosen)
    expect(await ask('measureSpeed', written)).toMatchObject(notChosen)
    expect(await ask('createStudy', { ...written, start: true })).toMatchObject(notChosen)
    expect(await ask('forkStudy', { id: 'x', definition: yaml, copyTrials: false, start: true })).toMatchObject(
      notChosen,
    )
    expect(await shownMessages(window.app)).toEqual(['Use this dataset?', 'Use this dataset?'])
    expect(await ask('listStudies', null)).toMatchObject({ value: [] })
  })

  it('that are dropped open in the editor; their dataset is read, one typed after it once it is agreed to', async () => {
    const { app, page } = window
    const other = workspace.write('other.csv', `a,b,class\n${'5,6,x\n7,8,y\n'.repeat(50)}`)
    const dropped = { ...quickStudy, name: 'dropped', dataset: { name: 'csv', file: 'table.csv' } }
    await dropFile(page, workspace.write('dropped.yaml', dropped))
    await editor().getByText('name: dropped').waitFor()
    await page.getByRole('tab', { name: 'Data' }).click()
    const preview = page.getByLabel('Preview of the dataset')
    await preview.getByText('64 samples').waitFor()

    await page.locator('[data-path="dataset.file"]').getByRole('textbox').fill(other)
    await preview.getByText('typed, not chosen').waitFor()
    mkdirSync(join('out', 'screenshots'), { recursive: true })
    await page.screenshot({ path: join('out', 'screenshots', 'dataset-not-chosen.png') })
    await answerDialogs(app, { message: 'Use' })
    await preview.getByRole('button', { name: 'Use this dataset…' }).click()
    await preview.getByText('80 samples').waitFor()
    expect(await shownMessages(app)).toEqual(['Use this dataset?'])
    await page.getByRole('button', { name: 'Create paused' }).click()
    await page.getByRole('heading', { name: 'dropped-1' }).waitFor()
    expect(await shownMessages(app)).toEqual(['Use this dataset?'])
  })
})

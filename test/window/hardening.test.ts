import { mkdirSync } from 'node:fs'
import { createSocket, type Socket } from 'node:dgram'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { registryVersion } from '../../resources/install/electron/registryRuntime.mjs'
import { quickStudy } from './support/definitions.ts'
import { answerDialogs, dropFile, shownMessages, type TestWindow, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow
let server: Server
let address: string
let visits = 0
let connections = 0
let datagrams = 0
let receiver: Socket

beforeAll(async () => {
  server = createServer((_request, response) => {
    visits += 1
    response.setHeader('access-control-allow-origin', '*').end('reached')
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver = createSocket('udp4').on('message', () => (datagrams += 1))
  await new Promise<void>((resolve) => receiver.bind(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  window = await workspace.launch()
  await window.page.getByText('No studies yet').waitFor()
})

afterAll(async () => {
  await workspace.disposeAll()
  server.close()
  receiver.close()
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

/** What the page's contents did on the next attempt to leave, as `will-frame-navigate` saw it after the application. */
const nextNavigation = async (body: string): Promise<unknown> => {
  await window.app.evaluate(({ webContents }) => {
    const attempt = new Promise((resolve) => {
      webContents.getAllWebContents()[0]?.once('will-frame-navigate', (details) => {
        resolve({ url: details.url, prevented: details.defaultPrevented })
      })
    })
    Object.assign(globalThis, { attempt })
  })
  await inPage(body)
  return window.app.evaluate(() => (globalThis as unknown as { attempt: Promise<unknown> }).attempt)
}

// The numbers are those of Electron's checklist: https://www.electronjs.org/docs/latest/tutorial/security. docs/security.md
// says of each what is done; test/main/cli/documents.test.ts holds the two together.
describe('the page, seen from inside', () => {
  it('2, 20: has nothing of Node or Electron but the bridge', async () => {
    expect(
      await inPage(
        `() => ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis)`,
      ),
    ).toEqual([])
    expect(await inPage(`() => Object.keys(window.spiketune).sort()`)).toEqual(['call', 'nameFile', 'on'])
    expect(await inPage(`() => { 'use strict'; window.spiketune.call = null }`)).toBe('TypeError')
  })

  it('7: cannot make code from text', async () => {
    expect(await inPage(`() => eval('1 + 1')`)).toBe('EvalError')
    expect(await inPage(`() => new Function('return 1')()`)).toBe('EvalError')
    expect(await inPage(`() => { document.body.innerHTML = '<b>no</b>' }`)).toBe('TypeError')
  })

  it('1: runs no script and loads nothing that it was not delivered with', async () => {
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

  it('1: reaches no host, the nearest one included', async () => {
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
    const refusedBy = (way: string) =>
      inPage(
        `() => new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
          ${way}
        })`,
      )
    expect(await refusedBy(`new EventSource('${address}')`)).toBe('connect-src')
    expect(
      await refusedBy(
        `document.body.append(Object.assign(document.createElement('iframe'), { src: '${address}', id: 'out' }))`,
      ),
    ).toBe('frame-src')
    expect(
      await refusedBy(
        `document.body.append(Object.assign(document.createElement('form'), { action: '${address}', method: 'post', id: 'send' }))
        document.getElementById('send').submit()`,
      ),
    ).toBe('form-action')
    await inPage(`() => { for (const id of ['out', 'send']) document.getElementById(id).remove() }`)
    expect(await inPage(`() => new Worker(URL.createObjectURL(new Blob([''])))`)).toBe('TypeError')
    const hints = ['preconnect', 'dns-prefetch', 'prefetch', 'prerender', 'preload', 'modulepreload']
    await inPage(`() => { for (const rel of ${JSON.stringify(hints)}) {
      document.head.append(Object.assign(document.createElement('link'), { rel, as: 'image', href: '${address}hint' }))
    } }`)
    expect(await inPage(`() => new WebTransport('${address.replace('http', 'https')}').ready`)).toBe(
      'WebTransportError',
    )
    expect(visits).toBe(0)
  })

  it('1: sends nothing by WebRTC, which neither its session nor its policy sees', async () => {
    const { port } = receiver.address()
    const found = await inPage(`async () => {
      const host = '127.0.0.1:${port}'
      const relay = { username: 'a', credential: 'b' }
      const iceServers = [
        { urls: 'stun:' + host },
        { urls: 'turn:' + host, ...relay },
        { urls: 'turn:${new URL(address).host}?transport=tcp', ...relay },
      ]
      const [one, other] = [new RTCPeerConnection({ iceServers }), new RTCPeerConnection({ iceServers })]
      const candidates = []
      const gathered = (peer) => new Promise((resolve) => {
        peer.onicecandidate = ({ candidate }) => {
          if (candidate === null) resolve()
          else candidates.push(candidate.candidate)
        }
      })
      const ends = Promise.all([gathered(one), gathered(other)])
      one.createDataChannel('way out')
      await one.setLocalDescription(await one.createOffer())
      await other.setRemoteDescription(one.localDescription)
      await other.setLocalDescription(await other.createAnswer())
      await one.setRemoteDescription(other.localDescription)
      const to = (protocol, port) =>
        ({ sdpMid: '0', candidate: 'candidate:1 1 ' + protocol + ' 2122260223 127.0.0.1 ' + port + ' typ host' })
      await one.addIceCandidate(to('udp', ${port}))
      await one.addIceCandidate({ ...to('tcp', ${new URL(address).port}) , candidate: to('tcp', ${new URL(address).port}).candidate + ' tcptype passive' })
      await ends
      return candidates
    }`)
    expect(found).toEqual([])
    const heard = new Promise((resolve) => receiver.once('message', resolve))
    createSocket('udp4').unref().send('from the test itself', port, '127.0.0.1')
    await heard
    expect(datagrams).toBe(1)
  })

  it('13, 14: stays where it is: no navigation, no further windows', async () => {
    expect(await nextNavigation(`() => { location.href = '${address}' }`)).toEqual({ url: address, prevented: true })
    expect(
      await nextNavigation(`() => {
        document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=${address}' }))
      }`),
    ).toEqual({ url: address, prevented: true })
    expect(await inPage(`() => String(window.open('${address}'))`)).toBe('null')
    expect(await inPage(`() => location.href`)).toBe(pageUrl)
    expect(window.app.windows()).toHaveLength(1)
    expect(visits).toBe(0)
  })

  it('5: is refused every permission', async () => {
    expect(await inPage(`() => Notification.requestPermission()`)).toBe('denied')
    const names = ['geolocation', 'camera', 'microphone', 'clipboard-read', 'midi', 'notifications']
    const states = await inPage(
      `() => Promise.all(${JSON.stringify(names)}.map(async (name) => (await navigator.permissions.query({ name })).state))`,
    )
    expect(states).toEqual(names.map(() => 'denied'))
    expect(await inPage(`() => navigator.clipboard.readText()`)).toBe('NotAllowedError')
  })

  it('18: is served no file outside its folder', async () => {
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
    expect(await inPage(`() => fetch('file:///etc/passwd')`)).toBe('TypeError')
    expect(await inPage(`() => location.protocol`)).toBe('app:')
  })

  it('11, 12: has no webview, and no bridge in a frame', async () => {
    const inFrame = `() => { const frame = document.body.appendChild(document.createElement('iframe'))
      try { return [typeof frame.contentWindow.spiketune, typeof document.createElement('webview').getWebContentsId] }
      finally { frame.remove() } }`
    expect(await inPage(inFrame)).toEqual(['undefined', 'undefined'])
  })

  it('15: opens nothing with the programs of the system', async () => {
    await window.app.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      for (const name of ['openExternal', 'openPath'] as const) {
        Object.assign(shell, { [name]: (what: string) => Promise.resolve(opened.push(what)) })
      }
    })
    expect(await nextNavigation(`() => { location.href = 'mailto:a@b.example' }`)).toMatchObject({ prevented: true })
    expect(
      await nextNavigation(`() => {
        const link = Object.assign(document.createElement('a'), { href: 'https://example.org/', target: '_self' })
        document.body.append(link)
        link.click()
        link.remove()
      }`),
    ).toMatchObject({ prevented: true })
    expect(await window.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([])
  })

  it('has no way to files but the dialogs of the application: no pickers of Chromium, no downloads', async () => {
    expect(
      await inPage(
        `() => ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'].filter((name) => name in globalThis)`,
      ),
    ).toEqual([])
    await window.app.evaluate(({ session }) => {
      const download = new Promise((resolve) => {
        session.defaultSession.once('will-download', (event) => {
          resolve(event.defaultPrevented)
        })
      })
      Object.assign(globalThis, { download })
    })
    await inPage(`() => {
      Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: '.bashrc' }).click()
    }`)
    expect(await window.app.evaluate(() => (globalThis as unknown as { download: unknown }).download)).toBe(true)
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

  it('2, 3, 4, 6, 8, 9, 10: isolates and sandboxes the page', async () => {
    const preferences = await window.app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents()[0] as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return {
        policy: webContents.getAllWebContents()[0]?.getWebRTCIPHandlingPolicy(),
        ...contents.getLastWebPreferences(),
      }
    })
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      policy: 'disable_non_proxied_udp',
    })
    const off = [
      'nodeIntegrationInWorker',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
    ]
    for (const name of off) expect(Boolean((preferences as Record<string, unknown>)[name]), name).toBe(false)
  })

  it('16: runs in the Electron that package.json names, or in the one of the npm registry', async () => {
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
    expect([version, registryVersion]).toContain(await window.app.evaluate(() => process.versions.electron))
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

  it('17: answers its page at whichever place of it, and no other address', async () => {
    const ask = `window.spiketune.call('listStudies', null)`
    expect(await inPage(`() => { location.hash = 'elsewhere'; return ${ask} }`)).toMatchObject({ ok: true })
    expect(await inPage(`() => { history.replaceState(null, '', '/other.html'); return ${ask} }`)).toMatchObject({
      ok: false,
      error: { code: 'request-invalid' },
    })
    expect(await inPage(`() => { history.replaceState(null, '', '/index.html'); return ${ask} }`)).toMatchObject({
      ok: true,
    })
  })

  it('17: answers nobody but the top frame of its own page', async () => {
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
  it('7: keeps to its own policy', async () => {
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
  interface Answer {
    ok: boolean
    value?: unknown
    error?: { code: string }
  }
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
    for (const name of ['showInFolder', 'openSaved']) {
      expect(await ask(name, { place: unknown })).toMatchObject(notChosen)
      expect(await ask(name, { place: table })).toMatchObject(refused)
    }
    expect(await ask('previewDataset', { yaml, origin: unknown, samples: 1 })).toMatchObject(notChosen)
  })

  it('have a token only where they were dropped or chosen: a page makes up none', async () => {
    expect(await inPage(`() => window.spiketune.nameFile(new File(['x'], ${JSON.stringify(table)}))`)).toBeNull()
    expect(await inPage(`() => window.spiketune.nameFile({ path: ${JSON.stringify(table)}, name: 'x' })`)).toBeNull()
    const disguised = `Object.setPrototypeOf({ path: ${JSON.stringify(table)} }, File.prototype)`
    expect(await inPage(`async () => window.spiketune.nameFile(${disguised})`)).toBeNull()
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
    await page.getByRole('button', { name: 'Use as typed… for File' }).click()
    await preview.getByText('80 samples').waitFor()
    expect(await shownMessages(app)).toEqual(['Use this dataset?'])
    await page.getByRole('button', { name: 'Create paused' }).click()
    await page.getByRole('heading', { name: 'dropped-1' }).waitFor()
    expect(await shownMessages(app)).toEqual(['Use this dataset?'])
  })
})

it('nobody has connected to the host of this test, whatever the page tried', async () => {
  expect(connections).toBe(0)
  expect(await (await fetch(address)).text()).toBe('reached')
  expect([connections, visits, datagrams]).toEqual([1, 1, 1])
})

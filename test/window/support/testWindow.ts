import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Locator, type Page } from 'playwright-core'
import type { CallName, WindowBridge } from '../../../src-core/contracts/window.ts'
import { Workspace } from '../../main/cli/spiketune.ts'
import { type Display, openDisplay } from './display.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
// In Node the package `electron` is the path of the runtime.
const electronPath = createRequire(import.meta.url)('electron') as string

/** What is waited for comes; a slow or busy machine must not fail for being late (vitest.config.ts). */
const patienceMs = 300_000

/** Chromium refuses to start as root with its sandbox on. */
const rootArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export interface LaunchOptions {
  /** Folder for settings; another one makes another application. */
  readonly user?: string
  /** What `npm start --` would be given. */
  readonly study?: string
  /** Whether a user new to this folder is shown the tour; default false. */
  readonly tour?: boolean
  /** Switches of Chromium, such as `--disable-gpu`. */
  readonly switches?: readonly string[]
  /** On top of what the command line gets. */
  readonly environment?: Readonly<Record<string, string>>
}

type BridgeAnswer = Awaited<ReturnType<WindowBridge['call']>>

/** A running application and its page. */
export interface TestWindow {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the page wrote to its console, refusals of the content security policy among it. */
  readonly console: string[]
  /** Quits as a person does who wants running studies paused, or answers otherwise. */
  close(answer?: string): Promise<void>
}

/** A workspace of the command line with windows on the same library, and a display for them. */
export class WindowWorkspace extends Workspace {
  readonly #windows = new Set<TestWindow>()
  #display: Display | null = null

  async launch(options: LaunchOptions = {}): Promise<TestWindow> {
    const { user = 'user', study, tour = false, switches = [], environment = {} } = options
    if (!tour) this.#skipTour(user)
    const app = await _electron.launch({
      // Without a path, so that the driver finds the runtime itself, and holds the application back until it listens.
      args: [...switches, ...this.#arguments(user), ...(study === undefined ? [] : [study])],
      env: { ...(await this.#windowEnvironment()), ...environment },
      // The page's own theme is under test.
      colorScheme: null,
      timeout: patienceMs,
    })
    const page = await app.firstWindow({ timeout: patienceMs })
    page.setDefaultTimeout(patienceMs)
    const console: string[] = []
    page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => console.push(`error: ${error.message}`))
    const window: TestWindow = { app, page, console, close: (answer) => this.#close(window, answer) }
    this.#windows.add(window)
    return window
  }

  /** A second start of the same application, which hands over and ends. Resolves to its exit code. */
  async startAgain({ user = 'user', study }: LaunchOptions = {}): Promise<number | null> {
    const args = [...this.#arguments(user), ...(study === undefined ? [] : [study])]
    const child = spawn(electronPath, args, { env: await this.#windowEnvironment(), stdio: 'ignore' })
    return new Promise((resolve) => child.on('exit', resolve))
  }

  settingsFile(user = 'user'): string {
    return join(this.folder, user, 'settings.json')
  }

  async disposeAll(): Promise<void> {
    await Promise.all([...this.#windows].map((window) => window.close()))
    this.#display?.close()
    this.dispose()
  }

  #skipTour(user: string): void {
    const file = this.settingsFile(user)
    if (existsSync(file)) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify({ preferences: { 'tour.seen': true } }))
  }

  #arguments(user: string): string[] {
    return [...rootArguments, `--user-data-dir=${join(this.folder, user)}`, root]
  }

  async #windowEnvironment(): Promise<Record<string, string>> {
    this.#display ??= await openDisplay()
    // Of the tests' environment as little as the command line gets, with a display besides.
    const all = { ...this.environment(), DISPLAY: this.#display.name }
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
  }

  async #close(window: TestWindow, answer = 'Pause Now and Quit'): Promise<void> {
    if (!this.#windows.delete(window)) return
    await answerDialogs(window.app, { message: answer })
    await window.app.close()
  }
}

interface DialogAnswers {
  /** Paths that the person chooses in file dialogs; empty: cancel. */
  readonly paths?: readonly string[]
  /** Label of the button that the person presses in message boxes. */
  readonly message?: string
}

/** Only the native dialogs are stood in for: they belong to the system and cannot be clicked from a test. */
export const answerDialogs = (app: ElectronApplication, answers: DialogAnswers): Promise<void> =>
  app.evaluate(({ dialog }, { paths, message }) => {
    const shown: string[] = []
    Object.assign(globalThis, { shownMessages: shown })
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: (paths ?? []).length === 0, filePaths: [...(paths ?? [])] })
    dialog.showMessageBox = (...args: unknown[]) => {
      const options = args.at(-1) as { message: string; buttons?: string[] }
      shown.push(options.message)
      const pressed = options.buttons?.indexOf(message ?? '') ?? -1
      return Promise.resolve({ response: Math.max(0, pressed), checkboxChecked: false })
    }
  }, answers)

/** Files are written where the person said, whatever name was suggested. */
export const saveTo = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)

/** Titles of the message boxes shown since `answerDialogs`. */
export const shownMessages = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { shownMessages: string[] }).shownMessages)

/** Asks the main process as the page does. */
export const callBridge = async (page: Page, name: CallName, request: unknown): Promise<BridgeAnswer> =>
  page.evaluate(
    ([call, argument]) => (globalThis as unknown as { spiketune: WindowBridge }).spiketune.call(call, argument),
    [name, request] as const,
  )

/** Chooses an item of the application's menu, as its keys do. */
export const chooseMenuItem = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click()
  }, id)

/** Drops a file of the disk on the window, as a person does with the mouse. */
export const dropFile = async (page: Page, file: string): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  }
  await session.detach()
}

/** Starts the study of a definition file from the window. */
export const startFromFile = async ({ app, page }: TestWindow, file: string): Promise<void> => {
  await answerDialogs(app, { paths: [file] })
  await page.getByRole('button', { name: 'New study' }).click()
  await page.getByRole('button', { name: 'From a YAML file' }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.locator('[role=tablist][aria-label="Pages of the study"]').waitFor()
}

/** Waits until the study in view is shown with this state. */
export const waitForState = (page: Page, word: string): Promise<void> =>
  page.locator('header [role=status]').getByText(word, { exact: true }).waitFor()

/** Lets a study end in a new window, and shows its page for looking into networks. */
export const inspectFinished = async (
  workspace: WindowWorkspace,
  study: { readonly name: string },
): Promise<TestWindow> => {
  const window = await workspace.launch()
  await startFromFile(window, workspace.write(`${study.name}.yaml`, study))
  await waitForState(window.page, 'Finished')
  await window.page.getByRole('tab', { name: 'Inspect', exact: true }).click()
  return window
}

/** Waits until at least so many trials of the study in view are done. */
export const waitForDone = async (page: Page, count: number): Promise<void> => {
  await page.waitForFunction((least) => {
    const text = document.querySelector('[data-testid=done]')?.textContent ?? ''
    return Number(text.split('/')[0]?.replaceAll(',', '')) >= least
  }, count)
}

/** Where something is once the layout has come to rest. What is observed is told after the layout of a frame, also where frames are held. */
export const boxAtRest = async (target: Locator) => {
  for (let before = '', box = await target.boundingBox(); ; box = await target.boundingBox()) {
    if (box !== null && JSON.stringify(box) === before) return box
    before = JSON.stringify(box)
    await target
      .page()
      .evaluate(() => new Promise((told) => new IntersectionObserver(told).observe(document.documentElement)))
  }
}

import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from './appFiles.ts'
import type { SettingsStore } from './settings.ts'
import type { Bounds } from './storedSettings.ts'

/** Smallest size that the window's layout is made for, in device-independent pixels. */
const minimumSize = { width: 1024, height: 700 } as const
const defaultSize = { width: 1440, height: 900 } as const

/** A window must show at least this much of its title bar to be moved by hand, in device-independent pixels. */
const reachable = { width: 200, height: 40 } as const

const overlap = (startA: number, lengthA: number, startB: number, lengthB: number): number =>
  Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB)

const reachableOn = (bounds: Bounds, workArea: Bounds): boolean =>
  overlap(bounds.x, bounds.width, workArea.x, workArea.width) >= reachable.width &&
  bounds.y >= workArea.y &&
  bounds.y + reachable.height <= workArea.y + workArea.height

/**
 * Where to open the window: where it was, or, when that place is on no screen any more, centred on the first one.
 * `workAreas` are the usable areas of the screens, the primary one first.
 */
export const openingBounds = (saved: Bounds | null, workAreas: readonly Bounds[]): Bounds => {
  if (saved !== null && workAreas.some((workArea) => reachableOn(saved, workArea))) return saved
  const workArea = workAreas[0] ?? { x: 0, y: 0, ...defaultSize }
  const width = Math.max(minimumSize.width, Math.min(saved?.width ?? defaultSize.width, workArea.width))
  const height = Math.max(minimumSize.height, Math.min(saved?.height ?? defaultSize.height, workArea.height))
  return {
    x: workArea.x + Math.max(0, Math.round((workArea.width - width) / 2)),
    y: workArea.y + Math.max(0, Math.round((workArea.height - height) / 2)),
    width,
    height,
  }
}

/** The page's own background, so that the window does not flash before the page is painted. */
const backgroundColor = (): string => (nativeTheme.shouldUseDarkColors ? '#14171c' : '#f6f7f9')

const workAreas = () => {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary, ...others].map((display) => display.workArea)
}

/** Where the window stands is written when it closes. */
const rememberState = (window: BrowserWindow, settings: SettingsStore): void => {
  window.on('close', () => {
    settings.writeWindow({ bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  })
}

/**
 * Makes the application's window; it shows itself when its page is painted.
 *
 * @param preload the built preload script, a file: URL
 * @param icon a PNG, a file: URL
 */
export const createWindow = (
  settings: SettingsStore,
  { preload, icon }: { preload: URL; icon: URL },
): BrowserWindow => {
  const window = new BrowserWindow({
    ...openingBounds(settings.window.bounds, workAreas()),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Spiketune',
    icon: fileURLToPath(icon),
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: fileURLToPath(preload),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      // The page has dialogs of the application for files; those of Chromium would give it handles to write by.
      disableBlinkFeatures: 'FileSystemAccessLocal',
      devTools: !app.isPackaged,
    },
  })
  window.once('ready-to-show', () => {
    if (settings.window.maximised) window.maximize()
    window.show()
  })
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundColor())
  })
  rememberState(window, settings)
  return window
}

export const loadPage = (window: BrowserWindow): Promise<void> => window.loadURL(pageUrl)

/** Brings the window to the person who started the application a second time. */
export const bringForward = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from './appFiles.ts'
import type { SettingsStore } from './settings.ts'
import { minimumSize, openingBounds } from './windowBounds.ts'

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

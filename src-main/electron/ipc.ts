/** The only file that touches `ipcMain`. Requests are decoded here; errors leave as values, never as exceptions. */
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import {
  type CallName,
  type CallRequest,
  type CallResponse,
  type EventName,
  type EventPayload,
  windowCalls,
  type WireError,
} from '../../src-core/contracts/window.ts'
import { callChannel, dropChannel, eventChannel } from '../../src-core/contracts/windowChannels.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { isPage } from './appFiles.ts'

/** An error as a value that crosses to the page: what a person can act on, and the technical part apart from it. */
export const toWireError = (error: unknown): WireError => {
  if (error instanceof SpiketuneError) {
    return error.details === undefined
      ? { code: error.code, message: error.message }
      : { code: error.code, message: error.message, details: error.details }
  }
  const message = error instanceof Error ? error.message : String(error)
  const details = error instanceof Error ? error.stack : undefined
  const wire = { code: 'internal', message: `Something unexpected happened: ${message}` }
  return details === undefined ? wire : { ...wire, details }
}

export type WindowHandlers = {
  readonly [Name in CallName]: (request: CallRequest<Name>) => Promise<CallResponse<Name>> | CallResponse<Name>
}

const refused = (message: string, details?: string) => ({
  ok: false,
  error: { code: 'request-invalid', message, ...(details === undefined ? {} : { details }) },
})

/** Only the top frame of the application's own window, showing the application's own page, is answered. */
const comesFrom = (window: BrowserWindow, { sender, senderFrame }: IpcMainInvokeEvent): boolean =>
  !window.isDestroyed() &&
  sender === window.webContents &&
  senderFrame === window.webContents.mainFrame &&
  isPage(senderFrame.url)

const register = <Name extends CallName>(window: BrowserWindow, name: Name, handler: WindowHandlers[Name]): void => {
  const schema: z.ZodType = windowCalls[name].request
  ipcMain.handle(callChannel(name), async (event, request: unknown) => {
    if (!comesFrom(window, event)) return refused('Only the window of Spiketune may ask.')
    const decoded = schema.safeParse(request)
    if (!decoded.success) {
      return refused(`The window sent a request that "${name}" does not take.`, z.prettifyError(decoded.error))
    }
    try {
      return { ok: true, value: await handler(decoded.data as CallRequest<Name>) }
    } catch (error) {
      return { ok: false, error: toWireError(error) }
    }
  })
}

/** Answers the calls of `window`. Returns what takes the answers away again. */
export const connectCalls = (window: BrowserWindow, handlers: WindowHandlers): (() => void) => {
  const names = Object.keys(windowCalls) as CallName[]
  for (const name of names) register(window, name, handlers[name])
  return () => {
    for (const name of names) ipcMain.removeHandler(callChannel(name))
  }
}

const droppedSchema = z.string().min(1).max(4096).refine(isAbsolute)

/**
 * Takes the paths of dropped files from the preload script, and answers a token for each; null: refused.
 * Returns what ends it.
 */
export const connectDrops = (window: BrowserWindow, name: (path: string) => string): (() => void) => {
  ipcMain.handle(dropChannel, (event, dropped: unknown) => {
    const path = droppedSchema.safeParse(dropped)
    return comesFrom(window, event) && path.success ? name(path.data) : null
  })
  return () => {
    ipcMain.removeHandler(dropChannel)
  }
}

/** Sends a fact to the page, if there is one. */
export const sendEvent = <Name extends EventName>(
  window: BrowserWindow,
  name: Name,
  payload: EventPayload<Name>,
): void => {
  if (window.isDestroyed() || window.webContents.isCrashed()) return
  window.webContents.send(eventChannel(name), payload)
}

/**
 * Runs sandboxed before the page: hands it the `WindowBridge` and nothing else. Names outside the contract never reach
 * Electron's IPC; what the calls carry is decoded by the main process, what comes back by the page.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron'
import type { WindowBridge } from '../../src-core/contracts/window.ts'
import {
  callChannel,
  dropChannel,
  eventChannel,
  isCallName,
  isEventName,
} from '../../src-core/contracts/windowChannels.ts'

const bridge: WindowBridge = {
  call(name, request) {
    if (!isCallName(name)) {
      return Promise.resolve({
        ok: false,
        error: { code: 'request-invalid', message: 'There is no call of this name.' },
      })
    }
    return ipcRenderer.invoke(callChannel(name), request) as ReturnType<WindowBridge['call']>
  },
  on(name, listener) {
    if (!isEventName(name)) throw new TypeError('There is no event of this name.')
    const forward = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload)
    }
    ipcRenderer.on(eventChannel(name), forward)
    return () => {
      ipcRenderer.removeListener(eventChannel(name), forward)
    }
  },
  async nameFile(file) {
    // Only a file that a person dropped or chose has a path; the page sees none, and can make up none.
    const path = file instanceof File ? webUtils.getPathForFile(file) : ''
    return path === '' ? null : ((await ipcRenderer.invoke(dropChannel, path)) as string | null)
  },
}

contextBridge.exposeInMainWorld('spiketune', bridge)

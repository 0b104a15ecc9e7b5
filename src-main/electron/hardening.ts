import { app, type Session, type WebContents } from 'electron'
import { appOrigin } from './appFiles.ts'

/** Chromium's own traffic (dictionaries, component updates, field trials) is off too: the application has no network. */
export const refuseNetworkOfChromium = (): void => {
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('no-pings')
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

const belongsToApp = (url: string): boolean => url.startsWith(`${appOrigin}/`) || url.startsWith('devtools://')

/** Refuses every permission and every request but those for the application's own files. */
export const hardenSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => {
    event.preventDefault()
  })
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !belongsToApp(request.url) })
  })
}

const hardenContents = (contents: WebContents): void => {
  // WebRTC sends past the session: neither its requests nor the content security policy know of it. Without a proxy nothing
  // is left that it may send by.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Keeps every page, whoever makes it, on the address that it was made for and without pages of its own. */
export const hardenEveryPage = (): void => {
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents)
  })
}

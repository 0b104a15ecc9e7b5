import { BrowserWindow, session } from 'electron'
import { reportPolicy } from '../../src-core/contracts/window/savedFiles.ts'
import { appOrigin, appScheme } from './appFiles.ts'
import { hardenSession } from './hardening.ts'

const reportUrl = `${appOrigin}/report.html`

/**
 * Prints a page to PDF, A4, by Electron's own printing, in a hidden window without scripts.
 * @param html a whole document
 */
export const printReport = async (html: string): Promise<Uint8Array> => {
  // Without `persist:` it lives in memory only, and apart from the session of the application.
  const reportSession = session.fromPartition(`report-${Date.now()}`)
  hardenSession(reportSession)
  reportSession.protocol.handle(appScheme, (request) =>
    request.url === reportUrl
      ? new Response(html, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': reportPolicy },
        })
      : new Response(null, { status: 404 }),
  )
  const page = new BrowserWindow({
    show: false,
    webPreferences: { session: reportSession, javascript: false, sandbox: true, contextIsolation: true },
  })
  try {
    await page.loadURL(reportUrl)
    return await page.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true })
  } finally {
    page.destroy()
  }
}

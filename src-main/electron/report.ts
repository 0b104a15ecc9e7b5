import { BrowserWindow, session } from 'electron'
import { reportPolicy, reportStart } from '../../src-core/contracts/window/savedFiles.ts'
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

/** Prints an SVG drawing to a PDF page of its size. @param svg a document with a view box, in CSS pixels */
export const printDrawing = (svg: string): Promise<Uint8Array> => {
  const [, width = '680', height = '340'] = /\sviewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  // A line more than the drawing is high: what rounding adds must not begin a second page.
  const style = `@page { size: ${width}px ${Number(height) + 1}px; margin: 0 } body { margin: 0 } svg { display: block; width: ${width}px; height: ${height}px }`
  return printReport(
    `${reportStart}<title>Figure</title><style>${style}</style></head><body>${svg.replace(/^<\?xml[^>]*\?>/, '')}</body></html>`,
  )
}

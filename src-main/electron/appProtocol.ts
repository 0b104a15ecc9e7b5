import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { protocol } from 'electron'
import type { Session } from 'electron'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'

/** The page has an origin of its own, so that `'self'` means these files and not the whole file system. */
const scheme = 'app'
export const appOrigin = `${scheme}://spiketune`
export const pageUrl = `${appOrigin}/index.html`

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before the application is ready. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }])
}

/** Absolute path of the file that a request names, or null when it names none inside `folder`. */
export const fileOfRequest = (requestUrl: string, folder: string): string | null => {
  if (!requestUrl.startsWith(`${appOrigin}/`) || !URL.canParse(requestUrl)) return null
  const url = new URL(requestUrl)
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  const file = normalize(join(folder, path))
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) && !file.includes('\0') ? file : null
}

const respond = async (requestUrl: string, folder: string): Promise<Response> => {
  const file = fileOfRequest(requestUrl, folder)
  const contentType = file === null ? undefined : contentTypes[extname(file)]
  if (file === null || contentType === undefined) return new Response(null, { status: 404 })
  try {
    return new Response(await readFile(file), {
      headers: {
        'content-type': contentType,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    })
  } catch {
    return new Response(null, { status: 404 })
  }
}

/** Serves the built page to `session`. @param rendererUrl the folder of the built page, a file: URL */
export const serveApp = (session: Session, rendererUrl: URL): void => {
  const folder = fileURLToPath(rendererUrl)
  session.protocol.handle(scheme, (request) => respond(request.url, folder))
}

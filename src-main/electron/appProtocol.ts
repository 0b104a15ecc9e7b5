import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { protocol } from 'electron'
import type { Session } from 'electron'
import { appScheme, contentTypeOf, fileOfRequest } from './appFiles.ts'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'

/** Must run before the application is ready. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true } }])
}

const respond = async (requestUrl: string, folder: string): Promise<Response> => {
  const file = fileOfRequest(requestUrl, folder)
  const contentType = file === null ? null : contentTypeOf(file)
  if (file === null || contentType === null) return new Response(null, { status: 404 })
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
  session.protocol.handle(appScheme, (request) => respond(request.url, folder))
}

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { protocol, type Session } from 'electron'
import { appScheme, contentTypeOf, fileOfRequest } from './appFiles.ts'

/**
 * What the page may do: run and show what it was delivered with, and nothing else. No `unsafe-*`: chart.js sets styles
 * through the object model, zod runs without its code generator, Svelte registers one trusted-types policy.
 */
const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'svelte-trusted-html',
} as const

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ')

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

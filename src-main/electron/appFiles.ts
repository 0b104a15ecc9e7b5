import { extname, join, normalize, sep } from 'node:path'

/** The page has an origin of its own, so that `'self'` means these files and not the whole file system. */
export const appScheme = 'app'
export const appOrigin = `${appScheme}://spiketune`
export const pageUrl = `${appOrigin}/index.html`

/** Whether an address is that of the application's page, at whichever place in it: a hash or a query does not make another. */
export const isPage = (address: string): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, host, pathname, username, password } = new URL(address)
  return `${protocol}//${host}${pathname}` === pageUrl && username === '' && password === ''
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
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

/** Media type by extension; null: a file of this kind is not part of a page. */
export const contentTypeOf = (file: string): string | null => contentTypes[extname(file)] ?? null

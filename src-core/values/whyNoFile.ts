/** What the file system says lies at a path: `Stats` of Node. */
export interface FoundThing {
  isFile(): boolean
  isDirectory(): boolean
  isFIFO(): boolean
  isSocket(): boolean
}

/**
 * What lies where a person named a file, as the end of a sentence; null: it is one. Anything else is not opened: a folder
 * has no content, a device need not end, and whoever opens a pipe may wait for ever.
 */
export const whyNoFile = (found: FoundThing): string | null => {
  if (found.isFile()) return null
  if (found.isDirectory()) return 'is a folder'
  if (found.isFIFO()) return 'is a pipe'
  return found.isSocket() ? 'is a socket' : 'is a device'
}

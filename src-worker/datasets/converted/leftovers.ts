import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file that somebody still writes is never left alone for this long. */
const abandonedAfterMs = 60 * 60 * 1000

/** Where a process writes what will be a converted dataset. */
export const partialPath = (path: string, process: number, id: string): string => `${path}.${process}.${id}.partial`

/** Where a lock goes that nobody holds any more, for the moment until it is removed. */
export const abandonedLockPath = (lockPath: string, id: string): string => `${lockPath}.${id}.abandoned`

/**
 * Removes what conversions that were killed have left half done: of this dataset, whose lock is held, at once; of
 * others, which other machines may be converting, when nobody has written it for an hour. What a process of this machine
 * writes stays, whatever the date says.
 * @param nowMs as the disk has it, which other machines may share
 */
export const removeLeftovers = async (path: string, nowMs: number): Promise<void> => {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    if (!/\.(partial|abandoned)$/.test(name)) continue
    const left = join(folder, name)
    const written = await stat(left).catch(() => null)
    if (written === null) continue
    const writer = /\.(\d+)\.[^.]+\.partial$/.exec(name)?.[1]
    if (writer !== undefined && isAlive(Number(writer))) continue
    const isDead = writer !== undefined && name.startsWith(`${basename(path)}.`)
    if (isDead || nowMs - written.mtimeMs > abandonedAfterMs) await rm(left, { force: true })
  }
}

/** Whether there is a process with this id on this machine. */
export const isAlive = (id: number): boolean => {
  if (!(id > 0)) return false
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    // Of another user, it is there all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const ending = '.partial'
/** So long nothing is written to a file that somebody still writes. */
const abandonedAfterMs = 60 * 60 * 1000

/** Where a process writes what will be a converted dataset. */
export const partialPath = (path: string, process: number, id: string): string => `${path}.${process}.${id}${ending}`

/** Removes from the folder of converted datasets what conversions that were killed have left half done. */
export async function removeLeftovers(folder: string, nowMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith(ending)) continue
    const path = join(folder, name)
    const writer = Number(/\.(\d+)\.[^.]+\.partial$/.exec(name)?.[1] ?? 0)
    const written = await stat(path).catch(() => null)
    if (written === null) continue
    const isLeft = !isAlive(writer) || nowMs - written.mtimeMs > abandonedAfterMs
    if (isLeft) await rm(path, { force: true })
  }
}

/** Whether there is a process with this id on this machine. */
export function isAlive(process_: number): boolean {
  if (!(process_ > 0)) return false
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    // Of another user, it is there all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

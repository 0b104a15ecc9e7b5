/** Locks that say that a process has a file open: `flock` of the C library, which the system undoes when the process ends. */
import { closeSync, fstatSync, openSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { systemCalls } from './memoryMap.ts'

const shared = 1
const exclusive = 2
const atOnce = 4

/**
 * Says that a file is open here, as long as its descriptor is. Who removes a file holds it for no longer than that takes.
 * @returns false when it was removed by then
 */
export const lockShared = async (file: number): Promise<boolean> => {
  ;(await systemCalls())?.flock(file, shared)
  return fstatSync(file).nlink > 0
}

/** Whether a process has a file open, this one too. Where the system does not tell, it counts as open. */
export const isOpenElsewhere = async (path: string): Promise<boolean> =>
  (await whileAlone(path, () => Promise.resolve(true))) === null

/**
 * Removes a file under all its names, unless a process has it open.
 * @returns whether it was removed
 */
export const removeUnlessOpen = async (paths: readonly string[]): Promise<boolean> => {
  const removed = await whileAlone(paths[0] ?? '', async () => {
    for (const path of paths) await rm(path, { force: true })
    return true
  })
  return removed ?? false
}

/** @returns null: the file is open, or is not there, or the disk refused */
const whileAlone = async <Result>(path: string, act: () => Promise<Result>): Promise<Result | null> => {
  const calls = await systemCalls()
  let file: number | null = null
  try {
    // Windows removes no file that is open, and has no such lock.
    if (process.platform === 'win32') return await act()
    file = openSync(path, 'r')
    return calls?.flock(file, exclusive | atOnce) === 0 ? await act() : null
  } catch {
    return null
  } finally {
    if (file !== null) closeSync(file)
  }
}

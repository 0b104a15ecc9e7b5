import { accessSync, constants, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isNetworkFile, networkFileName, type StudyPaths } from '../files/studyFolder.ts'

/** Networks that were trained again for an inspection may take this much of the disk in each study. */
const budgetBytes = 256 * 2 ** 20

/** Where the network of a trial that was trained again lies. */
export const retrainedNetworkPath = ({ retrained }: Pick<StudyPaths, 'retrained'>, trial: number): string =>
  join(retrained, networkFileName(trial))

/** Removes the oldest networks of a folder until the rest is within the budget; of one that may only be read, none. */
export const pruneRetrainedNetworks = (folder: string, budget: number = budgetBytes): void => {
  const files = networkFiles(folder).sort((a, b) => b.writtenMs - a.writtenMs)
  let bytes = 0
  for (const { path, size } of files) {
    bytes += size
    if (bytes > budget && mayRemove(folder)) rmSync(path, { force: true })
  }
}

const mayRemove = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const networkFiles = (folder: string) => {
  const names = readNames(folder).filter(isNetworkFile)
  return names.flatMap((name) => {
    const path = join(folder, name)
    const file = statSync(path, { throwIfNoEntry: false })
    return file === undefined ? [] : [{ path, size: file.size, writtenMs: file.mtimeMs }]
  })
}

const readNames = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

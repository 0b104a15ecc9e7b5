/** How an installation takes the place of another: whole, by one set-up at a time, or not at all. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { explainFileError } from '../files/fileErrors.ts'
import { takeWriterLock } from '../storage/writerLock.ts'
import { type Variant, variants } from './installation.ts'
import { setupFailed } from './setupErrors.ts'

/** Runs `work` while nobody else changes what is installed in `folder`. @throws {SpiketuneError} when somebody does */
export const alone = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  await explained(folder, () => mkdir(folder, { recursive: true }))
  const lock = takeWriterLock(join(folder, 'setup.lock'))
  if (lock === null) {
    throw setupFailed(`Another set-up is under way in ${folder}. Wait until it has ended, then try again.`)
  }
  try {
    await removeLeftovers(folder)
    return await explained(folder, work)
  } finally {
    // Once more: a tool that outlived its killed set-up has ended by now.
    await removeLeftovers(folder)
    lock.release()
  }
}

/**
 * Lets `work` fill a new folder, which then takes the place of the variant's. When `work` fails, what was there stays, and
 * nothing of the new one is left. To be called within `alone`.
 */
export const replacing = async <Result>(
  folder: string,
  variant: Variant,
  work: (staging: string) => Promise<Result>,
): Promise<Result> => {
  const staging = await mkdtemp(join(folder, `${variant}-`))
  try {
    const result = await work(staging)
    await removeInstalled(folder, variant)
    await rename(staging, join(folder, variant))
    return result
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

/** @returns whether there was anything. To be called within `alone` */
export const removeInstalled = async (folder: string, variant: Variant): Promise<boolean> => {
  const own = join(folder, variant)
  if (!existsSync(own)) return false
  // It goes at once for everyone who looks, however long its many files take.
  const before = await mkdtemp(join(folder, `${variant}-`))
  await rename(own, join(before, 'removed'))
  await rm(before, { recursive: true, force: true })
  return true
}

/** What a set-up left that was killed. */
const removeLeftovers = async (folder: string): Promise<void> => {
  const leftover = new RegExp(`^(${variants.join('|')})-`)
  for (const name of (await readdir(folder)).filter((name) => leftover.test(name))) {
    // Where a tool still writes, some of it stays for the next time.
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

const explained = async <Result>(folder: string, step: () => Promise<Result>): Promise<Result> => {
  try {
    return await step()
  } catch (error) {
    throw explainFileError(error, folder)
  }
}

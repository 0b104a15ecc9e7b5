/**
 * Moves a folder into the bin of the user as desktops on Linux keep it (the Trash specification of freedesktop.org): the bin of
 * the home where that is on the same file system, else the one at the top of the folder's own. Nothing is copied: a study of many
 * gigabytes goes at once, or stays whole.
 */
import { closeSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { isFileError } from './fileErrors.ts'

interface Bin {
  readonly folder: string
  /** What paths in it are relative to; null: they are whole. */
  readonly top: string | null
}

interface BinOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly nowMs: number
}

const deviceOf = (path: string): number => lstatSync(path).dev

/** The device of the nearest folder that is there. */
const deviceAbove = (path: string): number => {
  try {
    return statSync(path).dev
  } catch {
    return dirname(path) === path ? -1 : deviceAbove(dirname(path))
  }
}

/** The highest folder above a path that is on the same file system. */
const topOf = (path: string, device: number): string => {
  const above = dirname(path)
  return above === path || deviceOf(above) !== device ? path : topOf(above, device)
}

const homeBin = ({ environment }: BinOptions): string => {
  const data = environment['XDG_DATA_HOME']
  return join(data === undefined || data === '' ? join(homedir(), '.local', 'share') : data, 'Trash')
}

/** A bin for all users at the top of a file system is used only as the specification has it: a real folder with its sticky bit. */
const sharedBin = (top: string, user: number): string | null => {
  const shared = join(top, '.Trash')
  const found = lstatSync(shared, { throwIfNoEntry: false })
  return found?.isDirectory() === true && (found.mode & 0o1000) !== 0 ? join(shared, String(user)) : null
}

const binsFor = (path: string, options: BinOptions): Bin[] => {
  const device = deviceOf(path)
  const home = homeBin(options)
  if (deviceAbove(home) === device) return [{ folder: home, top: null }]
  const top = topOf(path, device)
  const user = process.getuid?.() ?? 0
  const shared = sharedBin(top, user)
  return [...(shared === null ? [] : [{ folder: shared, top }]), { folder: join(top, `.Trash-${user}`), top }]
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** Local time, as the specification wants it. */
const dateText = (nowMs: number): string => {
  const at = new Date(nowMs)
  return new Date(nowMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

const put = (path: string, { folder, top }: Bin, nowMs: number): string => {
  for (const part of ['files', 'info']) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 })
  const text = `[Trash Info]\nPath=${encoded(top === null ? path : relative(top, path))}\nDeletionDate=${dateText(nowMs)}\n`
  for (let number = 1; ; number++) {
    const name = number === 1 ? basename(path) : `${basename(path)}.${number}`
    const info = join(folder, 'info', `${name}.trashinfo`)
    let file: number
    try {
      // Whoever makes this file has the name.
      file = openSync(info, 'wx', 0o600)
    } catch (error) {
      if (isFileError(error) && error.code === 'EEXIST') continue
      throw error
    }
    try {
      writeSync(file, text)
      renameSync(path, join(folder, 'files', name))
      return join(folder, 'files', name)
    } catch (error) {
      rmSync(info, { force: true })
      // Something of this name without its description: somebody else's.
      if (isFileError(error) && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')) continue
      throw error
    } finally {
      closeSync(file)
    }
  }
}

/** @returns where it is now @throws {SpiketuneError} bin-not-usable; then nothing has changed */
export const moveToBin = (folder: string, options: BinOptions): string => {
  const path = resolve(folder)
  const problems: string[] = []
  for (const bin of binsFor(path, options)) {
    try {
      return put(path, bin, options.nowMs)
    } catch (error) {
      if (!isFileError(error)) throw error
      problems.push(error.message)
    }
  }
  throw new SpiketuneError(
    'bin-not-usable',
    `${path} could not be moved to the bin, and is still there. Check that you may write to its folder and to the bin; or remove the folder yourself.`,
    { details: problems.join('\n') },
  )
}

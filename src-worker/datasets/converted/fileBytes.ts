import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { lockShared } from './fileLock.ts'
import { mapMemory } from './memoryMap.ts'

/** The bytes of an open file, as many as it had when it was opened. */
export interface FileBytes {
  readonly size: number
  /** `mapped`: into the memory of this process, whose pages all processes share. `read`: by a system call each time. */
  readonly access: 'mapped' | 'read'
  /**
   * Fills the target from a place of the file.
   * @returns false when the file has fewer bytes
   * @throws {Error} when it is closed
   */
  read(position: number, target: Uint8Array): boolean
  /** Lets the system take the memory of what was read: read again, it comes back. */
  release(): void
  /** May be called again. Nobody needs to: the file is closed too when nothing refers to it any more. */
  close(): void
}

/** Both lock the file as long as it is open, so that nobody evicts it from the cache. Mapped where the system can, else read. @returns null when there is no such file */
export const openFileBytes = async (path: string): Promise<FileBytes | null> =>
  (await openMapped(path)) ?? (await openRead(path))

/** @returns null when there is no such file, it is empty, or the system does not map it */
export const openMapped = async (path: string): Promise<FileBytes | null> => {
  const opened = open(path)
  if (opened === null) return null
  const { file, size } = opened
  const memory = (await lockShared(file)) ? await mapMemory(file, size) : null
  if (memory === null) {
    closeSync(file)
    return null
  }
  // A copy from beyond the file would end the process: everything is checked against the size at opening.
  return checked(size, 'mapped', {
    read: (position, target) => {
      memory.copy(position, target)
      return true
    },
    release: memory.release,
    close: () => {
      memory.unmap()
      closeSync(file)
    },
  })
}

/** @returns null when there is no such file */
export const openRead = async (path: string): Promise<FileBytes | null> => {
  const opened = open(path)
  if (opened === null) return null
  const { file, size } = opened
  if (!(await lockShared(file))) {
    closeSync(file)
    return null
  }
  return checked(size, 'read', {
    read: (position, target) => {
      let done = 0
      while (done < target.length) {
        const read = readSync(file, target, done, target.length - done, position + done)
        if (read === 0) return false
        done += read
      }
      return true
    },
    release: () => undefined,
    close: () => {
      closeSync(file)
    },
  })
}

const open = (path: string): { readonly file: number; readonly size: number } | null => {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    const found = fstatSync(file)
    if (found.isFile()) return { file, size: found.size }
  } catch {
    // None, or none that may be read.
  }
  if (file !== null) closeSync(file)
  return null
}

/** Closes what nothing refers to. */
const forgotten = new FinalizationRegistry<() => void>((close) => {
  close()
})

type Calls = Pick<FileBytes, 'read' | 'release' | 'close'>

const checked = (size: number, access: FileBytes['access'], { read, release, close }: Calls): FileBytes => {
  let isOpen = true
  const bytes: FileBytes = {
    size,
    access,
    read(position, target) {
      if (!isOpen) throw new Error('the file is closed')
      if (!Number.isSafeInteger(position) || position < 0) throw new RangeError(`there is no byte ${position}`)
      return target.length === 0 || (position + target.length <= size && read(position, target))
    },
    release() {
      if (isOpen) release()
    },
    close() {
      if (!isOpen) return
      isOpen = false
      forgotten.unregister(bytes)
      close()
    },
  }
  forgotten.register(bytes, close, bytes)
  return bytes
}

/** Files in the memory of this process, by the C library's mmap: POSIX, so Linux and macOS. docs/adr/0013 says why. */

const protRead = 1
const mapShared = 1
const adviseDontNeed = 4
const mapFailed = 2n ** 64n - 1n

interface SystemCalls {
  readonly mmap: (
    ...given: [near: null, length: number, protection: number, flags: number, file: number, from: number]
  ) => unknown
  readonly munmap: (address: bigint, length: number) => unknown
  readonly madvise: (address: bigint, length: number, advice: number) => unknown
  readonly flock: (file: number, operation: number) => unknown
  readonly memcpy: (to: Uint8Array, from: bigint, bytes: number) => unknown
}

/** A stretch of memory that holds a file. Whoever copies stays within its size and between mapping and `unmap`. */
interface MemoryMap {
  copy(position: number, target: Uint8Array): void
  /** Gives the pages back to the system, which keeps the file in its cache as it sees fit. */
  release(): void
  unmap(): void
}

let loaded: Promise<SystemCalls | null> | null = null

/** Null where there is no C library that can be called. */
export const systemCalls = (): Promise<SystemCalls | null> => (loaded ??= loadSystemCalls())

/**
 * Maps an open file, which may be closed afterwards.
 * @param file its descriptor
 * @param size bytes
 * @returns null where the system maps no files, or not this one
 */
export const mapMemory = async (file: number, size: number): Promise<MemoryMap | null> => {
  const calls = await systemCalls()
  const address = calls?.mmap(null, size, protRead, mapShared, file, 0)
  if (!calls || typeof address !== 'bigint' || address === mapFailed || address <= 0n) return null
  return {
    copy: (position, target) => {
      calls.memcpy(target, address + BigInt(position), target.length)
    },
    release: () => {
      calls.madvise(address, size, adviseDontNeed)
    },
    unmap: () => {
      calls.munmap(address, size)
    },
  }
}

const loadSystemCalls = async (): Promise<SystemCalls | null> => {
  if (process.platform === 'win32') return null
  try {
    const { default: koffi } = await import('koffi')
    const library = koffi.load(null)
    return {
      mmap: library.func('void *mmap(void *near, size_t length, int protection, int flags, int file, int64_t from)'),
      munmap: library.func('int munmap(void *address, size_t length)'),
      madvise: library.func('int madvise(void *address, size_t length, int advice)'),
      flock: library.func('int flock(int file, int operation)'),
      memcpy: library.func('void *memcpy(void *to, void *from, size_t bytes)'),
    }
  } catch {
    // No native code of koffi for this platform: files are read instead.
    return null
  }
}

import { unzipSync } from 'fflate'
import { damaged, damagedAt } from './damaged.ts'
import type { NamedFile } from './damaged.ts'
import { readNpy } from './npy.ts'
import type { NpyArray } from './npy.ts'

/** Arrays that unpack to more than so many times their size in the file are none that hold samples. */
const largestRatio = 256

/**
 * NumPy's `.npz`: a zip archive of `.npy` files.
 * @returns the arrays with these names that it has
 * @throws {SpiketuneError} dataset-damaged
 */
export function readNpz(bytes: Uint8Array, names: readonly string[], named: NamedFile): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>()
  for (const [name, content] of Object.entries(unzip(bytes, names, named))) {
    const array = name.slice(0, -'.npy'.length)
    arrays.set(array, readNpy(content, { ...named, file: `${named.file}, array ${array}` }))
  }
  return arrays
}

function unzip(bytes: Uint8Array, names: readonly string[], named: NamedFile): Record<string, Uint8Array> {
  let tooLarge: string | null = null
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        if (!names.some((one) => `${one}.npy` === name)) return false
        // The sizes are as the archive has them, and memory is taken for them before anything is unpacked.
        if (size > bytes.length || originalSize > size * largestRatio + 1024) tooLarge = name
        return tooLarge === null
      },
    })
    if (tooLarge === null) return files
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw damaged(named.file, `it cannot be unpacked (${reason})`, named.advice, cause)
  }
  throw damagedAt(named, 0, `${String(tooLarge)} in it announces more bytes than it can hold`)
}

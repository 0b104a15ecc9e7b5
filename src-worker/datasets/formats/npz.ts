import type { NamedFile } from './damaged.ts'
import { type NpyArray, readNpy } from './npy.ts'
import { readZip } from './zip.ts'

const ending = '.npy'

/**
 * NumPy's `.npz`: a zip archive of `.npy` files.
 * @returns the arrays with these names that it has
 * @throws {SpiketuneError} dataset-damaged
 */
export const readNpz = (bytes: Uint8Array, names: readonly string[], named: NamedFile): Map<string, NpyArray> => {
  const files = readZip(
    bytes,
    names.map((name) => `${name}${ending}`),
    named,
  )
  return new Map(
    [...files].map(([name, content]) => {
      const array = name.slice(0, -ending.length)
      return [array, readNpy(content, { ...named, file: `${named.file}, array ${array}` })]
    }),
  )
}

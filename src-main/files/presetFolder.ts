import { readdir } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'

const extension = '.yaml'

/** The files that come with the application, by name. */
interface PresetFolder {
  names(): Promise<string[]>
  /** Path of one. @throws SpiketuneError definition-not-found */
  file(name: string): Promise<string>
}

/** What to call one where there is none of a name, and all of them. */
export const createPresetFolder = (
  url: URL,
  { kind, all }: { readonly kind: string; readonly all: string },
): PresetFolder => {
  const folder = fileURLToPath(url)
  const names = async (): Promise<string[]> => {
    const files = await readdir(folder)
    return files
      .filter((file) => file.endsWith(extension))
      .map((file) => basename(file, extension))
      .sort()
  }
  return {
    names,
    async file(name) {
      const known = await names()
      if (known.includes(name)) return resolve(folder, `${name}${extension}`)
      const message = `There is no ${kind} "${name}", nor a file of that name. ${all}: ${known.join(', ')}.`
      throw new SpiketuneError('definition-not-found', message)
    },
  }
}

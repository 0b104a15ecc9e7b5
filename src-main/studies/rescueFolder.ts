import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import envPaths from 'env-paths'
import { identityOf, isStillAt } from '../storage/fileIdentity.ts'
import type { Refuge } from '../storage/refuge.ts'
import { isNetworkFile, studyPaths, type StudyPaths, unfinishedPrefix } from '../files/studyFolder.ts'

/** Where a rescued study goes when its library is gone too. */
const elsewhere = (): string[] => [
  join(envPaths('spiketune', { suffix: '' }).data, 'rescued'),
  join(tmpdir(), 'spiketune-rescued'),
]

/**
 * Makes a new folder for a study that loses its own: beside it where its library is still there, else in a folder of the user,
 * else in the system's folder for what is temporary.
 */
export const createRefuge = ({ folder, networks }: StudyPaths, places: () => readonly string[] = elsewhere): Refuge => {
  const library = dirname(folder)
  const [ownIdentity, libraryIdentity] = [identityOf(folder), identityOf(library)]
  return {
    make(source, save) {
      // A path that leads elsewhere now, as a mount point without its disk does, is not the library.
      const beside = isStillAt(library, libraryIdentity) ? [library] : []
      // Of another study that took the place of this one, nothing is copied.
      const left = isStillAt(folder, ownIdentity) ? networks : null
      const study = { id: basename(folder), source, save, networks: left }
      let first: unknown = null
      for (const place of [...beside, ...places()]) {
        try {
          return studyPaths(makeIn(place, study))
        } catch (error) {
          first ??= error
        }
      }
      throw first
    },
  }
}

interface Rescued {
  readonly id: string
  readonly source: string
  readonly save: (file: string) => void
  readonly networks: string | null
}

const makeIn = (place: string, { id, source, save, networks }: Rescued): string => {
  const unfinished = join(place, `${unfinishedPrefix}${randomUUID()}`)
  const paths = studyPaths(unfinished)
  try {
    mkdirSync(paths.networks, { recursive: true })
    save(paths.database)
    writeFileSync(paths.definition, source)
    if (networks !== null) copyNetworks(networks, paths.networks)
    for (let number = 1; ; number++) {
      const folder = join(place, number === 1 ? `${id}-rescued` : `${id}-rescued-${number}`)
      if (existsSync(folder)) continue
      renameSync(unfinished, folder)
      return folder
    }
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Those that are still there and can be read; the study says of the others that they are lost. */
const copyNetworks = (from: string, to: string): void => {
  const files = existsSync(from) ? readdirSync(from).filter(isNetworkFile) : []
  for (const file of files) {
    try {
      copyFileSync(join(from, file), join(to, file))
    } catch {
      rmSync(join(to, file), { force: true })
    }
  }
}

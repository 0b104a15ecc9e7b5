import { resolve } from 'node:path'
import type { Libraries as KnownLibraries } from '../../src-core/contracts/window/manageCalls.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyLibrary } from '../studies/studyService.ts'
import type { OpenStudies } from './openStudies.ts'
import type { SettingsStore } from './settings.ts'

/** The libraries that a person goes between. Only folders that the main process named can be gone to. */
export class Libraries {
  readonly #studies: OpenStudies
  readonly #settings: Pick<SettingsStore, 'libraries' | 'writeLibraries'>
  readonly #open: (folder: string) => StudyLibrary

  constructor(
    studies: OpenStudies,
    settings: Pick<SettingsStore, 'libraries' | 'writeLibraries'>,
    open: (folder: string) => StudyLibrary,
  ) {
    this.#studies = studies
    this.#settings = settings
    this.#open = open
  }

  list(): KnownLibraries {
    const current = this.#studies.library.folder
    const known = [...new Set([current, ...this.#settings.libraries])].sort((a, b) => a.localeCompare(b))
    return { current, known }
  }

  async switchTo(folder: string): Promise<KnownLibraries> {
    if (!this.list().known.includes(folder)) {
      throw new SpiketuneError('study-not-found', `${folder} is no library that you have named. Add its folder first.`)
    }
    return this.add(folder)
  }

  /** Goes to the library of a folder, and remembers it and the one that was left. */
  async add(folder: string): Promise<KnownLibraries> {
    const wanted = resolve(folder)
    this.#settings.writeLibraries([...new Set([wanted, this.#studies.library.folder, ...this.#settings.libraries])])
    if (wanted !== this.#studies.library.folder) await this.#studies.useLibrary(this.#open(wanted))
    return this.list()
  }

  forget(folder: string): KnownLibraries {
    this.#settings.writeLibraries(this.#settings.libraries.filter((known) => known !== folder))
    return this.list()
  }
}

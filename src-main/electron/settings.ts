import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'
import type { Settings, Theme } from '../../src-core/contracts/window.ts'
import type { Preferences } from '../../src-core/contracts/window/settingsCalls.ts'
import { writeWhole } from '../files/writeWhole.ts'
import {
  decodeStoredSettings,
  librariesKept,
  type NamedPlace,
  settingsOf,
  type StoredSettings,
  type WindowState,
  withPreference,
  withRecentStudy,
} from './storedSettings.ts'

/**
 * Writes what a text has come to, one write after the other: whatever changes during one is written by the next. Who
 * changes it goes on at once.
 */
export class LatestText {
  readonly #write: (text: string) => Promise<void>
  #next: (() => string) | null = null
  #written: Promise<void> = Promise.resolve()

  constructor(write: (text: string) => Promise<void>) {
    this.#write = write
  }

  /** @param make the text, asked for when it is written */
  change(make: () => string): void {
    const waits = this.#next !== null
    this.#next = make
    if (waits) return
    this.#written = this.#written
      // Whoever waited for the write before has been told; this one writes the same and more.
      .catch(() => undefined)
      .then(() => {
        const text = this.#next?.() ?? ''
        this.#next = null
        return this.#write(text)
      })
    // Nobody has to wait for it.
    this.#written.catch(() => undefined)
  }

  /** Resolves when all that has changed is written. @throws what the last write failed with */
  written(): Promise<void> {
    return this.#written
  }
}

/** Several times what is ever written; a file beyond that is not ours, and would be read before the window opens. */
const largestFile = 8_000_000

/**
 * What the application remembers between runs, in `settings.json` of the user's data folder. The file may have been
 * edited or damaged: it is decoded at the start, and what cannot be read falls back to its default. It is written beside
 * everything else: electron-store, which finds and reads it, would keep the application waiting for the disk.
 */
export class SettingsStore {
  readonly #file: LatestText
  #current: StoredSettings

  constructor(folder: string) {
    const path = join(folder, 'settings.json')
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestFile) rmSync(path)
    // A file that is no JSON at all is replaced; there is nothing in it that a study depends on.
    const store = new Store({ name: 'settings', cwd: folder, clearInvalidConfig: true })
    this.#file = new LatestText((text) => writeWhole(store.path, text))
    this.#current = decodeStoredSettings(store.store)
  }

  get settings(): Settings {
    return settingsOf(this.#current)
  }

  get window(): WindowState {
    return this.#current.window
  }

  get preferences(): Preferences {
    return this.#current.preferences
  }

  get places(): readonly NamedPlace[] {
    return this.#current.places
  }

  get libraries(): readonly string[] {
    return this.#current.libraries
  }

  writeLibraries(libraries: readonly string[]): void {
    this.#write({ ...this.#current, libraries: libraries.slice(0, librariesKept) })
  }

  /** Takes studies off the list of those looked at. */
  forgetStudies(folders: readonly string[]): Settings {
    const recentStudies = this.#current.recentStudies.filter((folder) => !folders.includes(folder))
    return this.#write({ ...this.#current, recentStudies })
  }

  writePlaces(places: readonly NamedPlace[]): void {
    this.#write({ ...this.#current, places: [...places] })
  }

  writePreference(key: string, value: Preferences[string]): void {
    this.#write({ ...this.#current, preferences: withPreference(this.#current.preferences, key, value) })
  }

  writeTheme(theme: Theme): Settings {
    return this.#write({ ...this.#current, theme })
  }

  writeWindow(window: WindowState): void {
    this.#write({ ...this.#current, window })
  }

  addRecentStudy(folder: string): Settings {
    return this.#write({ ...this.#current, recentStudies: withRecentStudy(this.#current.recentStudies, folder) })
  }

  /** Resolves when everything is on the disk. @throws SpiketuneError folder-not-writable or disk-full */
  written(): Promise<void> {
    return this.#file.written()
  }

  #write(next: StoredSettings): Settings {
    this.#current = next
    this.#file.change(() => JSON.stringify(this.#current, null, '\t'))
    return settingsOf(next)
  }
}

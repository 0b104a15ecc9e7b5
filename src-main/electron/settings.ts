import Store from 'electron-store'
import type { Settings, Theme } from '../../src-core/contracts/window.ts'
import type { Preferences } from '../../src-core/contracts/window/settingsCalls.ts'
import { decodeStoredSettings, settingsOf, withRecentStudy } from './storedSettings.ts'
import type { NamedPlace, StoredSettings, WindowState } from './storedSettings.ts'

/**
 * What the application remembers between runs, in `settings.json` of the user's data folder. The file may have been
 * edited or damaged: it is decoded at the start, and what cannot be read falls back to its default.
 */
export class SettingsStore {
  readonly #store: Store
  #current: StoredSettings

  constructor() {
    // A file that is no JSON at all is replaced; there is nothing in it that a study depends on.
    this.#store = new Store({ name: 'settings', clearInvalidConfig: true })
    this.#current = decodeStoredSettings(this.#store.store)
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

  writePlaces(places: readonly NamedPlace[]): void {
    this.#write({ ...this.#current, places: [...places] })
  }

  writePreference(key: string, value: Preferences[string]): void {
    this.#write({ ...this.#current, preferences: { ...this.#current.preferences, [key]: value } })
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

  #write(next: StoredSettings): Settings {
    this.#current = next
    this.#store.store = { ...next }
    return settingsOf(next)
  }
}

import { z } from 'zod'
import {
  type Preferences,
  preferencesSchema,
  settingsSchema,
  themeSchema,
} from '../../src-core/contracts/window/settingsCalls.ts'
import { placeToken } from '../../src-core/contracts/window/common.ts'
import type { Settings } from '../../src-core/contracts/window.ts'

const boundsSchema = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
export type Bounds = z.infer<typeof boundsSchema>

const windowStateSchema = z.strictObject({ bounds: boundsSchema.nullable(), maximised: z.boolean() })
export type WindowState = z.infer<typeof windowStateSchema>

const defaultWindowState: WindowState = { bounds: null, maximised: false }

/** A file or folder that a person named, with the token by which pages speak of it. */
const namedPlaceSchema = z.strictObject({ token: placeToken, path: z.string().min(1) })
export type NamedPlace = z.infer<typeof namedPlaceSchema>
/** More than anybody has datasets and open drafts. */
export const placesKept = 200

export const librariesKept = 50

const bounded = (preferences: Preferences): Preferences => {
  let characters = 0
  const latest = Object.entries(preferences)
    .reverse()
    .slice(0, preferencesAtMost)
    .filter(([, value]) => (characters += JSON.stringify(value).length) <= longestPreferences)
  return Object.fromEntries(latest.reverse())
}

/** Each entry falls back on its own: one damaged entry costs that entry only. */
const storedSettingsSchema = z.object({
  theme: themeSchema.catch('system'),
  recentStudies: settingsSchema.shape.recentStudies.catch([]),
  window: windowStateSchema.catch(defaultWindowState),
  preferences: preferencesSchema.transform(bounded).catch({}),
  places: z.array(namedPlaceSchema).max(placesKept).catch([]),
  /** Folders of the libraries that a person has used, the one used last first. */
  libraries: z.array(z.string().min(1)).max(librariesKept).catch([]),
})
export type StoredSettings = z.infer<typeof storedSettingsSchema>

/** What the settings file holds, decoded; whatever cannot be read gets its default. Never throws. */
export const decodeStoredSettings = (stored: unknown): StoredSettings =>
  storedSettingsSchema
    .catch({
      theme: 'system',
      recentStudies: [],
      window: defaultWindowState,
      preferences: {},
      places: [],
      libraries: [],
    })
    .parse(stored)

/** A window has some thirty; what is written is small, so that a whole file of it is written in no time. */
const preferencesAtMost = 64
const longestPreferences = 1_000_000

/** The preferences with another value; those that were written longest ago are given up where there are too many. */
export const withPreference = (preferences: Preferences, key: string, value: Preferences[string]): Preferences => {
  const { [key]: _, ...others } = preferences
  return bounded({ ...others, [key]: value })
}

const recentStudiesKept = 20

/** The folders of studies looked at, latest first, each once. */
export const withRecentStudy = (recentStudies: readonly string[], folder: string): string[] =>
  [folder, ...recentStudies.filter((other) => other !== folder)].slice(0, recentStudiesKept)

export const settingsOf = ({ theme, recentStudies }: StoredSettings): Settings => ({ theme, recentStudies })

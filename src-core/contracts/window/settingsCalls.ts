/** What the window remembers between runs; kept by electron-store. */
import { z } from 'zod'
import { nothing } from './common.ts'

export const themeSchema = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof themeSchema>

export const settingsSchema = z.strictObject({ theme: themeSchema, recentStudies: z.array(z.string()).max(20) })
export type Settings = z.infer<typeof settingsSchema>

const keySchema = z.string().regex(/^[A-Za-z][A-Za-z0-9.-]{0,63}$/)
/** The most that the window may keep under one key, in characters of JSON. */
const longestPreference = 200_000

/** How the window looks and what is open in it, by key; whoever reads a value decodes it, since it may be of an older version. */
export const preferencesSchema = z.record(keySchema, z.json())
export type Preferences = z.infer<typeof preferencesSchema>

export const settingsCalls = {
  readSettings: { request: nothing, response: settingsSchema },
  writeTheme: { request: z.strictObject({ theme: themeSchema }), response: settingsSchema },
  readPreferences: { request: nothing, response: preferencesSchema },
  writePreference: {
    request: z.strictObject({
      key: keySchema,
      value: z.json().refine((value) => JSON.stringify(value).length <= longestPreference, 'too long to keep'),
    }),
    response: nothing,
  },
} as const

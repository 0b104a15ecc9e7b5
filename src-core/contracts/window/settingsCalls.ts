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
const deepestPreference = 32

/** Looked at without recursion: what is read may be of any depth, and everything else that reads it is recursive. */
const isShallow = (value: unknown): boolean => {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestPreference) return false
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return true
}

const valueSchema = z.unknown().refine(isShallow, 'too deep').pipe(z.json())

const isValue = (text: string): boolean => {
  try {
    return isShallow(JSON.parse(text))
  } catch {
    return false
  }
}

/** A value as JSON text, so that its length is seen before anything of it is looked at. */
const valueTextSchema = z.string().max(longestPreference).refine(isValue, 'JSON of a value')

/** How the window looks and what is open in it, by key; whoever reads a value decodes it, since it may be of an older version. */
export const preferencesSchema = z.record(keySchema, valueSchema)
export type Preferences = z.infer<typeof preferencesSchema>

export const settingsCalls = {
  readSettings: { request: nothing, response: settingsSchema },
  writeTheme: { request: z.strictObject({ theme: themeSchema }), response: settingsSchema },
  readPreferences: { request: nothing, response: preferencesSchema },
  writePreference: {
    request: z.strictObject({ key: keySchema, json: valueTextSchema }),
    response: nothing,
  },
} as const

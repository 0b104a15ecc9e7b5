import type { z } from 'zod'
import type { Preferences } from '../../src-core/contracts/window/settingsCalls.ts'
import { call } from '../bridge/bridge.ts'

/** How long changes are gathered before they are written: a drag of a divider is one change. */
const gatherMs = 400

let stored: Preferences = {}
let changed: Preferences = {}
let timer: ReturnType<typeof setTimeout> | null = null

/** Reads what is kept; before any preference is used. What cannot be read is taken as never written. */
export const loadPreferences = async (): Promise<void> => {
  const answer = await call('readPreferences', null)
  if (answer.ok) stored = answer.value
}

/** Writes what has changed, now. Looks are not worth an error message: a failure is tried again at the next change. */
export const flushPreferences = async (): Promise<void> => {
  if (timer !== null) clearTimeout(timer)
  timer = null
  const writes = changed
  changed = {}
  await Promise.all(
    Object.entries(writes).map(async ([key, value]) => {
      const answer = await call('writePreference', { key, json: JSON.stringify(value) })
      if (!answer.ok) changed = { [key]: value, ...changed }
    }),
  )
}

interface Preference<Value> {
  value: Value
}

/**
 * A value that outlives the window. Two preferences of one key do not follow each other: one owner for each key.
 * @param key letters, digits, dots and dashes
 * @param schema of the value; what was kept by an older version and no longer fits is taken as never written
 */
export const preference = <Schema extends z.ZodType>(
  key: string,
  schema: Schema,
  fallback: z.infer<Schema>,
): Preference<z.infer<Schema>> => {
  const read = schema.safeParse(stored[key])
  let current = $state.raw<z.infer<Schema>>(read.success ? read.data : fallback)
  return {
    get value() {
      return current
    },
    set value(value) {
      current = value
      const plain = { [key]: JSON.parse(JSON.stringify(value)) as Preferences[string] } as Preferences
      stored = { ...stored, ...plain }
      changed = { ...changed, ...plain }
      timer ??= setTimeout(() => void flushPreferences(), gatherMs)
    },
  }
}

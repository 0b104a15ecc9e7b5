import type { Preferences, settingsCalls } from '../../../src-core/contracts/window/settingsCalls.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createSettingsCalls = ({ settings, applyTheme }: CallParts): Handlers<typeof settingsCalls> => ({
  readSettings: () => settings.settings,
  writeTheme: async ({ theme }) => {
    const changed = applyTheme(theme)
    await settings.written()
    return changed
  },
  readPreferences: () => settings.preferences,
  writePreference: async ({ key, json }) => {
    settings.writePreference(key, JSON.parse(json) as Preferences[string])
    await settings.written()
    return null
  },
})

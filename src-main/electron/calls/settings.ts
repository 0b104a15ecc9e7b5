import type { settingsCalls } from '../../../src-core/contracts/window/settingsCalls.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createSettingsCalls = ({ settings, applyTheme }: CallParts): Handlers<typeof settingsCalls> => ({
  readSettings: () => settings.settings,
  writeTheme: ({ theme }) => applyTheme(theme),
  readPreferences: () => settings.preferences,
  writePreference: ({ key, value }) => {
    settings.writePreference(key, value)
    return null
  },
})

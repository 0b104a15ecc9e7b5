import { describe, expect, it } from 'vitest'
import { decodeStoredSettings, withPreference, withRecentStudy } from '../../../src-main/electron/storedSettings.ts'

const intact = {
  theme: 'dark',
  recentStudies: ['/studies/a-1'],
  window: { bounds: { x: 10, y: 20, width: 1200, height: 800 }, maximised: true },
  preferences: { 'watch.layout': 'space' },
  places: [{ token: '6f6e0b7a-0d3e-4c07-9f54-3f5a4e0e9a10', path: '/data/nmnist' }],
  libraries: ['/data/studies'],
}
const defaults = {
  theme: 'system',
  recentStudies: [],
  window: { bounds: null, maximised: false },
  preferences: {},
  places: [],
  libraries: [],
}

describe('stored settings', () => {
  it('reads what was written', () => {
    expect(decodeStoredSettings(structuredClone(intact))).toEqual(intact)
  })

  it.each([[undefined], [null], ['text'], [[]], [42]])(
    'falls back to the defaults when the file holds %j',
    (stored) => {
      expect(decodeStoredSettings(stored)).toEqual(defaults)
    },
  )

  it('loses a damaged entry only', () => {
    expect(decodeStoredSettings({ ...intact, theme: 'purple' })).toEqual({ ...intact, theme: 'system' })
    expect(decodeStoredSettings({ ...intact, preferences: { '': 1 } })).toEqual({ ...intact, preferences: {} })
    expect(decodeStoredSettings({ ...intact, recentStudies: [1, 2] })).toEqual({ ...intact, recentStudies: [] })
    expect(decodeStoredSettings({ ...intact, places: [{ token: 'x', path: '/' }] })).toEqual({ ...intact, places: [] })
    expect(decodeStoredSettings({ ...intact, window: { bounds: { x: 'left' }, maximised: true } })).toEqual({
      ...intact,
      window: defaults.window,
    })
  })

  it('forgets entries of other versions', () => {
    expect(decodeStoredSettings({ ...intact, telemetry: true })).toEqual(intact)
  })

  it('opens whatever depth somebody wrote into the file', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown
    expect(decodeStoredSettings({ ...intact, preferences: { deep } })).toEqual({ ...intact, preferences: {} })
  })

  it('keeps 64 preferences and a million characters, and gives up what was written longest ago', () => {
    const many = Array.from({ length: 100 }, (_, index) => `key${index}`)
    const kept = [...many, 'key50'].reduce<Record<string, unknown>>((before, key) => {
      const after = withPreference(before as Parameters<typeof withPreference>[0], key, true)
      expect(Object.keys(after).at(-1)).toBe(key)
      return after
    }, {})
    expect(Object.keys(kept)).toEqual([...many.slice(36).filter((key) => key !== 'key50'), 'key50'])
    const preferences = Object.fromEntries(many.map((key) => [key, 'x'.repeat(199_000)]))
    expect(Object.keys(decodeStoredSettings({ ...intact, preferences }).preferences)).toEqual(many.slice(95))
  })

  it('keeps twenty recent studies, latest first, each once', () => {
    const folders = Array.from({ length: 25 }, (_, index) => `/studies/${index}`)
    const recent = [...folders, '/studies/7'].reduce<string[]>((list, folder) => withRecentStudy(list, folder), [])
    expect(recent).toHaveLength(20)
    expect(recent.slice(0, 3)).toEqual(['/studies/7', '/studies/24', '/studies/23'])
    expect(new Set(recent).size).toBe(20)
  })
})

import type { PresetInfo } from '../contracts/window.ts'

/** What fits here first. */
const headings = [
  ['demo', 'The demo, some minutes'],
  ['minutes', 'Minutes, or an hour at most'],
  ['hours', 'Hours'],
  ['days', 'Days'],
] as const satisfies readonly (readonly [PresetInfo['lasts'], string])[]

interface PresetGroup {
  readonly heading: string
  readonly presets: readonly PresetInfo[]
}

/** Presets by how long they take, the shortest first; in each group those whose data are here come first. */
export const presetGroups = (presets: readonly PresetInfo[]): readonly PresetGroup[] =>
  headings.flatMap(([lasts, heading]) => {
    const ofGroup = presets.filter((preset) => preset.lasts === lasts)
    const here = ofGroup.filter(({ missing }) => missing === null)
    const elsewhere = ofGroup.filter(({ missing }) => missing !== null)
    return ofGroup.length === 0 ? [] : [{ heading, presets: [...here, ...elsewhere] }]
  })

/** The small one of the same kind, `mnist-slayer-small` for `mnist-slayer`, where its data are here; null: there is none. */
export const smallerPreset = (presets: readonly PresetInfo[], name: string): PresetInfo | null =>
  presets.find((preset) => preset.name === `${name}-small` && preset.missing === null) ?? null

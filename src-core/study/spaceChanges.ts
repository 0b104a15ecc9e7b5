/** In what the search space of a definition differs from that of the one it was made of, as a person reads and undoes it. */
import { parameterSchema } from '../space/parameter.ts'
import type { Path } from './definitionError.ts'
import type { YamlValue } from './editYaml.ts'
import { mapAt, type RawMap } from './rawValues.ts'

export interface SpaceChange {
  readonly name: string
  /** Such as "40 to 120", "all, vote", "held at 63", "not searched". */
  readonly before: string
  readonly after: string
  /** What puts it back. */
  readonly undo: readonly (readonly [path: Path, value: YamlValue | undefined])[]
}

/** Both definitions as they stand in their files, right or wrong. */
export const spaceChanges = (before: unknown, after: unknown): readonly SpaceChange[] => {
  const was = { space: mapAt(before, 'space'), fixed: mapAt(before, 'fixed') }
  const is = { space: mapAt(after, 'space'), fixed: mapAt(after, 'fixed') }
  const names = new Set([was, is].flatMap(({ space, fixed }) => [...Object.keys(space), ...Object.keys(fixed)]))
  return [...names].flatMap((name) => {
    const [old, now] = [textOf(was, name), textOf(is, name)]
    const same = JSON.stringify([was.space[name], was.fixed[name]]) === JSON.stringify([is.space[name], is.fixed[name]])
    if (same) return []
    return [
      {
        name,
        before: old,
        after: old === now ? `${now}, drawn or scaled otherwise` : now,
        undo: (['fixed', 'space'] as const).map(
          (section) => [[section, name], was[section][name] as YamlValue | undefined] as const,
        ),
      },
    ]
  })
}

const textOf = ({ space, fixed }: { readonly space: RawMap; readonly fixed: RawMap }, name: string): string => {
  if (!Object.hasOwn(space, name)) return Object.hasOwn(fixed, name) ? `held at ${String(fixed[name])}` : 'not searched'
  const { data } = parameterSchema.safeParse(space[name])
  if (data === undefined) return 'what is no range'
  return data.type === 'categorical' ? data.choices.join(', ') : `${data.low} to ${data.high}`
}

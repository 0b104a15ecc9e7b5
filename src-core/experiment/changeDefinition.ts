/** What a variant of an experiment changes in a definition, and where in the file of the experiment a mistake of that stands. */
import { studyDefinitionSchema } from '../study/definition.ts'
import { type Path, problem, type Problem } from '../study/definitionError.ts'
import { isMap, type RawMap } from '../study/rawValues.ts'
import { oneOf, probablyMeant } from '../study/wording.ts'

/** What is the experiment's to say. */
const own = ['version', 'name', 'seeds', 'log', 'provenance']
const sections = Object.keys(studyDefinitionSchema.shape).filter(
  (section) => !own.includes(section) || section === 'seeds',
)

/** A section, and the name of the value in it, which may have dots itself; null: the whole section. */
const partsOf = (key: string): readonly [section: string, name: string | null] => {
  const dot = key.indexOf('.')
  return dot < 0 ? [key, null] : [key.slice(0, dot), key.slice(dot + 1)]
}

/** Keys of a change that name nothing that can be changed. @param path of the change */
export const checkChange = (change: RawMap, path: Path): readonly Problem[] =>
  Object.keys(change).flatMap((key): readonly Problem[] => {
    const [section, name] = partsOf(key)
    if (key === 'seeds' || key === 'seeds.optimiser') {
      return [
        problem(
          [...path, key],
          'key',
          key,
          'seeds beside `change`, or for the whole experiment; seeds.split and seeds.network here',
        ),
      ]
    }
    if (own.includes(section) && section !== 'seeds') {
      return [
        problem([...path, key], 'key', key, `what the studies of an experiment may differ in: ${oneOf(sections)}`),
      ]
    }
    if (!sections.includes(section)) {
      const meant = probablyMeant(section, sections)
      const hint = meant === null ? '' : `; did you mean ${meant}?`
      return [problem([...path, key], 'key', 'an unknown section', `${oneOf(sections)}${hint}`)]
    }
    return name === '' ? [problem([...path, key], 'key', key, `a name behind the dot, such as fixed.runSteps`)] : []
  })

/** The definition with a change: sections as a whole first, then single values. Nothing in a section that is not there yet is an empty one. */
export const changeDefinition = (definition: RawMap, change: RawMap): RawMap => {
  const changed: Record<string, unknown> = { ...definition }
  const entries = Object.entries(change).map(([key, value]) => [...partsOf(key), value] as const)
  for (const [section, name, value] of entries) if (name === null) setOrTakeOut(changed, section, value)
  for (const [section, name, value] of entries) {
    if (name === null) continue
    const before = changed[section]
    const within: Record<string, unknown> = isMap(before) ? { ...before } : {}
    setOrTakeOut(within, name, value)
    changed[section] = within
  }
  return changed
}

const setOrTakeOut = (map: Record<string, unknown>, key: string, value: unknown): void => {
  if (value === null) Reflect.deleteProperty(map, key)
  else map[key] = value
}

/** Where a value of the changed definition stands in the change; null: the change did not set it. */
export const placeInChange = (change: RawMap, [section, name, ...rest]: Path): Path | null => {
  const single = `${String(section)}.${String(name)}`
  if (name !== undefined && Object.hasOwn(change, single)) return [single, ...rest]
  if (!Object.hasOwn(change, String(section))) return null
  return [String(section), ...(name === undefined ? [] : [name]), ...rest]
}

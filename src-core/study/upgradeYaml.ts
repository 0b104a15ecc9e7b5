import type { Path } from './definitionError.ts'
import { editYaml, type KeyOrder, type YamlValue } from './editYaml.ts'
import { migrateDefinition } from './migrateDefinition.ts'
import { isMap } from './rawValues.ts'
import { editableYaml } from './yamlSource.ts'

/**
 * The YAML text of a definition of an older version as the same study in the newest, with every comment; the text as it is
 * where it is not of an older version, or cannot be read.
 * @param order of the keys at a path, as in `editYaml`
 */
export const upgradeYaml = (text: string, order: KeyOrder): string => {
  const document = editableYaml(text)
  if (document === null) return text
  const before: unknown = document.toJS()
  const after = migrateDefinition(before)?.value
  return changesBetween([], before, after).reduce<string>(
    (edited, [path, value]) => editYaml(edited, path, value, order) ?? edited,
    text,
  )
}

/** What migrations do: values that are added or become others, in maps and in lists of as many items. */
const changesBetween = (path: Path, before: unknown, after: unknown): readonly (readonly [Path, YamlValue])[] => {
  if (after === undefined || after === before) return []
  if (isMap(before) && isMap(after)) {
    return Object.keys(after).flatMap((key) => changesBetween([...path, key], before[key], after[key]))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((item: unknown, index) => changesBetween([...path, index], before[index], item))
  }
  return [[path, after as YamlValue]]
}

import type { Path } from './definitionError.ts'
import { editYaml, type YamlValue } from './editYaml.ts'
import type { NarrowedBounds } from './narrowBounds.ts'
import { isMap, mapAt } from './rawValues.ts'
import { editableYaml } from './yamlSource.ts'

type Edit = readonly [path: Path, value: YamlValue | undefined]

/** The text of a definition with narrower bounds; all else stays as it was written. Null: it cannot be read as YAML. */
export const narrowYaml = (text: string, bounds: readonly NarrowedBounds[]): string | null => {
  const value: unknown = editableYaml(text)?.toJS()
  const edits = [...bounds.flatMap((one) => editsOf(one)), ...conditionEdits(mapAt(value, 'space'), bounds)]
  return edits.reduce<string | null>(
    (edited, [path, to]) => (edited === null ? null : editYaml(edited, path, to, () => [])),
    value === undefined ? null : text,
  )
}

const editsOf = (bounds: NarrowedBounds): readonly Edit[] => {
  const path = ['space', bounds.name]
  switch (bounds.kind) {
    case 'held':
      return [
        [path, undefined],
        [['fixed', bounds.name], bounds.value],
      ]
    case 'left-out':
      return [[path, undefined]]
    case 'narrowed': {
      const { parameter } = bounds
      return parameter.type === 'categorical'
        ? [[[...path, 'choices'], parameter.choices]]
        : [
            [[...path, 'low'], parameter.low],
            [[...path, 'high'], parameter.high],
          ]
    }
  }
}

/** Conditions that a person wrote name no choices that are gone. */
const conditionEdits = (
  space: Readonly<Record<string, unknown>>,
  bounds: readonly NarrowedBounds[],
): readonly Edit[] => {
  const gone = new Set(bounds.flatMap(({ kind, name }) => (kind === 'narrowed' ? [] : [name])))
  return bounds.flatMap((changed) => {
    if (changed.kind !== 'narrowed' || changed.parameter.type !== 'categorical') return []
    const { choices } = changed.parameter
    return Object.entries(space).flatMap(([name, raw]): Edit[] => {
      const when = isMap(raw) ? mapAt(raw, 'when')[changed.name] : undefined
      if (!Array.isArray(when) || gone.has(name)) return []
      const left = (when as unknown[]).filter((choice): choice is string => choices.some((one) => one === choice))
      return left.length === when.length ? [] : [[['space', name, 'when', changed.name], left]]
    })
  })
}

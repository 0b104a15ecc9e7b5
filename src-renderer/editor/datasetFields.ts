/** Which fields of dataset and encoding a form shows, for what is chosen. */
import { knownDataset, type KnownDataset, knownTask } from '../../src-core/datasets/catalogue.ts'
import { suitableEncodings } from '../../src-core/encoding/suitability.ts'
import type { EncodingType } from '../../src-core/encoding/presentation.ts'
import { encodingSchema } from '../../src-core/study/encodingSchema.ts'
import { mapAt } from '../../src-core/study/rawValues.ts'
import { type Field, fieldsAt } from './formFields.ts'

/** How a field's place is chosen in a dialog; null: it is no place. */
export const placeKind = ({ path }: Field): 'folder' | 'file' | null => {
  const key = path.at(-1)
  if (key === 'folder') return 'folder'
  return key === 'file' || key === 'testFile' ? 'file' : null
}

/**
 * The fields of the dataset that the definition names; of others, what is given nonetheless.
 * @param isGiven whether the definition says something of a field
 */
export const datasetFields = (definition: unknown, isGiven: (field: Field) => boolean): readonly Field[] => {
  const { name } = mapAt(definition, 'dataset')
  const known = knownDataset(name)
  const isTask = knownTask(name) !== undefined
  const takes: Readonly<Record<string, boolean>> = {
    folder: known?.needs === 'folder',
    file: known?.needs === 'file',
    testFile: known?.needs === 'file',
    labelColumn: known?.name === 'csv',
    level: name === 'cart-pole',
    episodes: isTask,
    maximumSteps: isTask,
    trainFraction: !isTask,
    trainSamples: !isTask,
    testSamples: !isTask,
  }
  return fieldsAt(['dataset'], {}).filter((field) => (takes[String(field.path.at(-1))] ?? true) || isGiven(field))
}

export const chosenDataset = (definition: unknown): KnownDataset | undefined =>
  knownDataset(mapAt(definition, 'dataset')['name'])

interface EncodingChoice {
  readonly type: EncodingType
  readonly description: string
  /** Whether it takes samples such as those of the dataset. */
  readonly isSuitable: boolean
}

/** The encodings, those that suit the chosen dataset first. */
export const encodingChoices = (definition: unknown): readonly EncodingChoice[] => {
  const kinds = chosenDataset(definition)?.kinds ?? ['images', 'events', 'values']
  const suitable = kinds.flatMap((kind) => [
    ...suitableEncodings(kind, 1),
    ...(kinds.length > 1 ? suitableEncodings(kind, 2) : []),
  ])
  const choices = encodingSchema.options.map(({ shape }): EncodingChoice => {
    const type = (shape.type.safeParse(undefined).data ?? typeOf(shape.type)) as EncodingType
    return { type, description: shape.type.description ?? '', isSuitable: suitable.includes(type) }
  })
  return [...choices.filter(({ isSuitable }) => isSuitable), ...choices.filter(({ isSuitable }) => !isSuitable)]
}

const typeOf = (schema: object): unknown => ('value' in schema ? schema.value : undefined)

export const encodingType = (definition: unknown): string => {
  const { type } = mapAt(definition, 'encoding')
  return typeof type === 'string' ? type : 'poisson'
}

/** The fields of the encoding that is chosen. */
export const encodingFields = (definition: unknown): readonly Field[] =>
  fieldsAt(['encoding'], { encoding: { ...mapAt(definition, 'encoding'), type: encodingType(definition) } }, ['type'])

/** What the schema cannot say about a dataset and how its samples become spikes. */
import { isShippedTable, knownDataset, knownDatasets, knownTask, knownTasks } from '../datasets/catalogue.ts'
import { suitableEncodings } from '../encoding/suitability.ts'
import type { EncodingType } from '../encoding/presentation.ts'
import { encodingSchema } from './encodingSchema.ts'
import { problem, type Problem } from './definitionError.ts'
import { isMap, mapAt, type RawMap } from './rawValues.ts'
import { oneOf } from './wording.ts'

/** Checks dataset, encoding and objective of a definition as it stands in a file, well-formed or not. */
export const checkDataset = (value: unknown): readonly Problem[] => {
  const dataset = mapAt(value, 'dataset')
  const encoding = mapAt(value, 'encoding')
  const isLogged = isMap(value) && value.log !== undefined
  return [
    ...checkPlaces(dataset, isLogged),
    ...checkTask(dataset, mapAt(value, 'network')),
    ...checkTestSamples(dataset, mapAt(value, 'objective')),
    ...checkHeldOut(dataset, mapAt(value, 'objective')),
    ...(mapAt(value, 'network').type === 'neuroprocessor'
      ? checkInputs(dataset, encoding)
      : checkEncoding(dataset, encoding)),
    ...checkSpikes(encoding, mapAt(value, 'network')),
  ]
}

const checkPlaces = (dataset: RawMap, isLogged: boolean): readonly Problem[] => {
  const { name } = dataset
  if (name === 'elsewhere' && !isLogged) {
    const names = [...knownDatasets, ...knownTasks].map((known) => known.name)
    return [problem(['dataset', 'name'], 'value', 'elsewhere without a log', oneOf(names))]
  }
  const known = knownDataset(name)
  if (known === undefined) return []
  const { needs, files } = known
  if (needs !== 'nothing' && dataset[needs] === undefined) {
    const what = name === 'idx' ? 'the folder of the four IDX files' : `the ${needs} of ${files}`
    return [problem(['dataset', needs], 'value', 'nothing', `${what}, for the dataset ${known.name}`)]
  }
  const strange = (['folder', 'file', 'testFile', 'labelColumn'] as const).filter(
    (key) => dataset[key] !== undefined && !takes(known.name, needs, key),
  )
  return strange.map((key) =>
    problem(['dataset', key], 'key', `${key}, which the dataset ${known.name} does not have`, 'nothing'),
  )
}

const takes = (name: string, needs: 'nothing' | 'folder' | 'file', key: string): boolean => {
  if (key === 'folder') return needs !== 'file' && !isShippedTable(name)
  return key === 'labelColumn' ? name === 'csv' : needs === 'file'
}

const ofTasks = ['level', 'episodes', 'maximumSteps'] as const
const ofSamples = ['folder', 'file', 'testFile', 'labelColumn', 'trainSamples', 'testSamples'] as const

/** Tasks are learned by acting, which networks that evolve can; they have episodes where others have samples. */
const checkTask = (dataset: RawMap, network: RawMap): readonly Problem[] => {
  const task = knownTask(dataset.name)
  if (task === undefined) {
    const given = ofTasks.filter((key) => dataset[key] !== undefined)
    return given.map((key) =>
      problem(['dataset', key], 'key', `${key} of a dataset with samples`, 'it with cart-pole or mountain-car'),
    )
  }
  const untrainable =
    network.type === 'diehl-cook' || network.type === 'layered'
      ? [
          problem(
            ['dataset', 'name'],
            'value',
            `${task.name} for a ${network.type} network`,
            'a dataset with samples, or a network of the type neuroprocessor, which learns by acting',
          ),
        ]
      : []
  const strange = [...ofSamples, ...(task.name === 'cart-pole' ? [] : (['level'] as const))].filter(
    (key) => dataset[key] !== undefined,
  )
  return [
    ...untrainable,
    ...strange.map((key) =>
      problem(['dataset', key], 'key', `${key}, which the control task ${task.name} does not have`, 'nothing'),
    ),
  ]
}

/** Networks that evolve encode values by hyperparameters: rows of a table, or pixels. */
const checkInputs = ({ name }: RawMap, encoding: RawMap): readonly Problem[] => {
  const kinds = knownDataset(name)?.kinds ?? []
  const events =
    kinds.length > 0 && kinds.every((kind) => kind === 'events')
      ? [problem(['dataset', 'name'], 'value', `${String(name)}, recordings of events`, 'images, or tables of values')]
      : []
  // A stored definition has all defaults.
  const { data } = encodingSchema.safeParse(encoding)
  const given = JSON.stringify(data) !== JSON.stringify(encodingSchema.parse({}))
  const allowed = 'the hyperparameters of the group encoding: code, neuronsPerInput, within, maxSpikes, ...'
  return [...events, ...(given ? [problem(['encoding'], 'key', 'what networks that evolve do not use', allowed)] : [])]
}

/** A table has no samples to test on but those of another. Arrays may have theirs with them. */
const checkTestSamples = ({ name, testFile }: RawMap, { split }: RawMap): readonly Problem[] => {
  if (split !== 'test') return []
  if (isShippedTable(name)) {
    return [problem(['objective', 'split'], 'value', `test, of which ${String(name)} has no samples`, 'validation')]
  }
  if (name !== 'csv' || testFile !== undefined) return []
  return [problem(['objective', 'split'], 'value', 'test without dataset.testFile', 'validation')]
}

const checkHeldOut = ({ trainFraction }: RawMap, { split }: RawMap): readonly Problem[] => {
  if (trainFraction !== 1 || split === 'test') return []
  return [problem(['dataset', 'trainFraction'], 'value', '1, which leaves none to hold out', 'a number below 1')]
}

/** Whether an encoding takes the samples of a dataset; where that shows in the files only, the worker says it. */
const checkEncoding = ({ name }: RawMap, { type = 'poisson' }: RawMap): readonly Problem[] => {
  const known = knownDataset(name)
  if (known === undefined || typeof type !== 'string') return []
  const suitable = known.kinds.flatMap((kind) => [
    ...suitableEncodings(kind, 1),
    ...(known.name === 'npz' ? suitableEncodings(kind, 2) : []),
  ])
  if (suitable.includes(type as EncodingType)) return []
  const why = `which have ${known.kinds.join(' or ')}`
  return [
    problem(
      ['encoding', 'type'],
      'value',
      type,
      `for samples of ${known.name}, ${why}: ${oneOf([...new Set(suitable)])}`,
    ),
  ]
}

/** A Diehl & Cook network takes spikes and nothing else. */
const checkSpikes = ({ type, bins }: RawMap, network: RawMap): readonly Problem[] => {
  if (network.type !== 'diehl-cook') return []
  if (type === 'direct-current') {
    return [problem(['encoding', 'type'], 'value', type, 'an encoding as spikes for a diehl-cook network')]
  }
  return type === 'binning' && bins === 'count'
    ? [problem(['encoding', 'bins'], 'value', bins, 'or, as a diehl-cook network takes spikes only')]
    : []
}

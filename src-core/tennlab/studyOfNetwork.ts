/** A network in TENNLab's form as a study of one trial, which judges it. */
import { knownDatasets, knownTasks } from '../datasets/catalogue.ts'
import { SpiketuneError } from '../errors/spiketuneError.ts'
import { decodeDefinition } from '../study/decodeDefinition.ts'
import { DEFINITION_VERSION, type StudyDefinition } from '../study/definition.ts'
import { DefinitionError } from '../study/definitionError.ts'
import { sizeOfDataset } from '../study/startingNetworks.ts'
import { datasetSchema } from '../study/datasetSchema.ts'
import { importNetwork } from './importNetwork.ts'
import { MalformedTennlabNetwork, type TennlabNetworkFile } from './networkFile.ts'
import {
  type AssociatedData,
  associatedDataIn,
  readDataset,
  readDecoder,
  readEncoding,
  type Reading,
} from './readAssociatedData.ts'
import { readProcessor } from './readProcessor.ts'

/** What a network can be tried on without a file of its own. */
export const triedOn: readonly string[] = [
  ...knownDatasets.filter(({ needs, kinds }) => needs === 'nothing' && !kinds.includes('events')),
  ...knownTasks,
].map(({ name }) => name)

interface ImportedNetwork {
  readonly definition: StudyDefinition
  /** What a person should know: what was assumed, and what is not as in the file. */
  readonly notes: readonly string[]
}

/**
 * @param text of the file
 * @param file its name, without folder
 * @param dataset what a person says that it is tried on: a name, or the path of a table; null: nothing was said
 * @throws {SpiketuneError} network-invalid, network-dataset-unclear
 */
export const studyOfNetwork = (text: string, file: string, dataset: string | null): ImportedNetwork => {
  const reading: Reading = { fixed: {}, notes: [] }
  try {
    return { definition: definitionOf(text, file, dataset, reading), notes: reading.notes }
  } catch (error) {
    if (error instanceof MalformedTennlabNetwork) throw invalid(file, [error.message], error)
    if (!(error instanceof DefinitionError)) throw error
    throw invalid(
      file,
      error.problems.map(({ path, found, allowed }) => `${path}: found ${found}, allowed ${allowed}`),
      error,
    )
  }
}

const invalid = (file: string, problems: readonly string[], cause: unknown): SpiketuneError =>
  new SpiketuneError(
    'network-invalid',
    [`${file} is no network that can be run here; nothing was imported:`, ...problems].join('\n'),
    { cause },
  )

const definitionOf = (text: string, file: string, said: string | null, reading: Reading): StudyDefinition => {
  const { network, file: read } = importNetwork(text)
  const data = associatedDataIn(read)
  const shared = readDataset(data)
  const dataset = datasetOf(data, file, said)
  const inputs = network.inputs.length
  readProcessor(data, read, network, reading)
  const size = sizeOfDataset(datasetSchema.parse(dataset))
  readEncoding(data, { inputs, values: size?.values ?? null, dataset: dataset.name }, reading)
  readDecoder(data, network.outputs.length, reading)
  noteRanges(data, reading)
  const definition = {
    version: DEFINITION_VERSION,
    name: nameOf(file),
    description: `The network of ${file}: judged as it is, and ready to evolve on with more generations and a larger population.`,
    dataset:
      said === null ? { ...shared.dataset, ...dataset } : { ...ofSplit(shared.dataset, data, dataset), ...dataset },
    network: { type: 'neuroprocessor', ...(shared.activity === 'cleared' ? { activity: 'cleared' } : {}) },
    training: { algorithm: 'eons', networks: [onlyRead(read)] },
    fixed: { ...reading.fixed, generations: 1, populationSize: 1, elites: 1 },
    objective: shared.objective,
    budget: { trials: 1 },
    keepNetworks: 1,
    seeds: shared.seeds,
  }
  return decodeDefinition(JSON.stringify(definition), file)
}

/** What the file says of its samples holds for the dataset that it names alone. */
const ofSplit = (
  shared: Readonly<Record<string, unknown>>,
  data: AssociatedData,
  { name }: { readonly name: string },
): Readonly<Record<string, unknown>> => (knownName(data.app_params?.['dataset'])?.name === name ? shared : {})

const knownName = (said: unknown): { readonly name: string; readonly level?: string } | null => {
  if (typeof said !== 'string') return null
  const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')
  const [, base = '', level] = /^(.*?)[\s_-]?(easy|medium|hard|hardest)?$/i.exec(said) ?? []
  const name = triedOn.find((one) => plain(one) === plain(base))
  if (name === undefined) return null
  return { name, ...(level === undefined || name !== 'cart-pole' ? {} : { level: level.toLowerCase() }) }
}

const datasetOf = (
  { app_params: parameters, other }: AssociatedData,
  file: string,
  said: string | null,
): { readonly name: string; readonly [key: string]: unknown } => {
  if (said !== null && /\.(csv|tsv|npz)$/i.test(said)) return { name: /\.npz$/i.test(said) ? 'npz' : 'csv', file: said }
  const named = said ?? parameters?.['dataset'] ?? other?.app_name
  const known = knownName(named) ?? (said === null ? knownName(other?.app_name) : null)
  if (known !== null) return known
  const what =
    said !== null
      ? `${said} is nothing that ${file} can be tried on`
      : named === undefined
        ? `${file} does not say what it is tried on`
        : `${file} is for ${String(named)}, which is not known here`
  throw new SpiketuneError(
    'network-dataset-unclear',
    `${what}. Say it with --dataset: ${triedOn.join(', ')}, cart-pole-medium, -hard or -hardest, or the path of a table (csv, npz). ` +
      'Nothing was imported.',
  )
}

/** Letters, digits, dot, dash and underscore of the name of its file. */
const nameOf = (file: string): string => {
  const plain = file
    .replace(/(\.tennlab)?\.json$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
  return plain.slice(0, 60) || 'network'
}

/** A code needs ranges: ours are those of the dataset. */
const noteRanges = ({ encoder_array: array, app_params: parameters }: AssociatedData, { notes }: Reading): void => {
  // What Spiketune wrote is of the dataset's own ranges.
  if (array?.dmin === undefined || parameters?.['split_seed'] !== undefined) return
  notes.push(
    'Values are encoded over the range that they have in the dataset here, not over dmin and dmax of the file.',
  )
}

/** Without what belongs to other tools. */
const onlyRead = ({ Nodes, Edges, Inputs, Outputs, Properties, Associated_Data: data }: TennlabNetworkFile) => {
  const processor = data?.other?.proc_name
  return {
    Nodes: Nodes.map(({ id, values }) => ({ id, values })),
    Edges: Edges.map(({ from, to, values }) => ({ from, to, values })),
    Inputs,
    Outputs,
    Properties: { node_properties: Properties.node_properties, edge_properties: Properties.edge_properties },
    ...(processor === undefined ? {} : { Associated_Data: { other: { proc_name: processor } } }),
  }
}

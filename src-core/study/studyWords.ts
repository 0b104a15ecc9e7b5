/**
 * What a study is told in, the same in the terminal, in the window and in files: one table of words by the kind of its networks, and the
 * name of the share that it maximises, by what it learns from.
 */
import { z } from 'zod'
import { knownTask } from '../datasets/catalogue.ts'
import type { StudyDefinition } from './definition.ts'
import { type ObjectiveMetric, objectiveMetricSchema } from './metricSchema.ts'

export const networkKindSchema = z.enum(['diehl-cook', 'layered', 'neuroprocessor'])
export type NetworkKind = z.infer<typeof networkKindSchema>

/** "Epoch", of "epoch". */
export const capitalised = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/**
 * A sample is non-spiking in a watched layer that fires fewer than alpha spikes at it, a network of a generation by its outputs (Firmin
 * et al. 2024). Their share of an epoch or generation has this one name on every screen, in the terminal and in files; a network that
 * has too many of them is silent.
 */
export const nonSpiking = 'non-spiking'
export const nonSpikingShare = `${nonSpiking} share`
/** Of a watched layer, and what its constraint is called. */
export const nonSpikingShareOf = (layer: string): string => `${layer} ${nonSpikingShare}`
/** The head of its column in tables that are saved or copied; the count of such samples has the other. */
export const nonSpikingShareColumn = (layer: string): string => `nonSpikingShare:${layer}`
export const nonSpikingColumn = (layer: string): string => `nonSpiking:${layer}`

/** Words of training: what it counts, and what one pass over all of that is. */
export interface StudyWords {
  readonly unit: 'sample' | 'network'
  readonly pass: 'epoch' | 'generation'
  /** Those counted, along an axis; and over several passes. */
  readonly progress: string
  readonly progressOfAll: string
  /** Units with too few spikes, as a heading and along an axis. */
  readonly nonSpikingUnits: string
  /** Spikes of one unit, along an axis. */
  readonly spikes: string
  /** Those of a unit, as a rate. */
  readonly spikeRate: string
  /** What a learning curve shows. */
  readonly learned: string
  /** All that a limit of silence is a share of. */
  readonly whole: string
  /** Where the spikes are missing. */
  readonly silentIn: (layer: string) => string
  /** At the head of a sentence. */
  readonly silentHead: (layer: string) => string
  /** By what trials were stopped, from layers and their counts. */
  readonly stoppedBy: (layers: string) => string
}

const trained: StudyWords = {
  unit: 'sample',
  pass: 'epoch',
  progress: 'Training samples',
  progressOfAll: 'Training samples, all epochs',
  nonSpikingUnits: `${capitalised(nonSpiking)} samples`,
  spikes: 'Spikes in the sample',
  spikeRate: 'spikes per sample',
  learned: 'train accuracy',
  whole: 'the training samples of an epoch',
  silentIn: (layer) => `in the ${layer} layer`,
  silentHead: (layer) => `Silent in the ${layer} layer`,
  stoppedBy: (layers) => `by layer: ${layers}`,
}
const evolved: StudyWords = {
  unit: 'network',
  pass: 'generation',
  progress: 'Networks judged',
  progressOfAll: 'Networks judged, all generations',
  nonSpikingUnits: `${capitalised(nonSpiking)} networks`,
  spikes: 'Spikes of the outputs',
  spikeRate: 'output spikes per network',
  learned: 'best of the generation',
  whole: 'the networks of a generation',
  silentIn: () => 'of their outputs',
  silentHead: () => `Too many ${nonSpiking} networks`,
  stoppedBy: () => `as too many networks of a generation were ${nonSpiking}`,
}
const words: Readonly<Record<NetworkKind, StudyWords>> = {
  'diehl-cook': trained,
  layered: trained,
  neuroprocessor: evolved,
}

export const wordsOf = (kind: NetworkKind): StudyWords => words[kind]

/** A metric as it is shown: the share of the best score that a network reaches in a control task is no accuracy. */
export const shownMetricSchema = z.union([objectiveMetricSchema, z.literal('score')])
export type ShownMetric = ObjectiveMetric | 'score'

interface NamesDataset {
  readonly dataset: { readonly name?: unknown }
}

/** How a metric of a study is shown; it is stored under its own name. */
export const shownMetric = (metric: ObjectiveMetric, { dataset }: NamesDataset): ShownMetric =>
  metric === 'accuracy' && knownTask(dataset.name) !== undefined ? 'score' : metric

/** What a study searches for, as it is shown. */
export const shownObjective = (definition: Pick<StudyDefinition, 'dataset' | 'objective'>): ShownMetric =>
  shownMetric(definition.objective.metric, definition)

/** The name that a shown metric is stored under. */
export const storedMetric = (metric: ShownMetric): ObjectiveMetric => (metric === 'score' ? 'accuracy' : metric)

/** What the objective is measured on: samples of a split, or episodes. */
export const testedUnits = ({ dataset }: NamesDataset): 'samples' | 'episodes' =>
  knownTask(dataset.name) === undefined ? 'samples' : 'episodes'

/** What a share that is maximised tells, in a sentence. */
export const shareMeaning = (metric: 'accuracy' | 'score'): string =>
  metric === 'score' ? 'Share of the best score' : 'Share answered correctly'

/** Which term of the glossary things of the window are, by the names that they have there. */
import type { TermKey } from '../../src-core/glossary/glossary.ts'

const named =
  (terms: Readonly<Record<string, TermKey>>) =>
  (name: string): TermKey | null =>
    terms[name] ?? null

/** Of a view of the watch page, by its id. */
export const termOfView = named({
  scatter: 'constraint',
  history: 'incumbent',
  'learning-curves': 'trainAccuracy',
  distribution: 'distribution',
  durations: 'timeSaved',
  parallel: 'parallelCoordinates',
  slice: 'slice',
  contour: 'contour',
  importance: 'importance',
  sensitivity: 'sensitivity',
  'silence-boundary': 'silenceBoundary',
  lengthscales: 'lengthscale',
  calibration: 'calibration',
  'trust-region': 'trustRegion',
  'trust-region-box': 'trustRegion',
  replay: 'replay',
})

/** Of a view of an inspected network, by its id. */
export const termOfInspectView = named({
  activity: 'raster',
  evolution: 'eons',
  weights: 'receptiveField',
  answers: 'confusion',
  silence: 'silentNetwork',
})

/** Of a map of neurons, by its title. */
export const termOfNeuronMap = named({
  'Threshold θ': 'theta',
  Rate: 'rate',
  'Assigned class': 'assignedClass',
  Selectivity: 'selectivity',
})

/** Of a column of the trial table, by its key; constraints have that of their kind. */
export const termOfColumn = named({
  number: 'trial',
  accuracy: 'accuracy',
  score: 'score',
  objectiveStandardError: 'standardError',
  replicates: 'replicate',
  violation: 'violation',
  timeSaved: 'timeSaved',
  worker: 'worker',
  spikesPerSample: 'spikeRate',
  synapticOperationsPerSample: 'synapticOperations',
  decoder: 'decoder',
  epochs: 'epoch',
  generations: 'generation',
})

/** Of a field of the editor, by its place in the definition. */
export const termOfField = named({
  'silence.interval': 'look',
  'silence.stopEarly': 'stoppedEarly',
  'optimiser.type': 'optimiser',
  'optimiser.initial': 'initialDesign',
  'objective.metric': 'objective',
  'pruning.rule': 'pruning',
  'budget.trials': 'budget',
  racing: 'racing',
  replicates: 'replicate',
})

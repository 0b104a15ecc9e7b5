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
  neurons: 'neuron',
  synapses: 'synapse',
  decoder: 'decoder',
  epochs: 'epoch',
  generations: 'generation',
})

/** Of a metric, which may be that of a layer or of a class. */
export const termOfMetric = (metric: string): TermKey | null =>
  metric.startsWith('spikesPerSample') ? 'spikeRate' : termOfColumn(metric)

const namedFields = named({
  'silence.interval': 'look',
  'silence.stopEarly': 'stoppedEarly',
  'optimiser.type': 'optimiser',
  'optimiser.startup': 'initialDesign',
  'optimiser.initial': 'initialDesign',
  'optimiser.candidates': 'thompsonSampling',
  'optimiser.successesToGrow': 'success',
  'optimiser.failuresToShrink': 'success',
  'optimiser.objectiveTransform': 'objective',
  'optimiser.constraintTransform': 'constraint',
  'optimiser.modelRows': 'gaussianProcess',
  'optimiser.polish': 'gaussianProcess',
  'optimiser.points': 'scale',
  'objective.metric': 'objective',
  'objective.split': 'split',
  'dataset.trainFraction': 'split',
  'dataset.trainSamples': 'split',
  'dataset.testSamples': 'split',
  'dataset.episodes': 'episode',
  'dataset.maximumSteps': 'episode',
  'network.oneSpike': 'spike',
  'network.inhibition': 'inhibition',
  'network.lateral': 'inhibition',
  'network.quantised': 'neuroprocessor',
  'network.decays': 'leak',
  'network.decayGradient': 'leak',
  'network.convolutionGradient': 'convolution',
  'network.dropoutOf': 'dropout',
  'network.surrogate': 'surrogateGradient',
  'network.activity': 'episode',
  'training.updateInterval': 'assignedClass',
  'training.optimiser': 'adam',
  'training.schedule': 'learningRate',
  'training.clipNorm': 'surrogateGradient',
  'training.goals': 'fitness',
  'training.silentSamples': 'silentNetwork',
  'encoding.type': 'encoding',
  'encoding.maximumRateHz': 'rate',
  'encoding.steps': 'step',
  'encoding.dtMs': 'step',
  'encoding.threshold': 'threshold',
  racing: 'racing',
  replicates: 'replicate',
  attempts: 'attempt',
  timeLimitMinutes: 'timeLimit',
  keepNetworks: 'keptNetwork',
})
/** What all fields of a section are about. */
const namedSections = named({ pruning: 'pruning', budget: 'budget', seeds: 'seed', encoding: 'encoding' })

/** Of a field of the editor, by its place in the definition. */
export const termOfField = (place: string): TermKey | null =>
  namedFields(place) ?? (place.includes('.') ? namedSections(place.slice(0, place.indexOf('.'))) : null)

/** Of a heading of the editor, by its words. */
export const termOfHeading = named({
  Seeds: 'seed',
  Objective: 'objective',
  'Early stopping of silent networks': 'silentNetwork',
  'End of the search': 'budget',
  Trials: 'trial',
  'Watched layers': 'nonSpikingShare',
  Limits: 'constraint',
  'Pruning of trials that are behind': 'pruning',
  Hyperparameters: 'hyperparameter',
  'Encoding as spikes': 'encoding',
})

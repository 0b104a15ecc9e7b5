/** Every hyperparameter as a row of the editor: searched, fixed, or left at its default. */
import { type NumericParameter, type Parameter, parameterSchema, type Sampler } from '../../src-core/space/parameter.ts'
import type { Hyperparameter } from '../../src-core/study/hyperparameter.ts'
import { rawHyperparametersOf } from '../../src-core/study/hyperparameters.ts'
import { formatValue } from '../trials/format.ts'
import type { YamlValue } from '../../src-core/study/editYaml.ts'
import { isMap, mapAt } from '../../src-core/study/rawValues.ts'

export type SpaceMode = 'searched' | 'fixed' | 'default'

export interface SpaceRow {
  readonly name: string
  readonly hyperparameter: Hyperparameter
  readonly mode: SpaceMode
  /** As it stands in the file; a map only where it is searched. */
  readonly raw: unknown
  /** What is searched, where it is well-formed. */
  readonly parameter: Parameter | null
}

/** @param value the definition as it stands in the file, right or wrong */
export const spaceRows = (value: unknown): readonly SpaceRow[] => {
  const space = mapAt(value, 'space')
  const fixed = mapAt(value, 'fixed')
  return Object.entries(rawHyperparametersOf(mapAt(value, 'network')) ?? {}).map(([name, hyperparameter]) => {
    const searched = Object.hasOwn(space, name)
    const mode = searched ? 'searched' : Object.hasOwn(fixed, name) ? 'fixed' : 'default'
    const raw = searched ? space[name] : fixed[name]
    return {
      name,
      hyperparameter,
      mode,
      raw,
      parameter: searched ? (parameterSchema.safeParse(raw).data ?? null) : null,
    }
  })
}

/** Ranges worth searching, to begin with: those of experiments 1 and 3 of arXiv 2403.00450, and a plain one for the others. */
const usual: Readonly<Record<string, readonly [low: number, high: number, sampler?: Sampler]>> = {
  epochs: [1, 3],
  mapSize: [20, 400],
  learningRatePre: [1e-4, 1e-3, 'log-uniform'],
  learningRatePost: [1e-3, 1e-2, 'reversed-log-uniform'],
  strengthExcitatory: [50, 500, 'reversed-log-uniform'],
  strengthInhibitory: [60, 600, 'reversed-log-uniform'],
  weightNorm: [78.4, 200, 'reversed-log-uniform'],
  thresholdExcitatoryMv: [-70, -50],
  restExcitatoryMv: [-65, -55],
  resetExcitatoryMv: [-70, -55],
  refractoryExcitatoryMs: [1, 10],
  thetaPlusMv: [0.01, 0.1, 'log-uniform'],
  tauThetaDecayMs: [1e6, 1e7, 'reversed-log-uniform'],
  tauMembraneExcitatoryMs: [1000, 5000, 'reversed-log-uniform'],
  tauTraceMs: [5, 50, 'log-uniform'],
  thresholdInhibitoryMv: [-30, -10],
  restInhibitoryMv: [-60, -40],
  resetInhibitoryMv: [-60, -40],
  refractoryInhibitoryMs: [15, 35],
  tauMembraneInhibitoryMs: [1000, 5000, 'log-uniform'],
  decoderRegularisation: [0.01, 100, 'log-uniform'],
  trainShare: [0.1, 1, 'log-uniform'],
  steps: [10, 100, 'log-uniform'],
  batchSize: [1, 50, 'reversed-log-uniform'],
  learningRate: [1e-3, 1e-1, 'log-uniform'],
  decayLearningRateFactor: [1e-2, 1, 'log-uniform'],
  weightDecay: [1e-6, 1e-2, 'log-uniform'],
  trueRate: [0.1, 0.5],
  falseRate: [0.01, 0.1],
  sparsityPenalty: [1e-6, 1e-2, 'log-uniform'],
  threshold: [0.4, 4],
  thresholdStep: [1e-3, 0.25, 'log-uniform'],
  currentDecay: [0.1, 0.99],
  voltageDecay: [0.01, 0.2, 'log-uniform'],
  thresholdDecay: [0.01, 0.5, 'log-uniform'],
  refractoryDecay: [0.1, 0.99, 'reversed-log-uniform'],
  tauGradient: [0.1, 1, 'log-uniform'],
  scaleGradient: [0.5, 1, 'log-uniform'],
  dropout: [0.01, 0.9, 'log-uniform'],
  weightGain: [0.1, 10, 'log-uniform'],
  neuronsPerInput: [2, 8],
  maxSpikes: [2, 12],
  intervalSteps: [1, 10],
  runSteps: [20, 80],
  generations: [20, 200, 'log-uniform'],
  populationSize: [20, 500, 'log-uniform'],
  startingNeurons: [0, 50],
  startingSynapses: [10, 100],
  crossoverRate: [0, 0.6],
  mergeRate: [0, 0.4],
  mutationRate: [0.1, 0.9],
  mutationsPerChild: [1, 5],
  tournamentSizeFactor: [0.02, 0.3],
  tournamentBestFactor: [0.8, 1],
  randomFactor: [0, 0.25],
  elites: [1, 10],
  addNeuron: [0, 3],
  deleteNeuron: [0, 3],
  addSynapse: [0, 3],
  deleteSynapse: [0, 3],
  changeNeuron: [0, 3],
  changeSynapse: [0, 3],
  changeThreshold: [0, 1],
  changeLeak: [0, 1],
  changeAxonalDelay: [0, 1],
  changeWeight: [0, 1],
  changeDelay: [0, 1],
  resolution: [1, 127, 'log-uniform'],
  maxDelaySteps: [1, 63, 'log-uniform'],
  minPotential: [0, 1],
  filters: [4, 64],
  kernel: [2, 5],
  stride: [1, 3],
  padding: [0, 4],
  weight: [0.5, 2],
  neurons: [16, 512],
}

/** What a hyperparameter is searched over when a person first chooses so. */
export const firstParameter = ({ name, hyperparameter }: SpaceRow): Readonly<Record<string, YamlValue>> => {
  if (hyperparameter.kind === 'categorical') return { type: 'categorical', choices: [...hyperparameter.choices] }
  const [low, high, sampler] = usual[name] ??
    usual[name.replace(/^.*\./, '')] ?? [hyperparameter.minimum, hyperparameter.maximum]
  return { type: hyperparameter.kind, low, high, ...(sampler === undefined ? {} : { sampler }) }
}

/** Is this a value of one layer for which that of the network stands? */
export const isInherited = ({ name, mode, hyperparameter }: SpaceRow): boolean =>
  mode === 'default' && hyperparameter.inherits !== null && name.split('.')[1] === hyperparameter.inherits

/** What holds where a hyperparameter is neither searched nor fixed. */
export const defaultText = ({ default: value, unit, inherits }: Hyperparameter): string =>
  inherits === null ? `${formatValue(value)}${unit === null ? '' : ` ${unit}`}` : `as ${inherits}`

/** A parameter of a row as far as it can be drawn: the ends are numbers in order. */
export const numericOf = ({ parameter }: SpaceRow): NumericParameter | null =>
  parameter === null || parameter.type === 'categorical' ? null : parameter

/** The choices of a categorical row that are ticked. */
export const chosenOf = ({ raw }: SpaceRow): readonly unknown[] =>
  isMap(raw) && Array.isArray(raw['choices']) ? (raw['choices'] as readonly unknown[]) : []

/** Every hyperparameter as a row of the editor: searched, fixed, or left at its default. */
import { parameterSchema } from '../../src-core/space/parameter.ts'
import type { NumericParameter, Parameter, Sampler } from '../../src-core/space/parameter.ts'
import { hyperparameterNames, hyperparameters } from '../../src-core/study/hyperparameters.ts'
import type { Hyperparameter, HyperparameterName } from '../../src-core/study/hyperparameters.ts'
import type { YamlValue } from '../../src-core/study/editYaml.ts'
import { isMap, mapAt } from '../../src-core/study/rawValues.ts'

export type SpaceMode = 'searched' | 'fixed' | 'default'

export interface SpaceRow {
  readonly name: HyperparameterName
  readonly hyperparameter: Hyperparameter
  readonly mode: SpaceMode
  /** As it stands in the file; a map only where it is searched. */
  readonly raw: unknown
  /** What is searched, where it is well-formed. */
  readonly parameter: Parameter | null
}

/** @param value the definition as it stands in the file, right or wrong */
export function spaceRows(value: unknown): readonly SpaceRow[] {
  const space = mapAt(value, 'space')
  const fixed = mapAt(value, 'fixed')
  return hyperparameterNames.map((name) => {
    const searched = Object.hasOwn(space, name)
    const mode = searched ? 'searched' : Object.hasOwn(fixed, name) ? 'fixed' : 'default'
    const raw = searched ? space[name] : fixed[name]
    return {
      name,
      hyperparameter: hyperparameters[name],
      mode,
      raw,
      parameter: searched ? (parameterSchema.safeParse(raw).data ?? null) : null,
    }
  })
}

/** Ranges worth searching, to begin with: those of experiment 1 of arXiv 2403.00450, and a plain one for the others. */
const usual: Readonly<Partial<Record<HyperparameterName, readonly [low: number, high: number, sampler?: Sampler]>>> = {
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
}

/** What a hyperparameter is searched over when a person first chooses so. */
export function firstParameter(name: HyperparameterName): Readonly<Record<string, YamlValue>> {
  const hyperparameter: Hyperparameter = hyperparameters[name]
  if (hyperparameter.kind === 'categorical') return { type: 'categorical', choices: [...hyperparameter.choices] }
  const [low, high, sampler] = usual[name] ?? [hyperparameter.minimum, hyperparameter.maximum]
  return { type: hyperparameter.kind, low, high, ...(sampler === undefined ? {} : { sampler }) }
}

/** A parameter of a row as far as it can be drawn: the ends are numbers in order. */
export const numericOf = ({ parameter }: SpaceRow): NumericParameter | null =>
  parameter === null || parameter.type === 'categorical' ? null : parameter

/** The choices of a categorical row that are ticked. */
export const chosenOf = ({ raw }: SpaceRow): readonly unknown[] =>
  isMap(raw) && Array.isArray(raw['choices']) ? (raw['choices'] as readonly unknown[]) : []

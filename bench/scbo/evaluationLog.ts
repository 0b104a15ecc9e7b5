/**
 * The published evaluations of experiment 1 of arXiv 2403.00450: an optimiser's path through a space that is wider than
 * the one of the publication's script. Its ranges are read off the log, and its samplers off the 200 initial points.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Configuration, SearchSpace } from '../../src-core/space/parameter.ts'

export const evaluationLogFile = join('..', 'shared', 'datasets', 'evaluations', 'stdp-mnist.csv.gz')

/** The hyperparameters of resources/presets/mnist-stdp.yaml in the log's ranges, and their names there. */
export const loggedSpace = {
  decoder: { type: 'categorical', choices: ['all', 'vote', '2gram', '3gram'] },
  epochs: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
  mapSize: { type: 'integer', low: 20, high: 2000, sampler: 'uniform' },
  learningRatePre: { type: 'real', low: 1e-4, high: 1e-2, sampler: 'log-uniform' },
  learningRatePost: { type: 'real', low: 1e-4, high: 1e-2, sampler: 'reversed-log-uniform' },
  strengthExcitatory: { type: 'real', low: 0, high: 500, sampler: 'uniform' },
  strengthInhibitory: { type: 'real', low: 0, high: 500, sampler: 'uniform' },
  weightNorm: { type: 'real', low: 78.4, high: 784, sampler: 'log-uniform' },
  thresholdExcitatoryMv: { type: 'real', low: -59, high: 0, sampler: 'uniform' },
  restExcitatoryMv: { type: 'real', low: -70, high: -60, sampler: 'uniform' },
  refractoryExcitatoryMs: { type: 'integer', low: 0, high: 20, sampler: 'uniform' },
  thetaPlusMv: { type: 'real', low: 0.001, high: 0.5, sampler: 'reversed-log-uniform' },
  tauThetaDecayMs: { type: 'real', low: 1e6, high: 2e7, sampler: 'reversed-log-uniform' },
  tauMembraneExcitatoryMs: { type: 'real', low: 1, high: 5000, sampler: 'uniform' },
  thresholdInhibitoryMv: { type: 'real', low: -40, high: 0, sampler: 'uniform' },
  restInhibitoryMv: { type: 'real', low: -60, high: -45, sampler: 'uniform' },
  refractoryInhibitoryMs: { type: 'integer', low: 0, high: 20, sampler: 'uniform' },
  tauMembraneInhibitoryMs: { type: 'real', low: 1, high: 5000, sampler: 'uniform' },
} as const satisfies SearchSpace

const columnOf: Readonly<Record<keyof typeof loggedSpace, string>> = {
  decoder: 'decoder',
  epochs: 'epochs',
  mapSize: 'map_size',
  learningRatePre: 'nu_pre',
  learningRatePost: 'nu_post',
  strengthExcitatory: 'strength_exc',
  strengthInhibitory: 'strength_inh',
  weightNorm: 'norm',
  thresholdExcitatoryMv: 'e_thresh',
  restExcitatoryMv: 'e_rest',
  refractoryExcitatoryMs: 'e_refrac',
  thetaPlusMv: 'theta_plus',
  tauThetaDecayMs: 'tc_theta_decay',
  tauMembraneExcitatoryMs: 'e_tc_decay',
  thresholdInhibitoryMv: 'i_thresh',
  restInhibitoryMv: 'i_rest',
  refractoryInhibitoryMs: 'i_refrac',
  tauMembraneInhibitoryMs: 'i_tc_decay',
}

export interface LoggedEvaluation {
  readonly configuration: Configuration
  /** Held-out accuracy. */
  readonly accuracy: number
  /** Share of non-spiking samples less beta, excitatory and inhibitory; a stopped network's is just above zero. */
  readonly constraints: readonly [number, number]
  readonly durationMs: number
  readonly stopped: boolean
  /** One of the 200 points of the initial random design. */
  readonly initial: boolean
}

const figure = z.string().trim().min(1).pipe(z.coerce.number<string>())
const rowSchema = z.object({
  valid: figure,
  constraint_0: figure,
  constraint_1: figure,
  total_time: figure,
  stopped: z.enum(['True', 'False']),
  algorithm: z.string(),
})

/** The log in its order; null where the file is not there. */
export const readEvaluationLog = (): readonly LoggedEvaluation[] | null =>
  existsSync(evaluationLogFile) ? parseLog(gunzipSync(readFileSync(evaluationLogFile)).toString('utf8')) : null

export const parseLog = (csv: string): LoggedEvaluation[] => {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const row = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
    const { valid, constraint_0, constraint_1, total_time, stopped, algorithm } = rowSchema.parse(row)
    return {
      configuration: configurationOf(row),
      accuracy: valid,
      constraints: [constraint_0, constraint_1],
      durationMs: 1000 * total_time,
      stopped: stopped === 'True',
      initial: algorithm === 'InitSCBO',
    }
  })
}

const configurationOf = (row: Readonly<Record<string, string>>): Configuration =>
  Object.fromEntries(
    Object.entries(columnOf).map(([name, column]) => {
      const cell = row[column]
      return [name, name === 'decoder' ? z.string().parse(cell) : figure.parse(cell)]
    }),
  )

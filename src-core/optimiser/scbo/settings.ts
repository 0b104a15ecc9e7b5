import type { NumericKernel } from '../../linearAlgebra/numericKernel.ts'
import type { Seed } from '../../random/seed.ts'
import type { Impossibility } from '../../space/impossibility.ts'
import type { ModelSpace } from '../../space/modelSpace.ts'

/** How SCBO searches. */
export interface ScboSettings {
  /** Points of the initial design. */
  readonly initial: number
  /** What the objective passes through before it is modelled. */
  readonly objectiveTransform: 'standardise' | 'compressed' | 'copula'
  /** What constraints pass through. */
  readonly constraintTransform: 'auto' | 'bilog' | 'none'
  /** Successes in a row after which the trust region doubles its side. */
  readonly successesToGrow: number
  /** Failures in a row after which it halves it. */
  readonly failuresToShrink: number
  /** Trials that the models see at most: beyond, the nearest to the centre, the best and the most recent. */
  readonly modelRows: number
  /** Trials that hyperparameters are fitted on at most. */
  readonly fitRows: number
  /** The least number of told trials between two fits; it grows with their number. */
  readonly fitInterval: number
  /** Whether the best candidates are moved along the gradient of the sampled functions. */
  readonly polish: boolean
  /** Candidates of an ask. */
  readonly candidates: number
  /** Random features of a sample path's prior. */
  readonly features: number
  /** Smallest noise variance, in units of the targets' variance. */
  readonly lowestNoise: number
}

/** What a study may set; the rest follows from the number of its parameters. */
export type GivenScboSettings = { readonly [Name in keyof ScboSettings]?: ScboSettings[Name] | undefined }

/** What an optimiser with models gets besides its space and settings. */
export interface ModelledSearch {
  /** The study's constraints; others that a trial may have are ignored. */
  readonly constraintNames: readonly string[]
  readonly seed: Seed
  /** Of its own: what it computes lies in the kernel's memory. */
  readonly kernel: NumericKernel
  /** What is never asked; default: nothing. */
  readonly rules?: readonly Impossibility[]
}

/** What stays the same from trial to trial. */
export interface ScboSetup {
  readonly space: ModelSpace
  readonly constraintNames: readonly string[]
  readonly settings: ScboSettings
}

/** The settings for a space with this number of parameters. */
export const scboSettings = (dimensions: number, given: GivenScboSettings): ScboSettings => ({
  initial: given.initial ?? Math.max(4, 2 * dimensions),
  objectiveTransform: given.objectiveTransform ?? 'compressed',
  constraintTransform: given.constraintTransform ?? 'auto',
  successesToGrow: given.successesToGrow ?? Math.max(3, Math.ceil(dimensions / 10)),
  failuresToShrink: given.failuresToShrink ?? Math.max(5, dimensions),
  modelRows: given.modelRows ?? 1000,
  fitRows: given.fitRows ?? 512,
  fitInterval: given.fitInterval ?? 4,
  polish: given.polish ?? true,
  candidates: given.candidates ?? Math.min(5000, Math.max(2000, 200 * dimensions)),
  features: given.features ?? 256,
  lowestNoise: given.lowestNoise ?? 1e-6,
})

/**
 * Side lengths of trust regions, in units of the unit cube (Eriksson & Poloczek 2021, section 3). Where nothing is feasible a
 * region that small would only crawl along: it begins anew before.
 */
export const regionLength = { initial: 0.8, most: 1.6, least: 2 ** -7, leastInfeasible: 0.1 } as const

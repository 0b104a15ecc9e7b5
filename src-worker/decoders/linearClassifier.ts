/**
 * `log` and `svm`: linear classifiers on the spike counts of a sample. With features f[j] = sqrt(count of neuron j),
 * weights w [neurons][classes] and intercepts b [classes], the scores are z[c] = b[c] + sum over j of f[j] w[j,c], and
 *   w, b = argmin of 1/m * (sum over the m samples of loss(z, y) + |w|^2 / (2 C)),
 * with the losses of linearLosses.ts. The square root makes the spread of Poisson counts independent of their mean
 * (Bartlett 1936). A fit sees the samples of the last interval only: older ones came from other weights.
 */
// @ts-expect-error the package has no types; Fmin says what is taken of it
import * as exported from 'fmin'
import { takeTensor } from '../../src-core/networkFile/takeTensor.ts'
import type { Tensors } from '../../src-core/networkFile/tensor.ts'
import { type DecoderOptions, highest, type SpikeTrain } from './decoder.ts'
import type { LinearLoss } from './linearLosses.ts'
import { pendingOf, pendingTensors } from './pendingLists.ts'

/** Returns f(x) and writes the gradient of f at x into `gradient`. */
type DifferentiableFunction = (x: Float64Array, gradient: Float64Array) => number

interface Fmin {
  conjugateGradient(
    f: DifferentiableFunction,
    initial: Float64Array,
    options: { readonly maxIterations: number },
  ): { readonly x: Float64Array }
}

// fmin's file is a script in a package of modules: a bundler finds its exports, Node has it leave them on `globalThis`.
const global = globalThis as typeof globalThis & { readonly fmin?: Fmin }
const { conjugateGradient }: Partial<Fmin> = { ...global.fmin, ...(exported as Partial<Fmin>) }

/**
 * Minimises a smooth function by the nonlinear conjugate gradient method of Polak & Ribiere with a line search for the
 * Wolfe conditions (Nocedal & Wright, Numerical Optimization, 2006, chapters 3 and 5; package fmin). Deterministic.
 */
const minimise = (f: DifferentiableFunction, initial: Float64Array, maxIterations: number): Float64Array => {
  if (conjugateGradient === undefined) throw new Error('the package fmin is not the version Spiketune was made with')
  return conjugateGradient(f, initial, { maxIterations }).x
}

const maximumIterations = 100

/** The features of one sample: neurons that spiked, and their values. */
interface Features {
  readonly neurons: Uint32Array
  readonly values: Float64Array
}

export class LinearClassifier {
  readonly #options: DecoderOptions
  readonly #loss: LinearLoss
  readonly #counts: Uint32Array
  #pending: { readonly features: Features; readonly label: number }[] = []
  /** Weights [neurons][classes], then intercepts [classes]. */
  #model: Float64Array

  constructor(options: DecoderOptions, loss: LinearLoss) {
    this.#options = options
    this.#loss = loss
    this.#counts = new Uint32Array(options.neurons)
    this.#model = new Float64Array((options.neurons + 1) * options.classes)
  }

  observe(spikes: SpikeTrain, label: number): void {
    this.#pending.push({ features: this.#featuresOf(spikes), label })
  }

  learn(): void {
    if (this.#pending.length === 0) return
    const scores = new Float64Array(this.#options.classes)
    const objective = (model: Float64Array, gradient: Float64Array): number => {
      let loss = this.#penalty(model, gradient)
      for (const { features, label } of this.#pending) {
        this.#score(model, features, scores)
        loss += this.#loss(scores, label) / this.#pending.length
        this.#addGradient(gradient, features, scores)
      }
      return loss
    }
    this.#model = minimise(objective, new Float64Array(this.#model.length), maximumIterations)
    this.#pending = []
  }

  predict(spikes: SpikeTrain): number {
    const scores = new Float64Array(this.#options.classes)
    this.#score(this.#model, this.#featuresOf(spikes), scores)
    return highest(scores)
  }

  /** `decoderWeights` [neurons][classes] and `decoderIntercepts` [classes], in the precision they are used in. */
  tensors(): Tensors {
    const { neurons, classes } = this.#options
    return {
      decoderWeights: { shape: [neurons, classes], values: this.#model.slice(0, neurons * classes) },
      decoderIntercepts: { shape: [classes], values: this.#model.slice(neurons * classes) },
    }
  }

  /**
   * Single precision is taken as well: network files of version 1 have it.
   * @throws {RangeError} when the tensors are not those of as many neurons and classes
   */
  restore(tensors: Tensors): void {
    const { neurons, classes } = this.#options
    const weights = takeTensor<Float64Array | Float32Array>(
      tensors,
      'decoderWeights',
      [Float64Array, Float32Array],
      [neurons, classes],
    )
    const intercepts = takeTensor<Float64Array | Float32Array>(
      tensors,
      'decoderIntercepts',
      [Float64Array, Float32Array],
      [classes],
    )
    this.#model = new Float64Array((neurons + 1) * classes)
    this.#model.set(weights)
    this.#model.set(intercepts, neurons * classes)
    this.#pending = []
  }

  pending(): Tensors {
    return pendingTensors(this.#pending.map(({ features, label }) => ({ ...features, label })))
  }

  restorePending(tensors: Tensors): void {
    this.#pending = pendingOf(tensors).map(({ label, ...features }) => ({ features, label }))
  }

  #featuresOf(spikes: SpikeTrain): Features {
    for (const neuron of spikes.neurons) this.#counts[neuron] = (this.#counts[neuron] ?? 0) + 1
    const neurons = Uint32Array.from(new Set(spikes.neurons))
    const values = Float64Array.from(neurons, (neuron) => Math.sqrt(this.#counts[neuron] ?? 0))
    for (const neuron of neurons) this.#counts[neuron] = 0
    return { neurons, values }
  }

  #penalty(model: Float64Array, gradient: Float64Array): number {
    const { neurons, classes, regularisation } = this.#options
    const strength = 1 / (regularisation * this.#pending.length)
    gradient.fill(0, neurons * classes)
    let squares = 0
    for (let index = 0; index < neurons * classes; index++) {
      const weight = model[index] ?? 0
      squares += weight * weight
      gradient[index] = strength * weight
    }
    return (strength * squares) / 2
  }

  #score(model: Float64Array, { neurons, values }: Features, scores: Float64Array): void {
    const { classes } = this.#options
    const intercepts = this.#options.neurons * classes
    for (let label = 0; label < classes; label++) scores[label] = model[intercepts + label] ?? 0
    for (let index = 0; index < neurons.length; index++) {
      const row = (neurons[index] ?? 0) * classes
      const value = values[index] ?? 0
      for (let label = 0; label < classes; label++) {
        scores[label] = (scores[label] ?? 0) + value * (model[row + label] ?? 0)
      }
    }
  }

  #addGradient(gradient: Float64Array, { neurons, values }: Features, derivatives: Float64Array): void {
    const { classes } = this.#options
    const samples = this.#pending.length
    const intercepts = this.#options.neurons * classes
    for (let label = 0; label < classes; label++) {
      gradient[intercepts + label] = (gradient[intercepts + label] ?? 0) + (derivatives[label] ?? 0) / samples
    }
    for (let index = 0; index < neurons.length; index++) {
      const row = (neurons[index] ?? 0) * classes
      const value = (values[index] ?? 0) / samples
      for (let label = 0; label < classes; label++) {
        gradient[row + label] = (gradient[row + label] ?? 0) + value * (derivatives[label] ?? 0)
      }
    }
  }
}

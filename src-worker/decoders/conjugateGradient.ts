// @ts-expect-error the package has no types; Fmin says what is taken of it
import * as exported from 'fmin'

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
export const minimise = (f: DifferentiableFunction, initial: Float64Array, maxIterations: number): Float64Array => {
  if (conjugateGradient === undefined) throw new Error('the package fmin is not the version Spiketune was made with')
  return conjugateGradient(f, initial, { maxIterations }).x
}

import type { Surrogate } from '../../../src-core/diagnostics/surrogateModel.ts'
import type { SearchSpace } from '../../../src-core/space/parameter.ts'

/** A model whose posterior mean is this function of the coordinates, with the same variance everywhere. */
export const knownSurrogate = (
  of: (coordinates: readonly number[]) => number,
  dimensions: number,
  rest: Partial<Surrogate> & { readonly variance?: number } = {},
): Surrogate => {
  const { variance = 0, ...fields } = rest
  const none = new Float64Array()
  return {
    name: 'objective',
    predict: (points) => {
      const mean = Float64Array.from({ length: points.length / dimensions }, (_, row) =>
        of(Array.from(points.subarray(row * dimensions, (row + 1) * dimensions))),
      )
      return { mean, variance: mean.map(() => variance) }
    },
    threshold: null,
    lengthscales: Array.from({ length: dimensions }, () => 1),
    noiseVariance: 0.01,
    outputScale: 1,
    leaveOneOut: { observed: none, mean: none, variance: none },
    ...fields,
  }
}

/** Real parameters x1, x2, ... from 0 to 1. */
export const unitSpace = (dimensions: number): SearchSpace =>
  Object.fromEntries(
    Array.from({ length: dimensions }, (_, index) => [
      `x${index + 1}`,
      { type: 'real', low: 0, high: 1, sampler: 'uniform' },
    ]),
  )

/** Two categories, a number, and an integer that applies only where `kind` is deep. */
export const mixedSpace: SearchSpace = {
  kind: { type: 'categorical', choices: ['flat', 'deep'] },
  depth: { type: 'integer', low: 1, high: 4, sampler: 'uniform', when: { kind: ['deep'] } },
  colour: { type: 'categorical', choices: ['red', 'green', 'blue'] },
  rate: { type: 'real', low: 1e-4, high: 1, sampler: 'log-uniform' },
}

import { describe, expect, it } from 'vitest'
import type { Surrogate } from '../../../src-core/layered/networkPlan.ts'
import { surrogateWidth } from '../../../src-core/layered/neuronConstants.ts'
import { neuronOf, slayer } from '../../support/slayerCases.ts'
import { surrogates } from './surrogateGradients.ts'

const names = Object.keys(surrogates) as Surrogate[]
const [tau, scale] = [0.7, 1.3]
const places = Array.from({ length: 81 }, (_, index) => (index - 40) / 10 + 0.013)

describe.each(names)('the surrogate %s', (name) => {
  const { value, derivative } = surrogates[name]

  it('is the derivative of its smooth step', () => {
    const step = 1e-6
    for (const z of places) {
      const slope = (value(z + step, tau, scale) - value(z - step, tau, scale)) / (2 * step)
      expect(Math.abs(derivative(z, tau, scale) - slope)).toBeLessThan(1e-8)
    }
  })

  it('is even, largest at 0 and nowhere negative', () => {
    const highest = name === 'superspike' ? scale : scale / (2 * tau)
    expect(derivative(0, tau, scale)).toBeCloseTo(highest, 12)
    for (const z of places) {
      expect(derivative(-z, tau, scale)).toBe(derivative(z, tau, scale))
      expect(derivative(z, tau, scale)).toBeLessThanOrEqual(highest)
      expect(derivative(z, tau, scale)).toBeGreaterThanOrEqual(0)
    }
  })

  it('has a step from 0 to its area', () => {
    const area = name === 'superspike' ? 2 * scale * tau : scale
    expect(value(-1e7, tau, scale)).toBeCloseTo(0, 5)
    expect(value(0, tau, scale)).toBeCloseTo(area / 2, 12)
    expect(value(1e7, tau, scale)).toBeCloseTo(area, 5)
  })
})

it('has the width and area of lava-dl, by the threshold that acts', () => {
  const [golden] = slayer.neurons
  if (golden === undefined) throw new Error('There is no golden neuron.')
  const neuron = neuronOf(golden.params, 'alif')
  expect(surrogateWidth(neuron)).toEqual({ tau: 100 * 0.3 * (38 / 64), scale: 0.1 * 0.8 })
  expect(surrogateWidth({ ...neuron, quantised: false }).tau).toBe(100 * 0.3 * 0.6)
})

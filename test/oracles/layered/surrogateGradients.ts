/**
 * Surrogate gradients: what stands in for the derivative of a spike, a step function, in training.
 *
 * Notation: z membrane potential minus threshold; tau width, in the unit of z; scale area under the derivative (but of
 * superspike). `value` is a smooth step whose derivative is `derivative`: it never acts in a network, and says what the
 * derivative is one of.
 */
import type { Surrogate } from '../../../src-core/layered/networkPlan.ts'

interface SurrogateFunction {
  value(z: number, tau: number, scale: number): number
  derivative(z: number, tau: number, scale: number): number
}

export const surrogates: Readonly<Record<Surrogate, SurrogateFunction>> = {
  /** scale / (2 tau) exp(-|z| / tau): Shrestha & Orchard 2018, eq. 12; lava-dl. */
  exponential: {
    value: (z, tau, scale) => (z < 0 ? (scale / 2) * Math.exp(z / tau) : scale - (scale / 2) * Math.exp(-z / tau)),
    derivative: (z, tau, scale) => (scale / (2 * tau)) * Math.exp(-Math.abs(z) / tau),
  },
  /** scale / (2 tau) / (1 + |z| / tau)^2, the derivative of a fast sigmoid: Neftci, Mostafa & Zenke 2019. */
  'fast-sigmoid': {
    value: (z, tau, scale) => (scale / 2) * (1 + z / (tau + Math.abs(z))),
    derivative: (z, tau, scale) => scale / (2 * tau) / (1 + Math.abs(z) / tau) ** 2,
  },
  /** scale / (2 tau) / (1 + (pi z / (2 tau))^2), the derivative of an arc tangent: Fang et al. 2021. */
  arctan: {
    value: (z, tau, scale) => scale * (0.5 + Math.atan((Math.PI * z) / (2 * tau)) / Math.PI),
    derivative: (z, tau, scale) => scale / (2 * tau) / (1 + ((Math.PI * z) / (2 * tau)) ** 2),
  },
  /** scale / (1 + |z| / tau)^2: Zenke & Ganguli 2018, whose height, not area, is fixed. */
  superspike: {
    value: (z, tau, scale) => scale * tau * (1 + z / (tau + Math.abs(z))),
    derivative: (z, tau, scale) => scale / (1 + Math.abs(z) / tau) ** 2,
  },
  /** scale / (2 tau) max(0, 1 - |z| / (2 tau)): Bellec et al. 2018; Esser et al. 2016. */
  triangle: {
    value: (z, tau, scale) => {
      const side = Math.max(0, 1 - Math.abs(z) / (2 * tau)) ** 2 / 2
      return scale * (z < 0 ? side : 1 - side)
    },
    derivative: (z, tau, scale) => (scale / (2 * tau)) * Math.max(0, 1 - Math.abs(z) / (2 * tau)),
  },
}

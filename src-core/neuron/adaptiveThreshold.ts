/**
 * Leaky integrate-and-fire neuron whose threshold adapts: every crossing raises it by thetaPlus, and the rise decays.
 *
 *   tau_theta dtheta/dt = -theta;  v >= threshold + theta: spike, theta := theta + thetaPlus
 *
 *   theta[t] = theta[t-1] * exp(-dt / tau_theta), then + thetaPlus at a crossing; both only while learning
 *
 * Source: Diehl & Cook, Front. Comput. Neurosci. 9:99, 2015, Homoeostasis, as in BindsNET's
 * DiehlAndCookNodes: theta is frozen outside learning.
 */
import { integrateLif } from './leakyIntegrateAndFire.ts'
import type { LifParameters, LifState } from './leakyIntegrateAndFire.ts'

const round = Math.fround

export interface AdaptiveLifParameters extends LifParameters {
  readonly thetaPlusMv: number
  /** exp(-dt / tau_theta). */
  readonly thetaDecay: number
}

export interface AdaptiveLifState extends LifState {
  readonly thetaMv: number
}

/** One step; `crossed` is the spike before the one-spike rule, which takes spikes away but undoes no reset. */
export function stepAdaptiveLif(
  state: AdaptiveLifState,
  inputMv: number,
  parameters: AdaptiveLifParameters,
  learning: boolean,
): { state: AdaptiveLifState; crossed: boolean } {
  const integrated = integrateLif(state, inputMv, parameters)
  const thetaMv = learning ? round(state.thetaMv * parameters.thetaDecay) : state.thetaMv
  if (!(integrated.potentialMv >= round(parameters.thresholdMv + thetaMv))) {
    return { state: { ...integrated, thetaMv }, crossed: false }
  }
  return {
    state: {
      potentialMv: parameters.resetMv,
      refractoryMs: parameters.refractoryMs,
      thetaMv: learning ? round(thetaMv + parameters.thetaPlusMv) : thetaMv,
    },
    crossed: true,
  }
}

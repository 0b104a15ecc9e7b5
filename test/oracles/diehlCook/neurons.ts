/**
 * Leaky integrate-and-fire neuron with a refractory period, in steps of dt.
 *
 *   tau dv/dt = rest - v, and v jumps by the input I;  v >= threshold: spike, v := reset, deaf for `refractory` ms
 *
 *   v[t] = (v[t-1] - rest) * exp(-dt / tau) + rest + (refractory counter <= 0 ? I[t] : 0)
 *
 * Source: Gerstner & Kistler, Spiking Neuron Models, 2002, section 4.1.1, in the exact exponential step of BindsNET's
 * LIFNodes (Hazan et al., Front. Neuroinform. 12:89, 2018). Every operation is rounded to single precision, in
 * BindsNET's order. Potentials in mV, durations in ms.
 *
 * Leaky integrate-and-fire neuron whose threshold adapts: every crossing raises it by thetaPlus, and the rise decays.
 *
 *   tau_theta dtheta/dt = -theta;  v >= threshold + theta: spike, theta := theta + thetaPlus
 *
 *   theta[t] = theta[t-1] * exp(-dt / tau_theta), then + thetaPlus at a crossing; both only while learning
 *
 * Source: Diehl & Cook, Front. Comput. Neurosci. 9:99, 2015, Homoeostasis, as in BindsNET's
 * DiehlAndCookNodes: theta is frozen outside learning.
 */

const round = Math.fround

/** Of a leaky integrate-and-fire neuron with a refractory period. */
export interface LifParameters {
  readonly restMv: number
  readonly resetMv: number
  readonly thresholdMv: number
  readonly refractoryMs: number
  /** exp(-dt / tau), from `decayFactor`. */
  readonly membraneDecay: number
  readonly dtMs: number
}

/** Of one whose threshold rises at every spike. */
export interface AdaptiveLifParameters extends LifParameters {
  readonly thetaPlusMv: number
  /** exp(-dt / tau_theta). */
  readonly thetaDecay: number
}

export interface LifState {
  readonly potentialMv: number
  /** Input is ignored while it is positive; it counts on below 0. */
  readonly refractoryMs: number
}

/** Leak, then input, then the refractory counter; no threshold yet. */
export const integrateLif = (state: LifState, inputMv: number, parameters: LifParameters): LifState => {
  const { restMv, membraneDecay, dtMs } = parameters
  const leaked = round(round(membraneDecay * round(state.potentialMv - restMv)) + restMv)
  return {
    potentialMv: state.refractoryMs > 0 ? leaked : round(leaked + inputMv),
    refractoryMs: round(state.refractoryMs - dtMs),
  }
}

/** One step of a neuron with a fixed threshold. */
export const stepLif = (
  state: LifState,
  inputMv: number,
  parameters: LifParameters,
): { state: LifState; spiked: boolean } => {
  const integrated = integrateLif(state, inputMv, parameters)
  if (!(integrated.potentialMv >= parameters.thresholdMv)) return { state: integrated, spiked: false }
  return { state: { potentialMv: parameters.resetMv, refractoryMs: parameters.refractoryMs }, spiked: true }
}

export interface AdaptiveLifState extends LifState {
  readonly thetaMv: number
}

/** One step; `crossed` is the spike before the one-spike rule, which takes spikes away but undoes no reset. */
export const stepAdaptiveLif = (
  state: AdaptiveLifState,
  inputMv: number,
  parameters: AdaptiveLifParameters,
  learning: boolean,
): { state: AdaptiveLifState; crossed: boolean } => {
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

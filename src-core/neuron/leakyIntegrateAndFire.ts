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
 */
const round = Math.fround

export interface LifParameters {
  readonly restMv: number
  readonly resetMv: number
  readonly thresholdMv: number
  readonly refractoryMs: number
  /** exp(-dt / tau), from `decayFactor`. */
  readonly membraneDecay: number
  readonly dtMs: number
}

export interface LifState {
  readonly potentialMv: number
  /** Input is ignored while it is positive; it counts on below 0. */
  readonly refractoryMs: number
}

/** What an exponential decay of time constant `tauMs` leaves after one step: exp(-dt / tau). */
export function decayFactor(dtMs: number, tauMs: number): number {
  return round(Math.exp(round(-dtMs / tauMs)))
}

/** Leak, then input, then the refractory counter; no threshold yet. */
export function integrateLif(state: LifState, inputMv: number, parameters: LifParameters): LifState {
  const { restMv, membraneDecay, dtMs } = parameters
  const leaked = round(round(membraneDecay * round(state.potentialMv - restMv)) + restMv)
  return {
    potentialMv: state.refractoryMs > 0 ? leaked : round(leaked + inputMv),
    refractoryMs: round(state.refractoryMs - dtMs),
  }
}

/** One step of a neuron with a fixed threshold. */
export function stepLif(
  state: LifState,
  inputMv: number,
  parameters: LifParameters,
): { state: LifState; spiked: boolean } {
  const integrated = integrateLif(state, inputMv, parameters)
  if (!(integrated.potentialMv >= parameters.thresholdMv)) return { state: integrated, spiked: false }
  return { state: { potentialMv: parameters.resetMv, refractoryMs: parameters.refractoryMs }, spiked: true }
}

/**
 * The trace of a spike train: 1 at a spike, decaying in between; a new spike sets it and does not add.
 *
 *   tau dx/dt = -x;  spike: x := 1
 *
 *   x[t] = spike ? 1 : x[t-1] * exp(-dt / tau)
 *
 * Source: Morrison, Diesmann & Gerstner, Biol. Cybern. 98:459, 2008, fig. 7A (symmetric nearest-neighbour pairing).
 */
export function stepTrace(trace: number, spiked: boolean, traceDecay: number): number {
  return spiked ? 1 : Math.fround(trace * traceDecay)
}

/** The excitatory layer: test/oracles/diehlCook/neurons.ts for four neurons at a time. */
import * as layout from './layout'
import * as parameters from './parameters'

/** Sums the weights of the inputs that spiked in `previousStep`, spike by spike, into `layout.excitation`. */
export function excite(previousStep: i32): void {
  const excitation = layout.excitation
  const bytes = (<usize>layout.padded) << 2
  const count: u32 = previousStep < 0 ? 0 : load<u32>(layout.inputSpikeCounts + ((<usize>previousStep) << 2))
  if (count == 0) {
    memory.fill(excitation, 0, bytes)
    return
  }
  const spikes = layout.inputSpikes + <usize>previousStep * layout.inputRowBytes
  const rows = layout.activeRows
  for (let spike: u32 = 0; spike < count; spike++) {
    const input = <usize>load<u32>(spikes + ((<usize>spike) << 2))
    store<usize>(rows + <usize>spike * sizeof<usize>(), layout.weights + input * layout.weightRowBytes)
  }
  const end = rows + <usize>count * sizeof<usize>()
  for (let column: usize = 0; column < bytes; column += 64) {
    let sum0 = f32x4.splat(0)
    let sum1 = f32x4.splat(0)
    let sum2 = f32x4.splat(0)
    let sum3 = f32x4.splat(0)
    for (let row = rows; row < end; row += sizeof<usize>()) {
      const at = load<usize>(row) + column
      sum0 = f32x4.add(sum0, v128.load(at))
      sum1 = f32x4.add(sum1, v128.load(at, 16))
      sum2 = f32x4.add(sum2, v128.load(at, 32))
      sum3 = f32x4.add(sum3, v128.load(at, 48))
    }
    const to = excitation + column
    v128.store(to, sum0)
    v128.store(to, sum1, 16)
    v128.store(to, sum2, 32)
    v128.store(to, sum3, 48)
  }
}

/** Moves all neurons on by one step; returns how many crossed their thresholds, listed in `layout.crossed`. */
export function stepExcitatory(learning: bool): i32 {
  const potentials = layout.excitatoryPotential
  const refractories = layout.excitatoryRefractory
  const thetas = layout.theta
  const bytes = (<usize>layout.padded) << 2
  const zero = f32x4.splat(0)
  const rest = f32x4.splat(parameters.restExcitatoryMv)
  const decay = f32x4.splat(parameters.membraneDecayExcitatory)
  const threshold = f32x4.splat(parameters.thresholdExcitatoryMv)
  const thetaDecay = f32x4.splat(learning ? parameters.thetaDecay : 1)
  const dt = f32x4.splat(parameters.dtMs)
  let count = 0
  for (let at: usize = 0; at < bytes; at += 16) {
    const refractory = v128.load(refractories + at)
    const input = f32x4.add(v128.load(layout.excitation + at), v128.load(layout.inhibition + at))
    const leaked = f32x4.add(f32x4.mul(decay, f32x4.sub(v128.load(potentials + at), rest)), rest)
    const potential = f32x4.add(leaked, v128.andnot(input, f32x4.gt(refractory, zero)))
    const theta = f32x4.mul(v128.load(thetas + at), thetaDecay)
    v128.store(potentials + at, potential)
    v128.store(refractories + at, f32x4.sub(refractory, dt))
    v128.store(thetas + at, theta)
    if (v128.any_true(f32x4.ge(potential, f32x4.add(threshold, theta)))) count = cross(at, count, learning)
  }
  return count
}

/** Resets those of four neurons that crossed and appends them to the list of `count`; returns the new count. */
function cross(start: usize, count: i32, learning: bool): i32 {
  for (let at = start; at < start + 16; at += 4) {
    const theta = load<f32>(layout.theta + at)
    if (!(load<f32>(layout.excitatoryPotential + at) >= parameters.thresholdExcitatoryMv + theta)) continue
    store<f32>(layout.excitatoryPotential + at, parameters.resetExcitatoryMv)
    store<f32>(layout.excitatoryRefractory + at, parameters.refractoryExcitatoryMs)
    if (learning) store<f32>(layout.theta + at, theta + parameters.thetaPlusMv)
    store<u32>(layout.crossed + ((<usize>count) << 2), <u32>(at >> 2))
    count++
  }
  return count
}

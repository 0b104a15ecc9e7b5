/** The constants of one step, see src-core/diehlCook/diehlCookConstants.ts; already rounded to single precision. */
export let dt: f32 = 1
export let excitatoryRest: f32 = 0
export let excitatoryReset: f32 = 0
export let excitatoryThreshold: f32 = 0
export let excitatoryRefractoryPeriod: f32 = 0
export let excitatoryDecay: f32 = 0
export let thetaPlus: f32 = 0
export let thetaDecay: f32 = 1
export let inhibitoryRest: f32 = 0
export let inhibitoryReset: f32 = 0
export let inhibitoryThreshold: f32 = 0
export let inhibitoryRefractoryPeriod: f32 = 0
export let inhibitoryDecay: f32 = 0
export let strengthExcitatory: f32 = 0
export let strengthInhibitory: f32 = 0
/** Whether inhibition grows with the distance, and that of a neuron one place away. */
export let byDistance: bool = false
export let inhibitionPerPlace: f64 = 0
/** Steps from one reset of the local state to the next; 0: none within a sample. */
export let resetInterval: i32 = 0
export let weightMinimum: f32 = 0
export let weightMaximum: f32 = 1
export let weightNorm: f32 = 1
export let oneSpike: i32 = 0

/** The one-spike rules as numbers. */
export const oneSpikeOff: i32 = 0
export const oneSpikeLowestIndex: i32 = 1
export const oneSpikeRandom: i32 = 2

export function setExcitatory(
  restMv: f32,
  resetMv: f32,
  thresholdMv: f32,
  refractoryMs: f32,
  membraneDecay: f32,
  thetaPlusMv: f32,
  thetaDecayFactor: f32,
  oneSpikeRule: i32,
): void {
  excitatoryRest = restMv
  excitatoryReset = resetMv
  excitatoryThreshold = thresholdMv
  excitatoryRefractoryPeriod = refractoryMs
  excitatoryDecay = membraneDecay
  thetaPlus = thetaPlusMv
  thetaDecay = thetaDecayFactor
  oneSpike = oneSpikeRule
}

export function setInhibitory(
  restMv: f32,
  resetMv: f32,
  thresholdMv: f32,
  refractoryMs: f32,
  membraneDecay: f32,
): void {
  inhibitoryRest = restMv
  inhibitoryReset = resetMv
  inhibitoryThreshold = thresholdMv
  inhibitoryRefractoryPeriod = refractoryMs
  inhibitoryDecay = membraneDecay
}

export function setInhibition(distance: bool, perPlace: f64): void {
  byDistance = distance
  inhibitionPerPlace = perPlace
}

export function setResetInterval(steps: i32): void {
  resetInterval = steps
}

export function setSynapses(
  dtMs: f32,
  excitatoryStrength: f32,
  inhibitoryStrength: f32,
  minimum: f32,
  maximum: f32,
  norm: f32,
): void {
  dt = dtMs
  strengthExcitatory = excitatoryStrength
  strengthInhibitory = inhibitoryStrength
  weightMinimum = minimum
  weightMaximum = maximum
  weightNorm = norm
}

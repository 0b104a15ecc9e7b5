/**
 * What the host sets by name before `prepare`: src-core/diehlCook/diehlCookConstants.ts, already rounded to single precision.
 * Nothing here is a number until then.
 */
export let dtMs: f32 = NaN
export let restExcitatoryMv: f32 = NaN
export let resetExcitatoryMv: f32 = NaN
export let thresholdExcitatoryMv: f32 = NaN
export let refractoryExcitatoryMs: f32 = NaN
export let membraneDecayExcitatory: f32 = NaN
export let thetaPlusMv: f32 = NaN
export let thetaDecay: f32 = NaN
export let restInhibitoryMv: f32 = NaN
export let resetInhibitoryMv: f32 = NaN
export let thresholdInhibitoryMv: f32 = NaN
export let refractoryInhibitoryMs: f32 = NaN
export let membraneDecayInhibitory: f32 = NaN
export let strengthExcitatory: f32 = NaN
export let strengthInhibitory: f32 = NaN
/** That of a neuron one place away, where inhibition grows with the distance. */
export let inhibitionPerPlace: f64 = NaN
export let traceDecay: f32 = NaN
export let learningRatePre: f32 = NaN
export let learningRatePost: f32 = NaN
export let weightMinimum: f32 = NaN
export let weightMaximum: f32 = NaN
export let weightNorm: f32 = NaN

/** Whether inhibition grows with the distance. */
export let byDistance: bool = false
/** Steps from one reset of the local state to the next; 0: none within a sample. */
export let resetInterval: i32 = 0
/** The one-spike rule: 0: none; 1: lowest index; 2: random. */
export let oneSpike: i32 = 0

/**
 * Spikes of one layer, counted in bins: what is drawn of a raster where spikes lie too close to be drawn one by one.
 * Each level of the pyramid halves the resolution in time of the one before; rows keep theirs. Counts: [rowBin][timeBin].
 */

export interface DensityLevel {
  readonly stepsPerBin: number
  readonly rowsPerBin: number
  readonly timeBins: number
  readonly rowBins: number
  /** [rowBins * timeBins], no more than 65535 each. */
  readonly counts: Uint16Array
}

interface DensityLimits {
  readonly timeBins: number
  readonly rowBins: number
}

const full = 0xffff
const coarsest = 256

/** @param steps [spikes] @param rows [spikes] */
export const densityPyramid = (
  steps: Uint32Array,
  rows: Uint32Array,
  extent: { readonly steps: number; readonly rows: number },
  limits: DensityLimits,
): DensityLevel[] => {
  const base = baseLevel(steps, rows, extent, limits)
  const levels = [base]
  for (let level = base; level.timeBins > coarsest;) {
    level = halved(level)
    levels.push(level)
  }
  return levels
}

const baseLevel = (
  steps: Uint32Array,
  rows: Uint32Array,
  extent: { readonly steps: number; readonly rows: number },
  limits: DensityLimits,
): DensityLevel => {
  const stepsPerBin = Math.max(1, Math.ceil(extent.steps / limits.timeBins))
  const rowsPerBin = Math.max(1, Math.ceil(extent.rows / limits.rowBins))
  const timeBins = Math.max(1, Math.ceil(extent.steps / stepsPerBin))
  const rowBins = Math.max(1, Math.ceil(extent.rows / rowsPerBin))
  const counts = new Uint16Array(timeBins * rowBins)
  for (let spike = 0; spike < steps.length; spike++) {
    const timeBin = Math.floor((steps[spike] ?? 0) / stepsPerBin)
    const cell = Math.floor((rows[spike] ?? 0) / rowsPerBin) * timeBins + timeBin
    const count = counts[cell] ?? 0
    if (count < full) counts[cell] = count + 1
  }
  return { stepsPerBin, rowsPerBin, timeBins, rowBins, counts }
}

const halved = (level: DensityLevel): DensityLevel => {
  const timeBins = Math.ceil(level.timeBins / 2)
  const counts = new Uint16Array(timeBins * level.rowBins)
  for (let row = 0; row < level.rowBins; row++) {
    for (let bin = 0; bin < timeBins; bin++) {
      const at = row * level.timeBins + 2 * bin
      const second = 2 * bin + 1 < level.timeBins ? (level.counts[at + 1] ?? 0) : 0
      counts[row * timeBins + bin] = Math.min(full, (level.counts[at] ?? 0) + second)
    }
  }
  return { ...level, stepsPerBin: level.stepsPerBin * 2, timeBins, counts }
}

/** The coarsest level whose bins are no wider than a pixel; the finest where all are wider. */
export const levelFor = (levels: readonly DensityLevel[], stepsPerPixel: number): DensityLevel | null =>
  [...levels].reverse().find(({ stepsPerBin }) => stepsPerBin <= stepsPerPixel) ?? levels[0] ?? null

/** Spikes in a pixel above which they are drawn as densities. */
const crowded = 0.04

interface Resolution {
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly stepsPerPixel: number
  readonly rowsPerPixel: number
}

/** Whether to draw a layer by density: its spikes are crowded, and the finest bins are fine enough for this zoom. */
export const drawsDensity = (
  finest: DensityLevel,
  visibleSpikes: number,
  { width, height, stepsPerPixel, rowsPerPixel }: Resolution,
): boolean =>
  visibleSpikes > crowded * width * height &&
  finest.stepsPerBin <= 1.5 * stepsPerPixel &&
  finest.rowsPerBin <= 1.5 * Math.max(rowsPerPixel, 2 / 3)

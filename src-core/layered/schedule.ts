/**
 * Schedules of the learning rate: its factor at a step of training, of `steps` in all.
 *
 *   cosine     (1 + cos(pi step / steps)) / 2; Loshchilov & Hutter, SGDR, ICLR 2017, one cycle
 *   step       1, a tenth after half of the steps, a hundredth after three quarters
 *   one-cycle  up from 1 / 25 to 1 over 30 % of the steps, then down to 1 / 250,000, both along cosines; Smith & Topin,
 *              arXiv 1708.07120, with the numbers of PyTorch's OneCycleLR
 */
export type Schedule = 'constant' | 'cosine' | 'step' | 'one-cycle'

const RISING_SHARE = 0.3
const FIRST_FACTOR = 1 / 25
const LAST_FACTOR = FIRST_FACTOR / 1e4

/**
 * The factor of the learning rate, greater than 0 and at most 1.
 * @param step counted from 0, less than `steps`
 */
export const learningRateFactor = (schedule: Schedule, step: number, steps: number): number => {
  switch (schedule) {
    case 'constant':
      return 1
    case 'cosine':
      return along(1, 0, step / steps)
    case 'step':
      return step < steps / 2 ? 1 : step < (3 * steps) / 4 ? 0.1 : 0.01
    case 'one-cycle':
      return oneCycle(step, steps)
  }
}

const oneCycle = (step: number, steps: number): number => {
  const last = steps - 1
  const peak = RISING_SHARE * steps - 1
  if (step < peak) return along(FIRST_FACTOR, 1, step / peak)
  // So few steps that there is nothing to rise or to fall through.
  if (last <= Math.max(peak, 0)) return 1
  return along(1, LAST_FACTOR, (step - Math.max(peak, 0)) / (last - Math.max(peak, 0)))
}

/** Half a cosine from one value to another, at a share of the way. */
const along = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2

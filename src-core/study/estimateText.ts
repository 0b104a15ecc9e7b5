/** The estimate of a study in words, the same in the terminal and in the window, which write numbers in forms of their own. */
import type { Estimate } from './estimate.ts'
import type { MeasuredSpeed } from './measuredSpeed.ts'

/** How numbers are written. */
export interface NumberForms {
  readonly duration: (durationMs: number) => string
  readonly count: (count: number) => string
  /** "1 trial", "3 trials". */
  readonly plural: (count: number, one: string) => string
  readonly bytes: (bytes: number) => string
}

/** Of a shorter time nothing but noughts would be left. */
const shortestMs = 100

/** "≈ 4 min 10 s (2 min 05 s to 6 min 40 s)". */
export const timeText = ({ totalMs }: Estimate, { duration }: NumberForms): string => {
  if (totalMs === null) return 'no end is set'
  const { low, mean, high } = totalMs
  if (high < shortestMs) return `less than ${duration(shortestMs)}`
  const middle = `≈ ${duration(mean)}`
  return low === high ? middle : `${middle} (${duration(low)} to ${duration(high)})`
}

export const diskText = ({ disk }: Estimate, { bytes }: NumberForms): string =>
  `≈ ${bytes(Math.round(disk.networksBytes + disk.recordsBytes))}`

/** A rate, with as many digits as say something. */
export const rateText = (perSecond: number, { count }: Pick<NumberForms, 'count'>): string =>
  perSecond >= 100 ? count(Math.round(perSecond)) : String(Number(perSecond.toPrecision(2)))

/** What it rests on. */
export const basisText = ({ device, networks }: MeasuredSpeed, forms: NumberForms): string =>
  `Measured just now on this machine (${device}), one worker alone: ${ratesText(networks, forms)}.`

const ratesText = (networks: MeasuredSpeed['networks'], forms: NumberForms): string => {
  const rates = networks.map(({ trainMsPerSample }) => 1000 / trainMsPerSample)
  const evolved = networks.filter(({ subject }) => subject.type === 'neuroprocessor')
  if (evolved.length > 0) {
    const [slow, fast] = [Math.min(...rates), Math.max(...rates)].map((rate) => rateText(rate, forms))
    const where = evolved.length === 1 ? '' : ` in the first generations of ${evolved.length} populations of the space`
    return `${slow === fast ? '' : `${slow ?? ''} to `}${fast ?? ''} networks judged/s${where}`
  }
  return networks
    .map(
      ({ subject }, index) =>
        `${rateText(rates[index] ?? Number.NaN, forms)} samples/s ` +
        (subject.type === 'diehl-cook'
          ? `with ${forms.plural(subject.mapSize, 'neuron')}`
          : 'in the middle of the space, other networks by their synapses and steps'),
    )
    .join(', ')
}

/** What the range is. */
export const rangeText = (
  { trials, workers, onGpus, trialMs, replicates }: Estimate,
  { evolves, forms }: { readonly evolves: boolean; readonly forms: NumberForms },
): string => {
  const { duration, count, plural } = forms
  const many = trials === null ? '' : `${count(trials)} trials of `
  const each = replicates === 1 ? '' : `, each trained ${count(replicates)} times,`
  const shorter = evolves
    ? 'Evolution that finds a network as good as any can be, or silent ones only, ends early and makes it shorter; '
    : 'Silent networks that are stopped early make it shorter; '
  return (
    `${many}${duration(trialMs.low)} to ${duration(trialMs.high)}${each} on ${plural(workers, 'worker')}: the range is that of ` +
    `a cheap and a dear network of the space, as the search may settle at either. ${shorter}` +
    'other programs, and workers that share memory, make it longer.' +
    (onGpus ? ' Workers on GPUs are taken to be as fast as one on the processor: theirs was not measured.' : '')
  )
}

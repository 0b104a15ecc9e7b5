/** Why samples give a network nothing at all: which setting of the encoding keeps their input from it. */
import { binEvents, type Binning } from '../../src-core/encoding/binEvents.ts'
import type { EventSample } from '../../src-core/encoding/eventSample.ts'
import type { LayerShape } from '../../src-core/encoding/inputEvents.ts'
import { type Encoding, presentationOf } from '../../src-core/encoding/presentation.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { LabelledSamples } from '../datasets/dataset.ts'

/**
 * @param sensor the shape of a sample
 * @param indices samples of `part`, none of which has an input event
 */
export const noInput = (
  encoding: Encoding,
  sensor: LayerShape,
  part: LabelledSamples,
  indices: readonly number[],
): SpiketuneError => {
  const why =
    part.kind === 'events' && encoding.type === 'binning'
      ? binnedAway(
          encoding,
          sensor,
          indices.map((index) => part.eventsAt(index)),
        )
      : notEncoded(encoding)
  const what = `Of the first ${indices.length} samples of the training, none has a single input event.`
  return new SpiketuneError('encoding-unsuitable', `${what} ${why}`)
}

const binnedAway = (binning: Binning, sensor: LayerShape, samples: readonly EventSample[]): string => {
  const recorded = samples.filter(({ timesUs }) => timesUs.length > 0)
  if (recorded.length === 0) return 'Their recordings are empty: look at the files of the dataset.'
  const { windowStartMs, windowMs, denoiseMs, crop } = binning
  const firstMs = recorded.reduce((first, { timesUs }) => Math.min(first, (timesUs[0] ?? 0) / 1000), Infinity)
  const lastMs = recorded.reduce((last, { timesUs }) => Math.max(last, (timesUs.at(-1) ?? 0) / 1000), 0)
  const long = `the longest of them ends after ${inMs(lastMs)}`
  if (lastMs < windowStartMs) {
    return (
      `The window begins after ${inMs(windowStartMs)} (\`encoding.windowStartMs\`), and ${long}: ` +
      'begin it earlier, at 0 for the beginning of a sample.'
    )
  }
  if (firstMs >= windowStartMs + windowMs) {
    return (
      `The window ends after ${inMs(windowStartMs + windowMs)} (\`encoding.windowMs\`), and their first event comes ` +
      `after ${inMs(firstMs)}; ${long}: make it longer, or begin it later with \`encoding.windowStartMs\`.`
    )
  }
  const isSomethingIn = (changed: Binning): boolean =>
    recorded.some((sample) => binEvents(sample, changed, sensor).steps.length > 0)
  if (denoiseMs > 0 && isSomethingIn({ ...binning, denoiseMs: 0 })) {
    return (
      `\`encoding.denoiseMs\` drops all of their events, since none follows another nearby within ${inMs(denoiseMs)}: ` +
      'make it longer, or 0 to keep all.'
    )
  }
  if (crop !== undefined && isSomethingIn({ ...binning, crop: undefined })) {
    return `\`encoding.crop\` has none of their events: choose another part of the ${sensor.rows} x ${sensor.columns} places.`
  }
  return (
    `None of their events lies in the window from ${inMs(windowStartMs)} to ${inMs(windowStartMs + windowMs)}, and ${long}: ` +
    'change `encoding.windowStartMs` and `encoding.windowMs`' +
    `${denoiseMs > 0 ? ', or lessen what `encoding.denoiseMs` drops' : ''}.`
  )
}

const inMs = (ms: number): string => `${Number(ms.toPrecision(6))} ms`

/** Of samples that are no events: what makes spikes of them is too high or too low. */
const notEncoded = (encoding: Encoding): string => {
  const { steps, dtMs } = presentationOf(encoding)
  const shown = `in the ${steps} steps of ${inMs(dtMs)} that each is shown`
  switch (encoding.type) {
    case 'poisson':
    case 'bernoulli':
      return `No input spiked ${shown}: raise \`encoding.maximumRateHz\` (${encoding.maximumRateHz}) or \`encoding.steps\`, or look at the samples, which may be black.`
    case 'latency':
      return `No value is above \`encoding.threshold\` (${encoding.threshold}): lower it${encoding.curve === 'logarithmic' ? ', or shorten `encoding.tauMs`' : ''}, or look at the samples.`
    case 'delta':
      return `No value changes by \`encoding.threshold\` (${encoding.threshold}): lower it, or look at the samples.`
    case 'population':
      return encoding.spikes === 'latency'
        ? `No fit is above \`encoding.threshold\` (${encoding.threshold}): lower it.`
        : `No input spiked ${shown}: raise \`encoding.maximumRateHz\` (${encoding.maximumRateHz}) or \`encoding.steps\`.`
    default:
      return 'All of their values are the least there is: look at the samples.'
  }
}

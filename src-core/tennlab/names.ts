/** What TENNLab's files call our codes, ways and decoders. */
import type { Decoder } from '../neuroprocessor/decoders.ts'
import type { InputEncoding } from '../neuroprocessor/inputSpikes.ts'

export const spikeCodeNames = {
  'flip-flop': 'flip_flop',
  bins: 'bins',
  argyle: 'argyle',
  triangle: 'triangle',
} as const satisfies Readonly<Record<InputEncoding['code'], string>>

/** How a neuron says its count is the kind of its encoder. */
export const encoderKinds = {
  count: 'spikes',
  charge: 'charge',
  temporal: 'temporal',
  rate: 'rate',
} as const satisfies Readonly<Record<InputEncoding['within'], string>>

export const decoderNames = {
  winner: 'wta',
  rate: 'rate',
  first: 'temporal',
} as const satisfies Readonly<Record<Decoder, string>>

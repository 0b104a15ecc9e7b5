import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { NeuroNetwork } from '../../../../src-core/neuroprocessor/network.ts'
import {
  networkRanges,
  type ProcessorSettings,
  processorSchema,
} from '../../../../src-core/neuroprocessor/processor.ts'
import type { ValueRange } from '../../../../src-core/evolution/ranges.ts'
import { ReferenceCaspian } from '../../../oracles/neuroprocessor/referenceCaspian.ts'
import { ReferenceRisp } from '../../../oracles/neuroprocessor/referenceRisp.ts'

export const kernel = new WebAssembly.Module(
  readFileSync(new URL('../../../../out/kernels/neuroprocessor.wasm', import.meta.url)),
)

export const referenceOf = (network: NeuroNetwork, settings: ProcessorSettings): ReferenceRisp | ReferenceCaspian =>
  settings.type === 'risp' ? new ReferenceRisp(network, settings) : new ReferenceCaspian(network, settings)

const anyRisp: fc.Arbitrary<ProcessorSettings> = fc
  .record({
    type: fc.constant('risp'),
    discrete: fc.boolean(),
    leakMode: fc.constantFrom('none', 'all', 'configurable'),
    runTimeInclusive: fc.boolean(),
    thresholdInclusive: fc.boolean(),
    fireLikeRavens: fc.boolean(),
    inputsFromWeights: fc.boolean(),
    table: fc.boolean(),
    minThreshold: fc.integer({ min: -2, max: 2 }),
    minPotential: fc.integer({ min: -9, max: 0 }),
    maxDelay: fc.integer({ min: 1, max: 40 }),
    factor: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  })
  .map(({ table, factor, inputsFromWeights, ...rest }) =>
    processorSchema.parse({
      ...rest,
      maxThreshold: 6,
      inputsFromWeights: table && inputsFromWeights,
      ...(table ? { weights: [-5, -2, 1, 3, 6] } : { minWeight: -7, maxWeight: 7 }),
      ...(factor !== undefined && { spikeValueFactor: factor + (rest.discrete ? 0 : 0.25) }),
    }),
  )

const anyCaspian: fc.Arbitrary<ProcessorSettings> = fc
  .record({
    leakEnable: fc.boolean(),
    softReset: fc.boolean(),
    minLeak: fc.constantFrom(-1, 0),
    minSynapticDelay: fc.constantFrom(0, 1),
    maxSynapticDelay: fc.constantFrom(1, 15, 40),
    maxAxonalDelay: fc.constantFrom(0, 7),
    maxThreshold: fc.constantFrom(40, 255),
  })
  .map((some) => processorSchema.parse({ type: 'caspian', ...some }))

export const anySettings = fc.oneof(anyRisp, anyCaspian)

const valueOf = ({ low, high, integer }: ValueRange): fc.Arbitrary<number> =>
  integer ? fc.integer({ min: low, max: high }) : fc.double({ min: low, max: high, noNaN: true })

/** Ids have gaps; some networks have more neurons than a word has bits. */
export const anyNetwork = (settings: ProcessorSettings): fc.Arbitrary<NeuroNetwork> => {
  const ranges = networkRanges(settings)
  const delay = settings.type === 'caspian' ? { ...ranges.delay, low: settings.minSynapticDelay } : ranges.delay
  return fc.constantFrom(2, 3, 6, 12, 70).chain((size) => {
    const place = fc.integer({ min: 0, max: size - 1 })
    const idOf = (at: number): number => at * 2 + (at > 3 ? 5 : 0)
    return fc.record({
      neurons: fc
        .array(
          fc.record({
            threshold: valueOf(ranges.threshold),
            leak: valueOf(ranges.leak),
            axonalDelay: valueOf(ranges.axonalDelay),
          }),
          { minLength: size, maxLength: size },
        )
        .map((values) => values.map((value, at) => ({ id: idOf(at), ...value }))),
      inputs: fc.constant([idOf(size - 1), idOf(0)]),
      outputs: fc.constant([idOf(0), idOf(1)]),
      synapses: fc.uniqueArray(
        fc.record({
          from: place.map(idOf),
          to: place.map(idOf),
          weight: valueOf(ranges.weight),
          delay: valueOf(delay),
        }),
        { maxLength: 4 * size, selector: ({ from, to }) => `${from} ${to}` },
      ),
    })
  })
}

export type Action =
  | { readonly kind: 'clear' }
  | { readonly kind: 'run'; readonly steps: number }
  | { readonly kind: 'apply'; readonly input: number; readonly step: number; readonly value: number }

export const anySpike = fc.record({
  input: fc.integer({ min: 0, max: 1 }),
  step: fc.integer({ min: 0, max: 30 }),
  value: fc.integer({ min: 0, max: 64 }).map((value) => value / 64),
})

export const anyActions: fc.Arbitrary<readonly Action[]> = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: anySpike.map((spike): Action => ({ kind: 'apply', ...spike })) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 25 }).map((steps): Action => ({ kind: 'run', steps })) },
      { weight: 1, arbitrary: fc.constant<Action>({ kind: 'clear' }) },
    ),
    { maxLength: 60 },
  )
  .map((actions) => [...actions, { kind: 'run', steps: 20 }])

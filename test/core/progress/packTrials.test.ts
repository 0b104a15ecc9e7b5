import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import {
  noAnnotation,
  type ShownReplicates,
  type TrialRow,
  trialRowSchema,
} from '../../../src-core/progress/readModel.ts'
import { trialColumnsSchema } from '../../../src-core/progress/trialColumns.ts'
import { unpackTrials } from '../../../src-core/progress/unpackTrials.ts'
import { complete, row, running, stopped } from './fixtures.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value)
const name = fc.constantFrom('a', 'decoder', 'mapSize')

const anyRow: fc.Arbitrary<Omit<TrialRow, 'number'>> = fc.record({
  state: fc.constantFrom('waiting', 'running', 'complete', 'stopped', 'failed'),
  attempt: fc.nat(3),
  configuration: fc.dictionary(name, fc.oneof(finite, fc.string())),
  seed: fc.nat(),
  initialDesign: orNull(fc.boolean()),
  worker: orNull(fc.string()),
  startedAtMs: orNull(finite),
  endedAtMs: orNull(finite),
  durationMs: orNull(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
  progress: fc.constant(null),
  objective: orNull(finite),
  // Every measured trial of a study has all of its constraints, in their order.
  constraints: fc.oneof(
    fc.constant<TrialRow['constraints']>([]),
    fc.tuple(finite, finite).map(([a, b]) => [
      { name: 'silence:excitatory', value: a },
      { name: 'silence:inhibitory', value: b },
    ]),
  ),
  violation: orNull(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
  metrics: fc.dictionary(name, finite),
  stop: orNull(
    fc.oneof(
      fc.record({
        kind: fc.constant('silence' as const),
        layer: fc.constantFrom('excitatory' as const, 'inhibitory' as const),
        epoch: fc.nat(5),
        sample: fc.integer({ min: 1 }),
        nonSpiking: fc.nat(),
        trainSamples: fc.integer({ min: 1 }),
        alpha: fc.nat(9),
        beta: finite,
      }),
      fc.record({
        kind: fc.constant('pruned' as const),
        rule: fc.constantFrom('median' as const, 'asha' as const),
        epoch: fc.nat(5),
        accuracy: finite,
        threshold: finite,
        trials: fc.integer({ min: 1 }),
      }),
    ),
  ),
  timeSavedMs: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  failure: orNull(fc.record({ reason: fc.constant('internal' as const), message: fc.string() })),
  networkFile: orNull(fc.string()),
  networkProblem: fc.option(fc.string(), { nil: undefined }),
  annotation: fc.constantFrom(noAnnotation, { ...noAnnotation, tags: ['odd'], excluded: true }),
  enqueued: fc.boolean(),
  copiedFrom: orNull(fc.record({ study: fc.string(), number: fc.nat() })),
})

/** Every measured trial of a study has standard errors of all constraints, or none has. */
const replicates: fc.Arbitrary<ShownReplicates> = fc.record(
  {
    trained: fc.integer({ min: 2, max: 100 }),
    objectiveStandardError: finite,
    constraintStandardErrors: fc.tuple(finite, finite).map(([a, b]) => [a, b]),
    raceEnd: fc.record({ planned: fc.integer({ min: 4, max: 100 }), by: fc.string(), bound: finite, limit: finite }),
  },
  { requiredKeys: ['trained', 'objectiveStandardError', 'constraintStandardErrors'] },
)

const crossed = (rows: readonly TrialRow[]): TrialRow[] =>
  // Rows are places in the columns; parsed, they are plain.
  unpackTrials(trialColumnsSchema.parse(structuredClone(packTrials(rows)))).map((row) => trialRowSchema.parse(row))

describe('trials in columns', () => {
  it('come out as they went in; seed 41', () => {
    const withReplicates = fc
      .tuple(anyRow, fc.option(replicates))
      .map(([rest, of]) => (of === null || rest.constraints.length === 0 ? rest : { ...rest, replicates: of }))
    const anyRows = fc
      .array(withReplicates, { maxLength: 12 })
      // Null prototypes of dictionaries are no part of a row.
      .map((rows) =>
        rows.map((rest, index): TrialRow => JSON.parse(JSON.stringify({ number: 3 * index, ...rest })) as TrialRow),
      )
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(crossed(rows)).toEqual(rows)
      }),
      { seed: 41 },
    )
  })

  it('keep what a running trial reports', () => {
    const rows = [complete(0, 0.5), stopped(1, 0.25), running(2, 1000, 0.5), row(3)]
    expect(crossed(rows)).toEqual(rows)
  })

  it('are refused where they do not fit together', () => {
    const columns = packTrials([complete(0, 0.5), stopped(1, 0.25)])
    const refused = (change: object): boolean => !trialColumnsSchema.safeParse({ ...columns, ...change }).success
    expect(refused({})).toBe(false)
    expect(refused({ count: 3 })).toBe(true)
    expect(refused({ objective: new Float64Array(1) })).toBe(true)
    expect(refused({ state: new Uint8Array([0, 9]) })).toBe(true)
    expect(refused({ worker: { choices: ['cpu-0'], codes: new Uint16Array([1, 2]) } })).toBe(true)
    expect(refused({ stop: { ...columns.stop, layer: { choices: ['output'], codes: new Uint16Array([1, 2]) } } })).toBe(
      true,
    )
    expect(refused({ unusual: [{ index: 2, enqueued: true }] })).toBe(true)
  })
})

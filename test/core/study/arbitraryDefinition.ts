import { holdsManyNumbers } from '../../../src-core/space/scale.ts'
import fc from 'fast-check'
import {
  type DiehlCookHyperparameter,
  diehlCookHyperparameterNames,
  diehlCookHyperparameters,
} from '../../../src-core/study/diehlCookHyperparameters.ts'

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const numeric = diehlCookHyperparameterNames.filter((name) => diehlCookHyperparameters[name].kind !== 'categorical')
const count = fc.integer({ min: 1, max: 1e6 })
const seed = fc.integer({ min: 0, max: 0xffffffff })
const share = fc.double({ min: 0, max: 1, noNaN: true }).filter((value) => !Object.is(value, -0))
const text = fc.string({ unit: 'grapheme', maxLength: 40 })

const range = (name: DiehlCookHyperparameter) => {
  const hyperparameter = diehlCookHyperparameters[name]
  if (hyperparameter.kind === 'categorical') throw new Error(name)
  const { kind, minimum, maximum } = hyperparameter
  const value =
    kind === 'integer'
      ? fc.integer({ min: minimum, max: maximum })
      : fc.double({ min: minimum, max: maximum, noNaN: true })
  return fc
    .record({
      ends: fc
        .tuple(value, value)
        .filter(([one, other]) => one !== other && holdsManyNumbers(Math.min(one, other), Math.max(one, other))),
      sampler: optional(fc.constantFrom('uniform', 'log-uniform', 'reversed-log-uniform')),
      scale: optional(fc.constantFrom('linear', 'log', 'reversed-log')),
      conditional: fc.boolean(),
    })
    .map(({ ends, sampler, scale, conditional }) => {
      const [low, high] = [Math.min(...ends), Math.max(...ends)]
      return {
        conditional,
        range: { type: kind, low, high, ...(low > 0 && { ...(sampler && { sampler }), ...(scale && { scale }) }) },
      }
    })
}

const choices = (least: number) => fc.subarray([...diehlCookHyperparameters.decoder.choices], { minLength: least })

/** Of every kind: searched, searched under a condition, fixed, left at its default. */
const spaceAndFixed = fc
  .record({
    decoder: fc.oneof(choices(1), fc.constantFrom(...diehlCookHyperparameters.decoder.choices), fc.constant(undefined)),
    met: choices(1),
    roles: fc.array(fc.constantFrom('space', 'fixed', 'default'), {
      minLength: numeric.length,
      maxLength: numeric.length,
    }),
    ranges: fc.tuple(...numeric.map(range)),
  })
  .map(({ decoder, met, roles, ranges }) => {
    const possible = Array.isArray(decoder) ? decoder : [decoder ?? diehlCookHyperparameters.decoder.default]
    const condition = met.filter((choice) => possible.includes(choice))
    const meaningful = possible.some((choice) => choice === 'log' || choice === 'svm')
    const entries = numeric.flatMap((name, index) => {
      const one = ranges[index]
      if (!one || (name === 'decoderRegularisation' && !meaningful)) return []
      const when = one.conditional && name !== 'decoderRegularisation' && decoder !== undefined && condition.length > 0
      return [{ name, role: roles[index], one: when ? { ...one.range, when: { decoder: condition } } : one.range }]
    })
    const inRole = (role: string) => entries.filter((entry) => entry.role === role)
    return {
      space: {
        ...(Array.isArray(decoder) && { decoder: { type: 'categorical', choices: decoder } }),
        ...Object.fromEntries(inRole('space').map(({ name, one }) => [name, one])),
      },
      fixed: {
        ...Object.fromEntries(inRole('fixed').map(({ name, one }) => [name, one.low])),
        ...(typeof decoder === 'string' && { decoder }),
      },
    }
  })

const layers = fc.uniqueArray(
  fc.record({ layer: fc.constantFrom('excitatory', 'inhibitory'), alpha: fc.nat(100), beta: share }),
  {
    selector: ({ layer }) => layer,
    maxLength: 2,
  },
)

const provenance = fc.record({
  application: text,
  study: text,
  trial: fc.nat(),
  datasetSha256: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  metrics: fc.dictionary(fc.constantFrom('accuracy', 'spikesPerSampleExcitatory', '1', 'a b'), share),
  constraints: fc.dictionary(fc.constantFrom('silence:excitatory', 'silence:inhibitory'), share),
})

/** Definitions as a person may write them: valid, with parts left to their defaults. */
export const arbitraryDefinition = fc
  .record({
    parts: spaceAndFixed,
    name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    description: optional(text),
    dataset: fc.record({ name: fc.constantFrom('mnist', 'idx'), folder: text.map((name) => `folder ${name}`) }),
    trainSamples: optional(count),
    encoding: optional(fc.record({ steps: fc.integer({ min: 1, max: 1000 }) })),
    updateInterval: optional(count),
    silence: optional(fc.record({ stopEarly: fc.boolean(), interval: count, layers })),
    optimiser: optional(
      fc.constantFrom(
        { type: 'random' },
        { type: 'sobol' },
        { type: 'grid' },
        { type: 'grid', points: 2 },
        { type: 'tpe' },
      ),
    ),
    trials: count,
    wallTimeMinutes: optional(fc.double({ min: 1e-3, max: 1e6, noNaN: true })),
    seeds: optional(fc.record({ optimiser: seed, split: seed })),
    provenance: optional(provenance),
  })
  .map(({ parts, dataset, trainSamples, updateInterval, trials, wallTimeMinutes, ...rest }) => {
    const definition = {
      version: 2,
      network: { type: 'diehl-cook' },
      training: { algorithm: 'post-pre', updateInterval },
      dataset: { ...dataset, trainSamples },
      budget: { trials, wallTimeMinutes },
      ...parts,
      ...rest,
    }
    return JSON.parse(JSON.stringify(definition)) as Record<string, unknown>
  })

import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { decodeExperiment } from '../../../src-core/experiment/decodeExperiment.ts'
import { memberDefinition, membersOf, mostMembers, renamed } from '../../../src-core/experiment/experimentPlan.ts'
import { isExperimentText } from '../../../src-core/experiment/isExperiment.ts'
import { DefinitionError } from '../../../src-core/study/definitionError.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'

const study = {
  version: 2,
  name: 'evolved',
  dataset: { name: 'iris' },
  network: { type: 'neuroprocessor' },
  training: { algorithm: 'eons' },
  space: { mutationRate: { type: 'real', low: 0.3, high: 1 }, crossoverRate: { type: 'real', low: 0.1, high: 1 } },
  fixed: { generations: 5 },
  silence: { layers: [{ layer: 'population', alpha: 1, beta: 0.95 }] },
  optimiser: { type: 'scbo', initial: 10 },
  budget: { trials: 4 },
  seeds: { split: 7, optimiser: 99 },
}

const nothingNamed = (name: string): Promise<never> => Promise.reject(new Error(`nothing is named ${name}`))

const decode = (rest: object, readStudy: Parameters<typeof decodeExperiment>[2] = nothingNamed) =>
  decodeExperiment(
    stringify({ version: 1, name: 'trio', study, variants: [{ name: 'a' }], seeds: [1, 2], ...rest }),
    'trio.yaml',
    readStudy,
  )

/** What is said of an experiment that is refused, without where. */
const refusal = async (rest: object): Promise<string> => {
  const error: unknown = await decode(rest).catch((thrown: unknown) => thrown)
  if (!(error instanceof DefinitionError)) throw new Error(`it was not refused: ${String(error)}`)
  return error.problems.map(({ path, found, allowed }) => `${path}: ${found} -> ${allowed}`).join('\n')
}

describe('the studies of an experiment', () => {
  it('are each variant for each seed, seed by seed; a variant may have seeds of its own', async () => {
    const { plan } = await decode({
      variants: [{ name: 'a' }, { name: 'b', seeds: [5] }, { name: 'c', seeds: [8, 9, 7] }],
    })
    expect(membersOf(plan).map(({ variant, seed }) => `${variant}${seed}`)).toEqual([
      'a1',
      'b5',
      'c8',
      'a2',
      'c9',
      'c7',
    ])
  })

  it('are complete definitions with a name and a seed of their own, all else as it was', async () => {
    const { plan, definition } = await decode({})
    const member = memberDefinition(plan, { variant: 'a', seed: 2 })
    expect(member).toEqual({ ...definition, name: 'trio-a-seed2', seeds: { split: 7, optimiser: 2 } })
    expect(definition).toEqual(decodeDefinition(stringify(study), 'evolved.yaml'))
  })

  it('differ by what a variant changes: whole sections, single values, and what it takes out', async () => {
    const { plan, definition } = await decode({
      variants: [
        { name: 'random', change: { optimiser: { type: 'random' } } },
        { name: 'longer', change: { 'fixed.generations': 9, 'budget.trials': 6, 'seeds.split': 3 } },
        {
          name: 'narrow',
          change: { 'space.crossoverRate': null, 'fixed.crossoverRate': 0.5, racing: true, replicates: 4 },
        },
        { name: 'both', change: { 'optimiser.startup': 3, optimiser: { type: 'tpe' } } },
      ],
    })
    const [random, longer, narrow, both] = plan.variants.map((variant) => variant.definition)
    expect(random?.optimiser).toEqual({ type: 'random' })
    expect(random?.budget).toEqual(definition.budget)
    expect([longer?.fixed, longer?.budget, longer?.seeds]).toEqual([
      { generations: 9 },
      { trials: 6 },
      { split: 3, optimiser: 1 },
    ])
    expect(Object.keys(narrow?.space ?? {})).toEqual(['mutationRate'])
    expect(narrow).toMatchObject({ fixed: { generations: 5, crossoverRate: 0.5 }, racing: true, replicates: 4 })
    expect(both?.optimiser).toEqual({ type: 'tpe', startup: 3, candidates: 24 })
  })

  it('change hyperparameters whose names have dots', async () => {
    const layered = {
      version: 2,
      name: 'layered',
      dataset: { name: 'mnist' },
      network: {
        type: 'layered',
        layers: [
          { name: 'hidden', type: 'dense' },
          { name: 'output', type: 'dense' },
        ],
      },
      training: { algorithm: 'surrogate-gradient' },
      budget: { trials: 1 },
    }
    const { plan } = await decode({ study: layered, variants: [{ name: 'a', change: { 'fixed.hidden.neurons': 32 } }] })
    expect(plan.variants[0]?.definition.fixed).toEqual({ 'hidden.neurons': 32 })
  })

  it('are of a definition that it names, also of an older version', async () => {
    const old = stringify({ ...study, version: 1 })
    const named = (name: string) => Promise.resolve({ text: old, source: name })
    const { plan } = await decode({ study: 'evolved-preset' }, named)
    expect(plan.variants[0]?.definition).toMatchObject({ version: 2, name: 'trio-a-seed1' })
  })

  it('can have another name, as long as those of the studies are not too long', async () => {
    const { plan } = await decode({})
    expect(memberDefinition(renamed(plan, 'duo'), { variant: 'a', seed: 1 }).name).toBe('duo-a-seed1')
    expect(() => renamed(plan, 'x'.repeat(60))).toThrow(/too long/)
  })
})

describe('an experiment that is wrong', () => {
  it('names the variant and the place of the value in the change that is', async () => {
    const text = `version: 1
name: trio
study: evolved
seeds: [1]
variants:
  - name: fine
  - name: wrong
    change:
      optimiser: { type: rndom }
      fixed.generations: 0
`
    const named = () => Promise.resolve({ text: stringify(study), source: 'evolved.yaml' })
    await expect(decodeExperiment(text, 'trio.yaml', named)).rejects.toThrow(
      /^trio\.yaml has 2 problems:\ntrio\.yaml:9:26: variants\[1\]\.change\.optimiser\.type: found "rndom" \(variant wrong\), allowed random, .*\ntrio\.yaml:10:26: variants\[1\]\.change\.fixed\.generations: found 0 \(variant wrong\), allowed/,
    )
  })

  it('says so of what follows from the whole, where the change itself does not have it', async () => {
    const pruned = { ...study, pruning: { rule: 'median' } }
    expect(await refusal({ study: pruned, variants: [{ name: 'a', change: { replicates: 4 } }] })).toBe(
      'variants[0].change: median (pruning.rule, variant a) -> none, or `replicates: 1`, as pruning compares learning curves of one training',
    )
    expect(await refusal({ variants: [{ name: 'a', change: { budget: null } }] })).toBe(
      'variants[0].change.budget: no end of the search (variant a) -> trials, wallTimeMinutes or both',
    )
  })

  it.each([
    [
      'a key that is none',
      { variants: [{ name: 'a', change: { optimizer: {} } }] },
      /^variants\[0\]\.change\.optimizer: an unknown section -> .*did you mean optimiser\?$/,
    ],
    [
      'a name of studies',
      { variants: [{ name: 'a', change: { name: 'b' } }] },
      /^variants\[0\]\.change\.name: name -> what the studies/,
    ],
    ['seeds in a change', { variants: [{ name: 'a', change: { 'seeds.optimiser': 2 } }] }, /seeds beside `change`/],
    ['a dot without a name', { variants: [{ name: 'a', change: { 'fixed.': 2 } }] }, /a name behind the dot/],
    ['a variant twice', { variants: [{ name: 'a' }, { name: 'a' }] }, /^variants\[1\]\.name: a for the second time/],
    ['a seed twice', { seeds: [1, 2, 1] }, /^seeds\[2\]: the seed 1 for the second time/],
    [
      'a seed twice of a variant',
      { variants: [{ name: 'a', seeds: [4, 4] }] },
      /^variants\[0\]\.seeds\[1\]: the seed 4/,
    ],
    ['no seeds', { seeds: undefined }, /^variants\[0\]: no seeds of the variant a/],
    ['an empty list of seeds', { seeds: [] }, /^seeds: an empty list/],
    ['a seed that is none', { seeds: [1.5] }, /^seeds\[0\]: 1.5 -> a whole number from 0 to 4294967295$/],
    ['no variants', { variants: [] }, /^variants: an empty list/],
    [
      'too many studies',
      { seeds: Array.from({ length: mostMembers + 1 }, (_, seed) => seed) },
      /^variants: 1001 studies -> 1000/,
    ],
    [
      'names that are too long',
      { name: 'x'.repeat(48), variants: [{ name: 'y'.repeat(20) }] },
      /^variants\[0\]\.name: a name that makes/,
    ],
    ['a name with a slash', { name: 'a/b' }, /^name: "a\/b" -> text \(Letters/],
    ['a version that is not known', { version: 2 }, /^version: 2 -> 1$/],
    ['an unknown key', { sedes: [1] }, /^sedes: an unknown key -> .*did you mean seeds\?$/],
    ['no study', { study: undefined }, /^study: nothing -> text or a map$/],
    [
      'a study that is wrong',
      { study: { ...study, budget: { trials: 0 } } },
      /^study\.budget\.trials: 0 -> a whole number from 1/,
    ],
    [
      'an imported log',
      { study: { ...study, log: { file: 'a.csv', sha256: '0'.repeat(64) } } },
      /imported evaluation log/,
    ],
  ])('refuses %s', async (_, rest, said) => {
    expect(await refusal(rest)).toMatch(said)
  })

  it('of a named definition names the file of that', async () => {
    const named = () => Promise.resolve({ text: stringify({ ...study, budget: {} }), source: 'evolved.yaml' })
    await expect(decode({ study: 'evolved' }, named)).rejects.toThrow(/^evolved\.yaml has a problem/)
  })

  it('is no YAML, or nothing', async () => {
    await expect(decodeExperiment('a: [', 'e.yaml', nothingNamed)).rejects.toThrow(/what is no YAML/)
    await expect(decodeExperiment('', 'e.yaml', nothingNamed)).rejects.toThrow(/found nothing/)
    await expect(decodeExperiment('variants: 3\nvariants: 4', 'e.yaml', nothingNamed)).rejects.toThrow(/second time/)
  })
})

describe('a text', () => {
  it('is an experiment where it has variants', () => {
    expect(isExperimentText('variants: [{ name: a }]')).toBe(true)
    expect(isExperimentText(stringify(study))).toBe(false)
    expect(isExperimentText('a: [')).toBe(false)
  })
})

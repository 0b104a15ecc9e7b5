import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { decodeExperiment } from '../../../src-core/experiment/decodeExperiment.ts'
import { type ExperimentPlan, membersOf } from '../../../src-core/experiment/experimentPlan.ts'
import { experimentSchema } from '../../../src-core/experiment/experimentSchema.ts'
import { gridProduct } from '../../../src-core/optimiser/grid/gridProduct.ts'
import { impossibilitiesIn } from '../../../src-core/study/impossibilitiesIn.ts'
import { studySchemaJson } from '../study/studySchema.ts'

const resources = new URL('../../../resources/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, resources), 'utf8')
const names = readdirSync(new URL('experiments/', resources)).map((file) => file.replace(/\.yaml$/, ''))

const planOf = async (name: string): Promise<ExperimentPlan> => {
  const source = `${name}.yaml`
  const { plan } = await decodeExperiment(read(`experiments/${source}`), source, (study) =>
    Promise.resolve({ text: read(`presets/${study}.yaml`), source: study }),
  )
  return plan
}

/** For editors: an experiment, in which the definition is one of a study. */
const experimentSchemaJson = (): object => {
  const schema = experimentSchema.meta({
    title: 'Spiketune experiment',
    description: 'One definition times variants and seeds, run as a queue of studies',
  })
  const json = z.toJSONSchema(schema, { io: 'input' }) as { readonly properties: Readonly<Record<string, object>> }
  const named = json.properties['study'] as { readonly anyOf: readonly object[] }
  const study = { ...named, anyOf: [named.anyOf[0], { $ref: 'study.schema.json' }] }
  return { ...json, properties: { ...json.properties, study } }
}

describe('presets of experiments', () => {
  it('are those of this version', () => {
    expect(names.sort()).toEqual(['grid-against-search', 'optimisers-on-mnist-stdp-small'])
  })

  it.each(names)('%s can be decoded, has its file’s name, a description, and its schema at hand', async (name) => {
    const plan = await planOf(name)
    expect(plan.name).toBe(name)
    expect(plan.description).toMatch(/\.$/)
    expect(read(`experiments/${name}.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/experiment\.schema\.json\n/,
    )
  })

  it('optimisers-on-mnist-stdp-small is four optimisers with five seeds each, on one study', async () => {
    const plan = await planOf('optimisers-on-mnist-stdp-small')
    expect(plan.variants.map(({ definition }) => definition.optimiser.type)).toEqual(['scbo', 'random', 'tpe', 'sobol'])
    expect(membersOf(plan)).toHaveLength(20)
    const [{ definition: first } = { definition: null }, ...others] = plan.variants
    for (const { definition } of others) {
      expect({ ...definition, name: first?.name, optimiser: first?.optimiser }).toEqual(first)
    }
  })

  it('grid-against-search is 240 sets that can be beside ten searches over the same ranges', async () => {
    const plan = await planOf('grid-against-search')
    expect(membersOf(plan).map(({ variant }) => variant)).toEqual(['grid', ...Array<string>(10).fill('search')])
    const [grid, search] = plan.variants.map(({ definition }) => definition)
    expect([grid?.space, grid?.fixed, grid?.replicates]).toEqual([search?.space, search?.fixed, search?.replicates])
    expect([grid?.budget.trials, search?.budget.trials, grid?.replicates]).toEqual([240, 40, 10])
    if (grid?.optimiser.type !== 'grid') throw new Error('it is a grid')
    expect(gridProduct(grid.space, grid.optimiser, impossibilitiesIn(grid)).total).toBe(240n)
    expect(search?.optimiser).toMatchObject({ type: 'scbo', initial: 10 })
  })
})

describe('the JSON schema of experiments', () => {
  it('in resources is the one of this version; `npx vitest -u --project unit test/core/experiment` writes it anew', async () => {
    const text = `${JSON.stringify(experimentSchemaJson(), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../../resources/schemas/experiment.schema.json')
  })

  const json = experimentSchemaJson() as { readonly properties: { readonly study: object } }
  const whole = {
    ...json,
    properties: { ...json.properties, study: { anyOf: [{ type: 'string' }, studySchemaJson()] } },
  }
  const schema = z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
  it.each(names)('accepts %s', (name) => {
    expect(schema.safeParse(parse(read(`experiments/${name}.yaml`))).error?.issues).toBeUndefined()
  })

  it('refuses an experiment without variants', () => {
    expect(schema.safeParse({ version: 1, name: 'a', study: 'b' }).success).toBe(false)
  })
})

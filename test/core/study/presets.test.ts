import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { z } from 'zod'
import { gridProduct } from '../../../src-core/optimiser/grid/gridProduct.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { diehlCookHyperparameterNames } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { planNetwork } from '../../../src-core/layered/planNetwork.ts'
import { ImpossibleNetwork } from '../../../src-core/diehlCook/networkFailure.ts'
import { spreadConfigurations } from '../../../src-core/study/spreadConfigurations.ts'
import { namePublishedAs } from '../../../src-core/study/hyperparameter.ts'
import { hyperparametersOf } from '../../../src-core/study/hyperparameters.ts'
import { resolveHyperparameters } from '../../../src-core/study/resolveHyperparameters.ts'
import { layeredParts } from '../../../src-core/study/studyKinds.ts'
import { studySchemaJson } from './studySchema.ts'

const resources = new URL('../../../resources/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(`presets/${name}.yaml`, resources), 'utf8')
const names = readdirSync(new URL('presets/', resources)).map((file) => file.replace(/\.yaml$/, ''))

describe('presets', () => {
  it('are those of this version', () => {
    expect(names.sort()).toEqual([
      'breast-cancer-eons',
      'cartpole-eons',
      'cartpole-eons-hard',
      'cartpole-eons-hardest',
      'cartpole-eons-medium',
      'gesture-slayer',
      'gesture-stdp',
      'gesture-stdp-inhibiting',
      'iris-eons',
      'iris-eons-groups',
      'mnist-slayer',
      'mnist-slayer-best',
      'mnist-slayer-small',
      'mnist-stdp',
      'mnist-stdp-best',
      'mnist-stdp-small',
      'mountain-car-eons',
      'nmnist-slayer',
      'nmnist-slayer-small',
      'wine-eons',
    ])
  })

  it.each(names)('%s can be decoded, has its file’s name, a description, and its schema at hand', (name) => {
    const text = read(name)
    const definition = decodeDefinition(text, `${name}.yaml`)
    expect(definition.name).toBe(name)
    expect(definition.description).toMatch(/\.$/)
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/study\.schema\.json\n/)
  })

  it('mnist-stdp searches what was published', () => {
    const { space, fixed, silence, budget, training, dataset, encoding } = decodeDefinition(
      read('mnist-stdp'),
      'a.yaml',
    )
    expect(space).toEqual({
      decoder: { type: 'categorical', choices: ['all', 'vote', '2gram'] },
      epochs: { type: 'integer', low: 1, high: 3, sampler: 'uniform' },
      mapSize: { type: 'integer', low: 10, high: 1000, sampler: 'uniform' },
      learningRatePre: { type: 'real', low: 0.0001, high: 0.001, sampler: 'log-uniform' },
      learningRatePost: { type: 'real', low: 0.001, high: 0.01, sampler: 'reversed-log-uniform' },
      strengthExcitatory: { type: 'real', low: 50, high: 500, sampler: 'reversed-log-uniform' },
      strengthInhibitory: { type: 'real', low: 60, high: 600, sampler: 'reversed-log-uniform' },
      weightNorm: { type: 'real', low: 78.4, high: 200, sampler: 'reversed-log-uniform' },
      thresholdExcitatoryMv: { type: 'real', low: -70, high: -50, sampler: 'uniform' },
      restExcitatoryMv: { type: 'real', low: -65, high: -55, sampler: 'uniform' },
      refractoryExcitatoryMs: { type: 'integer', low: 1, high: 10, sampler: 'uniform' },
      thetaPlusMv: { type: 'real', low: 0.01, high: 0.1, sampler: 'log-uniform' },
      tauThetaDecayMs: { type: 'real', low: 1_000_000, high: 10_000_000, sampler: 'reversed-log-uniform' },
      tauMembraneExcitatoryMs: { type: 'real', low: 1000, high: 5000, sampler: 'reversed-log-uniform' },
      thresholdInhibitoryMv: { type: 'real', low: -30, high: -10, sampler: 'uniform' },
      restInhibitoryMv: { type: 'real', low: -60, high: -40, sampler: 'uniform' },
      refractoryInhibitoryMs: { type: 'integer', low: 15, high: 35, sampler: 'uniform' },
      tauMembraneInhibitoryMs: { type: 'real', low: 1000, high: 5000, sampler: 'log-uniform' },
    })
    expect(fixed).toEqual({ resetExcitatoryMv: -60, resetInhibitoryMv: -45, tauTraceMs: 20 })
    expect([...Object.keys(space), ...Object.keys(fixed), 'decoderRegularisation'].sort()).toEqual(
      [...diehlCookHyperparameterNames].sort(),
    )
    expect(silence).toEqual({
      stopEarly: true,
      interval: 1200,
      layers: [
        { layer: 'excitatory', alpha: 5, beta: 0.05 },
        { layer: 'inhibitory', alpha: 1, beta: 0.05 },
      ],
    })
    expect(training).toEqual({ algorithm: 'post-pre', updateInterval: 1200 })
    expect(dataset).toEqual({ name: 'mnist', trainFraction: 0.8 })
    expect(encoding).toEqual({ type: 'poisson', maximumRateHz: 128, steps: 100, dtMs: 1 })
    expect(budget).toEqual({ trials: 800 })
  })

  it('mnist-slayer searches what was published, by its published names', () => {
    const { space, network, silence } = decodeDefinition(read('mnist-slayer'), 'a.yaml')
    const table = hyperparametersOf(network)
    const published = [
      ...['epochs', 'batch_size', 'decoder', 'c1_filters', 'c2_filters', 'c1_k', 'c2_k', 'learning_rate', 'tau_grad'],
      ...['scale_grad', 'threshold', 'threshold_step', 'current_decay', 'voltage_decay', 'threshold_decay'],
      ...['refractory_decay', 'dropout'],
    ]
    expect(Object.keys(space)).toEqual(published.map((name) => namePublishedAs(table, name)))
    expect(silence.layers).toEqual([{ layer: 'output', alpha: 5, beta: 0.05 }])
  })

  it('gesture-stdp searches what was published, and gesture-slayer as much as mnist-slayer', () => {
    const { space, network } = decodeDefinition(read('gesture-stdp'), 'a.yaml')
    const unpublished = ['decoderRegularisation', 'resetExcitatoryMv', 'resetInhibitoryMv']
    const table = Object.keys(hyperparametersOf(network)).filter((name) => !unpublished.includes(name))
    expect(Object.keys(space).sort()).toEqual(table.sort())
    const inhibiting = decodeDefinition(read('gesture-stdp-inhibiting'), 'b.yaml')
    expect(network).toMatchObject({ inhibition: 'distance', lateral: 'exciting' })
    expect(inhibiting.network).toEqual({ ...network, lateral: 'inhibiting' })
    expect(inhibiting.space).toEqual(space)
    const [gesture, mnist] = ['gesture-slayer', 'mnist-slayer'].map((name) => decodeDefinition(read(name), name).space)
    expect(Object.keys(gesture ?? {})).toEqual(Object.keys(mnist ?? {}))
  })

  it.each(['mnist-slayer', 'gesture-slayer', 'nmnist-slayer'])(
    '%s has the pools, the dropout and the decays of the authors’ code',
    (name) => {
      const { network, fixed } = decodeDefinition(read(name), name)
      expect(network).toMatchObject({ decayGradient: 'lava', dropoutOf: 'spikes' })
      const pools = network.type === 'layered' ? network.layers.filter(({ type }) => type === 'pool') : []
      expect(pools.length).toBeGreaterThan(1)
      expect(pools.map((pool) => fixed[`${pool.name}.stride`])).toEqual(pools.map(() => 1))
    },
  )

  it.each([
    ['mnist-slayer', { channels: 1, rows: 28, columns: 28 }],
    ['mnist-slayer-small', { channels: 1, rows: 28, columns: 28 }],
    ['nmnist-slayer', { channels: 2, rows: 34, columns: 34 }],
    ['nmnist-slayer-small', { channels: 2, rows: 17, columns: 17 }],
    ['gesture-slayer', { channels: 2, rows: 128, columns: 128 }],
  ])('%s can be planned at a share of its points', (name, shape) => {
    const definition = decodeDefinition(read(name), name)
    const { network } = layeredParts(definition)
    const possible = spreadConfigurations(definition, 64).filter((configuration) => {
      try {
        const hyperparameters = resolveHyperparameters(definition, configuration)
        return planNetwork(network, hyperparameters, { shape, steps: 25, classes: 10 }).layers.length > 0
      } catch (error) {
        if (error instanceof ImpossibleNetwork) return false
        throw error
      }
    })
    expect(possible.length).toBeGreaterThan(6)
    // behind pools that move by 1 every published kernel fits
    if (!name.endsWith('small')) expect(possible).toHaveLength(64)
  })

  it.each(names.filter((name) => !/-(best|groups)$/.test(name)))(
    '%s is searched by SCBO, from a design of a point for each hyperparameter at least',
    (name) => {
      const { optimiser, space, budget } = decodeDefinition(read(name), name)
      expect(optimiser.type).toBe('scbo')
      const initial = optimiser.type === 'scbo' ? (optimiser.initial ?? 0) : 0
      expect(initial).toBeGreaterThanOrEqual(Object.keys(space).length)
      expect(initial).toBeLessThanOrEqual((budget.trials ?? 0) / 4)
    },
  )

  it('iris-eons-groups is a full grid of two levels of as much of each group', () => {
    const { space, optimiser, network, budget } = decodeDefinition(read('iris-eons-groups'), 'iris-eons-groups')
    if (optimiser.type !== 'grid') throw new Error('it is a grid')
    expect(gridProduct(space, optimiser, []).total).toBe(BigInt(budget.trials ?? 0))
    const table = hyperparametersOf(network)
    const groups = Object.keys(space).map((name) => table[name]?.group)
    for (const group of ['encoding', 'training', 'hardware']) {
      expect(groups.filter((one) => one === group)).toHaveLength(groups.length / 3)
    }
  })

  it('mnist-stdp-best is a point of mnist-stdp with the same training, and says what it came to', () => {
    const [best, searched] = ['mnist-stdp-best', 'mnist-stdp'].map((name) => decodeDefinition(read(name), name))
    expect(Object.keys(best?.fixed ?? {}).sort()).toEqual(
      [...Object.keys(searched?.space ?? {}), ...Object.keys(searched?.fixed ?? {})].sort(),
    )
    for (const part of ['dataset', 'encoding', 'network', 'training', 'silence'] as const) {
      expect(best?.[part]).toEqual(searched?.[part])
    }
    expect(best?.provenance?.metrics['accuracy']).toBeCloseTo(0.9202, 4)
  })

  it('mnist-stdp-small has the ranges of mnist-stdp but for the size and length of training', () => {
    const [small, published] = ['mnist-stdp-small', 'mnist-stdp'].map(
      (name) => decodeDefinition(read(name), name).space,
    )
    expect(small).toEqual({ ...published, epochs: small?.epochs, mapSize: small?.mapSize })
  })
})

describe('the JSON schema', () => {
  it('in resources is the one of this version; `npx vitest -u --project unit test/core/study` writes it anew', async () => {
    const text = `${JSON.stringify(studySchemaJson(), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../../resources/schemas/study.schema.json')
  })

  const schema = z.fromJSONSchema(studySchemaJson() as Parameters<typeof z.fromJSONSchema>[0])
  it.each(names)('accepts %s', (name) => {
    expect(schema.safeParse(parse(read(name))).error?.issues).toBeUndefined()
  })

  it.each([
    ['an unknown hyperparameter', ['space', 'nu_pre'], { type: 'real', low: 1, high: 2 }],
    ['a real range for an integer', ['space', 'mapSize', 'type'], 'real'],
    ['an end out of bounds', ['space', 'learningRatePre', 'high'], 2],
    ['an unknown choice', ['space', 'decoder', 'choices'], ['3gram']],
    ['a fixed value out of bounds', ['fixed', 'tauTraceMs'], 0],
    ['an unknown key', ['dataset', 'trainSample'], 5],
  ] as const)('refuses %s', (_, path, value) => {
    const document = parseDocument(read('mnist-stdp'))
    document.setIn(path, value)
    expect(schema.safeParse(document.toJS()).success).toBe(false)
  })
})

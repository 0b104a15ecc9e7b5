import { describe, expect, it } from 'vitest'
import { migrateDefinition, type Migration } from '../../../src-core/study/migrateDefinition.ts'

const migrations: Readonly<Record<number, Migration>> = {
  1: ({ title, ...rest }) => ({ ...rest, name: title }),
  2: (definition) => ({ ...definition, seeds: {} }),
}

const isLayered = (network: unknown): network is object =>
  typeof network === 'object' && network !== null && 'type' in network && network.type === 'layered'

describe('migrateDefinition', () => {
  it('goes from version to version up to the newest', () => {
    const third = { version: 3, name: 'a', seeds: {} }
    expect(migrateDefinition({ version: 1, title: 'a' }, migrations, 3)).toEqual({ value: third })
    expect(migrateDefinition({ version: 2, name: 'a' }, migrations, 3)).toEqual({ value: third })
    expect(migrateDefinition(third, migrations, 3)).toEqual({ value: third })
  })

  it('writes into version 1 what held there: pools without their last windows, gradients of decays and convolutions', () => {
    const layers = [{ name: 'conv1', type: 'conv' }, { name: 'pool1', type: 'pool' }, null]
    const layered = { version: 1, name: 'a', network: { type: 'layered', decays: 'shared', layers } }
    expect(migrateDefinition(layered)).toEqual({
      value: {
        version: 2,
        name: 'a',
        network: {
          type: 'layered',
          decays: 'shared',
          decayGradient: 'lava',
          convolutionGradient: 'direct',
          layers: [layers[0], { name: 'pool1', type: 'pool', padding: 'drop' }, null],
        },
      },
    })
    for (const network of [{ type: 'diehl-cook', inhibition: 'distance' }, { type: 'layered' }, 'none', undefined]) {
      const expected = isLayered(network)
        ? { ...network, decayGradient: 'lava', convolutionGradient: 'direct' }
        : network
      expect(migrateDefinition({ version: 1, network })).toEqual({ value: { version: 2, network: expected } })
    }
    const written = { decayGradient: 'exact', convolutionGradient: 'fourier' }
    const given = { type: 'layered', ...written, layers: [{ type: 'pool', padding: 'zero' }] }
    expect(migrateDefinition({ version: 1, network: given })).toEqual({ value: { version: 2, network: given } })
  })

  it('does not know a newer version', () => {
    expect(migrateDefinition({ version: 4 }, migrations, 3)).toBeNull()
  })

  it.each([{ version: 0 }, { version: '1' }, { version: 1.5 }, {}, null, 'text', [1]])(
    'leaves %j to the schema, which refuses it',
    (value) => {
      expect(migrateDefinition(value, migrations, 3)).toEqual({ value })
    },
  )
})

import { describe, expect, it } from 'vitest'
import { lengthscaleTable } from '../../../src-core/diagnostics/lengthscaleTable.ts'
import { knownSurrogate } from './knownSurrogate.ts'

const names = ['a', 'b', 'c', 'd']
const objective = knownSurrogate(() => 0, 4, { lengthscales: [0.1, 1, 3, 50] })
const constraint = knownSurrogate(() => 0, 4, { name: 'silence:excitatory', lengthscales: [50, 50, 0.4, 0.6] })

describe('the lengthscale table', () => {
  it('has a row for each parameter with every model, and says what a length means', () => {
    const rows = lengthscaleTable([objective, constraint], names)
    expect(rows.map(({ parameter }) => parameter)).toEqual(names)
    expect(rows.map(({ outputs }) => outputs.map(({ lengthscale }) => lengthscale))).toEqual([
      [0.1, 50],
      [1, 50],
      [3, 0.4],
      [50, 0.6],
    ])
    expect(rows.map(({ outputs }) => outputs.map(({ reading }) => reading))).toEqual([
      ['local', 'flat'],
      ['gradual', 'flat'],
      ['nearly straight', 'local'],
      ['flat', 'gradual'],
    ])
  })

  it('has the correlation of the kernel across the range', () => {
    // (1 + sqrt 5 + 5/3) exp(-sqrt 5)
    const [, b] = lengthscaleTable([objective], names)
    expect(b?.outputs[0]?.acrossRange).toBeCloseTo(0.5239941088318203, 12)
  })

  it('throws for models of another space', () => {
    expect(() => lengthscaleTable([objective], ['a'])).toThrow('objective has 4 lengthscales for 1 parameters')
  })
})

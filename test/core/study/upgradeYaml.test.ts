import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { upgradeYaml } from '../../../src-core/study/upgradeYaml.ts'

const older = `# mine
version: 1
name: older # kept
dataset: { name: mnist }
network:
  type: layered
  # two layers
  layers:
    - { name: pool1, type: pool }
    - name: output
      type: dense
training: { algorithm: surrogate-gradient }
`
const order = (): readonly string[] => []

describe('upgradeYaml', () => {
  it('writes what held in the older version, and keeps every comment', () => {
    const text = upgradeYaml(older, order)
    expect(text).toContain('# mine\nversion: 2\nname: older # kept\n')
    expect(text).toContain('  # two layers\n')
    expect(text).toContain('{ name: pool1, type: pool, padding: drop }')
    expect(text).toContain('decayGradient: lava')
    expect(text).toContain('convolutionGradient: direct')
    expect(decodeDefinition(text, 'a.yaml')).toEqual(decodeDefinition(older, 'a.yaml'))
    expect(upgradeYaml(text, order)).toBe(text)
  })

  it.each(['', 'version: 2\n', 'version: 9\nname: a\n', 'version: one', 'name: [', '- 1\n'])(
    'leaves %j alone',
    (text) => {
      expect(upgradeYaml(text, order)).toBe(text)
    },
  )
})

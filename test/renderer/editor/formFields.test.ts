import { describe, expect, it } from 'vitest'
import { fieldsAt, labelOf, schemaOrder, unitOf } from '../../../src-renderer/editor/formFields.ts'
import { optimiserSchema } from '../../../src-core/study/optimiserSchema.ts'

describe('fields from the schema', () => {
  it('carry bounds, defaults, units and descriptions', () => {
    const rate = fieldsAt(['encoding'], {}).find(({ path }) => path[1] === 'maximumRateHz')
    expect(rate).toMatchObject({
      label: 'Maximum rate',
      unit: 'Hz',
      kind: 'number',
      default: '128',
      placeholder: '128',
      required: false,
      allowed: 'a number above 0 and at most 1000',
      description: 'Rate of a full pixel',
    })
    expect(fieldsAt(['dataset'], {}).find(({ path }) => path[1] === 'name')).toMatchObject({
      kind: 'choice',
      required: true,
    })
    expect(fieldsAt(['silence'], {}).map(({ path }) => path[1])).toEqual(['stopEarly', 'interval'])
  })

  it('are those of the variant that is chosen', () => {
    const keys = (type: string): unknown[] =>
      fieldsAt(['optimiser'], { optimiser: { type } }, ['type']).map(({ path }) => path[1])
    expect(keys('tpe')).toEqual(['startup', 'candidates'])
    expect(keys('random')).toEqual([])
    expect(keys('scbo')).toContain('objectiveTransform')
    const type = fieldsAt(['optimiser'], { optimiser: { type: 'tpe' } }).find(({ path }) => path[1] === 'type')
    expect(type?.choices).toEqual(optimiserSchema.options.map(({ shape }) => shape.type.value))
  })

  it('are named in words', () => {
    expect(labelOf('wallTimeMinutes')).toBe('Wall time')
    expect(unitOf('wallTimeMinutes')).toBe('min')
    expect(unitOf('trials')).toBeNull()
  })

  it('stand in the order of the schema', () => {
    expect(schemaOrder([]).slice(0, 4)).toEqual(['version', 'name', 'description', 'dataset'])
    expect(schemaOrder(['budget'])).toEqual(['trials', 'wallTimeMinutes'])
  })
})

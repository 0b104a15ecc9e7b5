import { describe, expect, it } from 'vitest'
import { stateText } from '../../../src-renderer/table/stateText.ts'
import { row } from '../../core/progress/fixtures.ts'

describe('what the table says of where a trial stands', () => {
  it('is its state, where it would go on, or that it is left out', () => {
    const waiting = row(3)
    const { annotation } = waiting
    expect(stateText(waiting, 'Waiting')).toBe('Waiting')
    expect(stateText({ ...waiting, resumesAt: 0.6399 }, 'Waiting')).toBe('Waiting, 63 %')
    expect(stateText({ ...waiting, annotation: { ...annotation, excluded: true } }, 'Complete')).toBe('Excluded')
    const damaged = { ...annotation, excluded: true, damage: 'a bit' }
    expect(stateText({ ...waiting, annotation: damaged }, 'Complete')).toBe('Damaged')
  })
})

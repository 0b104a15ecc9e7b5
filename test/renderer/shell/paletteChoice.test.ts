import { describe, expect, it } from 'vitest'
import { nextPossible, possibleFrom } from '../../../src-renderer/shell/paletteChoice.ts'

const commands = (possible: string): { available: { possible: boolean } }[] =>
  [...possible].map((mark) => ({ available: { possible: mark === 'y' } }))

describe('the highlighted command', () => {
  it('is the first that can be done', () => {
    expect(possibleFrom(commands('yyy'), 0)).toBe(0)
    expect(possibleFrom(commands('nny'), 0)).toBe(2)
    expect(possibleFrom(commands('ynn'), 1)).toBe(0)
  })

  it('moves past those that cannot, around both ends', () => {
    expect(nextPossible(commands('ynnyn'), 0, 1)).toBe(3)
    expect(nextPossible(commands('ynnyn'), 3, 1)).toBe(0)
    expect(nextPossible(commands('ynnyn'), 0, -1)).toBe(3)
    expect(nextPossible(commands('ynn'), 0, 1)).toBe(0)
  })

  it('is none where nothing can be done', () => {
    expect(possibleFrom(commands('nn'), 0)).toBe(-1)
    expect(possibleFrom([], 0)).toBe(-1)
    expect(nextPossible(commands('n'), -1, -1)).toBe(-1)
  })
})

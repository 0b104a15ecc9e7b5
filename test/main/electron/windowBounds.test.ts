import { describe, expect, it } from 'vitest'
import { openingBounds } from '../../../src-main/electron/window.ts'

const primary = { x: 0, y: 25, width: 1920, height: 1055 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }

describe('where the window opens', () => {
  it('centred at a good size the first time', () => {
    expect(openingBounds(null, [primary])).toEqual({ x: 240, y: 103, width: 1440, height: 900 })
  })

  it('where it was, on any screen', () => {
    const saved = { x: 2000, y: 50, width: 1100, height: 800 }
    expect(openingBounds(saved, [primary, second])).toEqual(saved)
  })

  it('on the first screen, in its size, when its screen is gone', () => {
    const saved = { x: 2000, y: 50, width: 1100, height: 800 }
    expect(openingBounds(saved, [primary])).toEqual({ x: 410, y: 153, width: 1100, height: 800 })
  })

  it('where its title bar can be reached', () => {
    const above = { x: 100, y: -300, width: 1100, height: 800 }
    expect(openingBounds(above, [primary]).y).toBeGreaterThanOrEqual(primary.y)
  })

  it('never below the size that the layout is made for', () => {
    const small = { x: 0, y: 0, width: 800, height: 480 }
    expect(openingBounds(null, [small])).toEqual({ x: 0, y: 0, width: 1024, height: 700 })
  })
})

import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { countPath, encoderDrawings } from '../../../src-renderer/editor/encoderDrawing.ts'

const definitionOf = (rest: string) =>
  decodeDefinition(
    `version: 2\nname: drawn\ndataset: { name: iris }\nnetwork: { type: neuroprocessor }\ntraining: { algorithm: eons }\n${rest}`,
    'a.yaml',
  )

describe('the drawing of an encoder', () => {
  it('has the counts of each neuron from the lowest to the highest value', () => {
    const [drawing, ...others] = encoderDrawings(definitionOf('fixed: { maxSpikes: 4 }\n'))
    expect(others).toEqual([])
    expect(drawing).toMatchObject({ code: 'flip-flop', neuronsPerInput: 2, maxSpikes: 4 })
    expect(drawing?.counts.map((counts) => [counts[0], counts[30], counts[60], counts[90], counts[120]])).toEqual([
      [4, 2, 0, 0, 0],
      [0, 0, 0, 2, 4],
    ])
  })

  it('is one of each code that is searched, with neurons that it can have', () => {
    const drawings = encoderDrawings(
      definitionOf(`budget: { trials: 2 }
space:
  code: { type: categorical, choices: [argyle, flip-flop] }
  neuronsPerInput: { type: integer, low: 2, high: 4 }
`),
    )
    expect(drawings.map(({ code, counts }) => [code, counts.length])).toEqual([
      ['flip-flop', 4],
      ['argyle', 3],
    ])
  })

  it('is drawn as steps', () => {
    expect(countPath([4, 2, 0], 4, [100, 20])).toBe('M0.0,0.0H50.0V10.0H100.0V20.0')
  })
})

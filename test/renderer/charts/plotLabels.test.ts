import { describe, expect, it } from 'vitest'
import { type Marks, MarkBuilder } from '../../../src-renderer/charts/marks.ts'
import type { Plot, PlotAxis, PlotFrame, PlotGuide } from '../../../src-renderer/charts/plot.ts'
import { freestBox, paintGuideWords } from '../../../src-renderer/charts/plotLabels.ts'
import { notingContext, type Written } from './notingContext.ts'

const axis: PlotAxis = { title: '', scale: 'linear', min: 0, max: 1, label: String }
/** A plot of 200 by 100 pixels whose axes go from 0 to 1; y upwards. */
const frame = {
  area: { left: 0, top: 0, right: 200, bottom: 100 },
  x: (value: number) => value * 200,
  y: (value: number) => 100 - value * 100,
  xAt: (pixel: number) => pixel / 200,
  yAt: (pixel: number) => (100 - pixel) / 100,
  colours: { font: 'sans', threshold: 'red', mutedText: 'grey', surface: 'white' },
} as unknown as PlotFrame

const marksAt = (...places: readonly (readonly [number, number])[]): Marks => {
  const builder = new MarkBuilder(places.length)
  places.forEach(([x, y], number) => {
    builder.add(number, 'feasible', x, y)
  })
  return builder.build()
}

const box = (left: number, top: number) => ({ left, top, right: left + 30, bottom: top + 15 })

const writtenOf = (guide: PlotGuide, marks?: Marks): Written[] => {
  const written: Written[] = []
  const plot: Plot = { x: axis, y: axis, guides: [guide], ...(marks && { marks }) }
  paintGuideWords(notingContext(written), frame, plot)
  return written
}

const line: PlotGuide = { kind: 'line', axis: 'x', at: 0.5, text: 'β = 5 %' }

describe('words within a plot', () => {
  it('lie in the first box that has the fewest marks', () => {
    const boxes = [box(0, 0), box(100, 0), box(100, 80)]
    expect(freestBox(frame, {}, boxes)).toBe(boxes[0])
    expect(freestBox(frame, { marks: marksAt([0.55, 0.5]) }, boxes)).toBe(boxes[0])
    // Trials under way count too.
    expect(freestBox(frame, { marks: marksAt(), live: marksAt([0.1, 0.95]) }, boxes)).toBe(boxes[1])
    // A mark reaches out: its centre may lie beside the box.
    expect(freestBox(frame, { marks: marksAt([0.17, 0.9]) }, boxes)).toBe(boxes[1])
    expect(freestBox(frame, { marks: marksAt([0.1, 0.95], [0.6, 0.95]) }, boxes)).toBe(boxes[2])
    expect(
      freestBox(frame, { marks: marksAt([0.1, 0.95], [0.1, 0.95], [0.6, 0.95], [0.6, 0.1], [0.6, 0.1]) }, boxes),
    ).toBe(boxes[1])
  })

  it('tell a full place from a free one where there are very many marks', () => {
    const boxes = [box(0, 0), box(100, 0)]
    const many = marksAt(...Array.from({ length: 100_000 }, () => [0.05, 0.95] as const))
    expect(freestBox(frame, { marks: many }, boxes)).toBe(boxes[1])
  })

  it('stand right of their line, and left of it where a mark is', () => {
    expect(writtenOf(line)).toEqual([{ text: 'β = 5 %', x: 105, y: 4 }])
    expect(writtenOf(line, marksAt([0.6, 0.95]))).toEqual([{ text: 'β = 5 %', x: 53, y: 4 }])
    expect(writtenOf(line, marksAt([0.6, 0.95], [0.4, 0.95]))[0]?.y).toBe(85)
  })

  it('stay within the axes', () => {
    const [right] = writtenOf({ ...line, at: 0.99 })
    expect(right?.x).toBeLessThan(160)
    const [above] = writtenOf({ kind: 'line', axis: 'y', at: 0.99, text: 'α' })
    expect(above?.y).toBeGreaterThan(0)
    expect(writtenOf({ kind: 'area', axis: 'x', from: 0.2, to: 0.4, fill: 'quiet', text: 'initial design' })).toEqual([
      { text: 'initial design', x: 45, y: 4 },
    ])
  })

  it('are not painted where there are none', () => {
    expect(writtenOf({ ...line, text: '' })).toEqual([])
  })
})

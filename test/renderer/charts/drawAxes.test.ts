import { describe, expect, it } from 'vitest'
import { categoryAxis, linearAxis } from '../../../src-renderer/charts/axes.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { drawAxes, drawUprightAxes, frameOf } from '../../../src-renderer/charts/drawAxes.ts'
import { noEmphasis, type PlotAxis } from '../../../src-renderer/charts/plot.ts'
import { notingContext, type Written } from './notingContext.ts'

const colours = { font: 'sans', mutedText: '#000', grid: '#ccc', line: '#999' } as unknown as ChartColours
const logarithmic: PlotAxis = { title: 'Seconds', scale: 'log', min: 1, max: 1000, label: String }
const halves: PlotAxis = {
  title: 'Half',
  scale: { unit: (value) => value / 8, value: (unit) => unit * 8 },
  min: 0,
  max: 8,
  label: String,
  ticks: () => [0, 4, 8],
}

describe('axes as chart.js draws them', () => {
  it.each([
    ['even', linearAxis('Trial', 0, 100), ['0', '20', '40', '60', '80', '100'], Number],
    ['logarithmic', logarithmic, ['1', '10', '100', '1000'], Number],
    ['of a scale of its own', halves, ['0', '4', '8'], Number],
    ['turned round', { ...linearAxis('Trial', 0, 100), reversed: true }, ['0', '40', '100'], Number],
    [
      'of categories',
      categoryAxis('Decoder', ['all', 'vote']),
      ['all', 'vote'],
      (text: string) => ['all', 'vote'].indexOf(text),
    ],
  ] as const)('have each number where its value lies: %s', (_, x, expected, valueOf) => {
    const written: Written[] = []
    const context = notingContext(written)
    const size = { width: 420, height: 220 }
    const state = { plot: { x, y: linearAxis('Accuracy', 0, 1) }, zoom: null, colours, emphasis: noEmphasis }
    const frame = frameOf(context, size, state, { pixelRatio: 1, exported: true })
    drawAxes(context, size, frame, state)
    const below = written.filter(({ y }) => y > frame.area.bottom)
    for (const text of expected) {
      const [found] = below.filter((one) => one.text === text)
      expect(found?.x, text).toBeCloseTo(frame.x(valueOf(text)), 0)
    }
    const beside = written.filter(({ text, x: at }) => at < frame.area.left && /^[01.]+$/.test(text))
    expect(beside.length).toBeGreaterThan(1)
    for (const { text, y } of beside) expect(Math.abs(y - frame.y(Number(text)))).toBeLessThan(8)
  })

  it('have their whole title where they are a little shorter than that', () => {
    const title = 'Non-spiking share (%)'
    const titlesAt = (width: number): string[] => {
      const written: Written[] = []
      const context = notingContext(written)
      const size = { width, height: 160 }
      const state = {
        plot: { x: linearAxis(title, 0, 10), y: linearAxis('Accuracy', 0, 1) },
        zoom: null,
        colours,
        emphasis: noEmphasis,
      }
      drawAxes(context, size, frameOf(context, size, state, { pixelRatio: 1, exported: true }), state)
      return written.map(({ text }) => text).filter((text) => text.startsWith('Non'))
    }
    // Six pixels a letter; beside the axis are 56.
    expect(titlesAt(6 * title.length * 0.85 + 56)).toEqual([title])
    expect(titlesAt(6 * title.length * 0.7 + 56)).not.toEqual([title])
  })

  it('stand upright where they are put, with their numbers right of them where there is room', () => {
    const written: Written[] = []
    const axes = [
      { axis: linearAxis('Trial', 0, 100), x: 30, labelRoom: 40 },
      { axis: logarithmic, x: 90, labelRoom: 0 },
      { axis: categoryAxis('Decoder', ['all', 'vote']), x: 150, labelRoom: 40 },
    ]
    const place = { top: 40, bottom: 240, colours }
    const context = notingContext(written)
    const clipped: number[] = []
    context.rect = (left, _, wide) => clipped.push(left, left + wide)
    drawUprightAxes(context, { width: 200, height: 260 }, axes, place)
    // chart.js shows nothing of numbers beyond these.
    expect(clipped).toEqual([30, 80, 150, 200])
    const of = (text: string): Written | undefined => written.find((one) => one.text === text)
    expect(of('0')?.y).toBeCloseTo(240, 0)
    expect(of('100')?.y).toBeCloseTo(40, 0)
    expect(of('vote')?.y).toBeCloseTo(90, 0)
    expect(of('1000')).toBeUndefined()
    for (const [text, x] of [
      ['0', 30],
      ['all', 150],
    ] as const)
      expect((of(text)?.x ?? 0) - x).toBeCloseTo(7, -1)
    for (const { x } of written) expect(x).toBeGreaterThan(30)
  })
})

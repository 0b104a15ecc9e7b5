/** The states of an episode over its steps. */
import type { Episode } from '../../../src-core/contracts/evolvedInspection.ts'
import { linearAxis } from '../../charts/axes.ts'
import type { ChartColours } from '../../charts/colours.ts'
import type { Plot, PlotGuide } from '../../charts/plot.ts'
import { formatCount, formatValue } from '../../trials/format.ts'

interface StateSeries {
  /** One of the numbers of a state. */
  readonly name: string
  readonly title: string
  /** To the unit that the title says. */
  readonly factor: number
  /** What ends the episode. */
  readonly limits: readonly { readonly at: number; readonly text: string }[]
}

const degrees = 180 / Math.PI

/** What is worth seeing over time of a task. */
export const seriesOf = (task: string): readonly StateSeries[] =>
  task === 'mountain-car'
    ? [
        { name: 'position', title: 'Position', factor: 1, limits: [{ at: 0.5, text: 'flag' }] },
        { name: 'velocity', title: 'Velocity', factor: 1, limits: [] },
      ]
    : [
        {
          name: 'angle',
          title: 'Pole angle, °',
          factor: degrees,
          limits: [
            { at: 12, text: 'fallen' },
            { at: -12, text: '' },
          ],
        },
        {
          name: 'position',
          title: 'Cart position, m',
          factor: 1,
          limits: [
            { at: 2.4, text: 'off the track' },
            { at: -2.4, text: '' },
          ],
        },
      ]

interface Shown {
  readonly series: StateSeries
  readonly stateNames: readonly string[]
  /** The step that is looked at. */
  readonly step: number
}

export const statePlot = (
  { states }: Episode,
  { series: { name, title, factor, limits }, stateNames, step }: Shown,
  colours: ChartColours,
): Plot => {
  const place = stateNames.indexOf(name)
  const count = states.length / stateNames.length
  const y = Float64Array.from({ length: count }, (_, at) => (states[at * stateNames.length + place] ?? NaN) * factor)
  const [least, most] = [...y, ...limits.map(({ at }) => at)].reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  )
  const margin = (most - least) * 0.06
  const [low, high] = [least - margin, most + margin]
  return {
    x: linearAxis('Step', 0, Math.max(1, count - 1), formatCount),
    y: linearAxis(title, low, high, (value) => formatValue(Number(value.toPrecision(4)))),
    lines: [
      { name: title, colour: colours.accent, width: 1.5, x: Float64Array.from(y.keys()), y },
      { colour: colours.mutedText, width: 1.25, dash: [2, 3], x: [step, step], y: [low, high] },
    ],
    guides: limits.map(({ at, text }): PlotGuide => ({ kind: 'line', axis: 'y', at, text })),
  }
}

/** How an episode ended. */
export const endWords = ({ cut, actions }: Episode, task: string): string => {
  const steps = `${formatCount(actions.length)} ${actions.length === 1 ? 'step' : 'steps'}`
  if (task === 'mountain-car') return cut ? `${steps}, the flag was not reached` : `the flag was reached after ${steps}`
  return cut ? `${steps}, the limit: the pole never fell` : `the pole fell or left the track after ${steps}`
}

/**
 * The scatter of accuracy against the share of non-spiking samples, on chart.js. Animation and parsing are off; every
 * update within a frame costs one drawing.
 */
import { Chart, LinearScale, PointElement, ScatterController, Tooltip } from 'chart.js'
import type { ChartConfiguration, ChartDataset } from 'chart.js'
import annotationPlugin from 'chartjs-plugin-annotation'
import { pointKinds } from '../model/placement.ts'
import type { PlacedPoint, PointKind } from '../model/placement.ts'
import type { ChartArea } from '../model/zoom.ts'
import type { ChartColours } from './colours.ts'

Chart.register(ScatterController, PointElement, LinearScale, Tooltip, annotationPlugin)

export interface ScatterState {
  readonly points: readonly PlacedPoint[]
  readonly shown: ChartArea
  /** Share at the threshold line. */
  readonly beta: number
  readonly xTitle: string
  readonly best: number | null
  readonly selected: number | null
  readonly colours: ChartColours
  /** Lines of the tooltip of a trial. */
  describe(number: number): string[]
}

export interface ScatterChart {
  /** Draws `state` in the next frame; a later state of the same frame wins. */
  update(state: ScatterState): void
  /** Number of the trial under a position of the canvas, in CSS pixels. */
  trialAt(x: number, y: number): number | null
  /** Position in shares of a position of the canvas; positions outside the plot are moved to its edge. */
  valueAt(x: number, y: number): { x: number; y: number }
  destroy(): void
}

type Dataset = ChartDataset<'scatter', PlacedPoint[]>

const shapes = {
  feasible: { pointStyle: 'circle', radius: 4.5 },
  infeasible: { pointStyle: 'circle', radius: 4.5 },
  stopped: { pointStyle: 'triangle', radius: 5.5 },
  failed: { pointStyle: 'crossRot', radius: 5 },
  running: { pointStyle: 'rectRot', radius: 6 },
} as const satisfies Record<PointKind, { pointStyle: string; radius: number }>

const hollow: ReadonlySet<PointKind> = new Set(['infeasible', 'running'])

const seriesOf = (kind: PointKind, { points, colours }: ScatterState): Dataset => {
  const { pointStyle, radius } = shapes[kind]
  const colour = colours.series[kind]
  return {
    data: points.filter((point) => point.kind === kind),
    pointStyle,
    pointRadius: radius,
    pointHoverRadius: radius + 2,
    pointHitRadius: 4,
    pointBackgroundColor: hollow.has(kind) ? colours.surface : colour,
    pointHoverBackgroundColor: hollow.has(kind) ? colours.surface : colour,
    // A thin edge in the ground's colour keeps overlapping filled points apart.
    pointBorderColor: hollow.has(kind) || kind === 'failed' ? colour : colours.surface,
    pointHoverBorderColor: hollow.has(kind) || kind === 'failed' ? colour : colours.surface,
    pointBorderWidth: hollow.has(kind) || kind === 'failed' ? 2 : 1,
    clip: 12,
  }
}

const ringOf = (number: number | null, radius: number, width: number, colour: string, points: ScatterState['points']) =>
  ({
    data: points.filter((point) => point.number === number),
    // The lowest order is drawn on top.
    order: -1,
    pointStyle: 'circle',
    pointRadius: radius,
    pointHoverRadius: radius,
    pointHitRadius: 0,
    pointBackgroundColor: 'transparent',
    pointHoverBackgroundColor: 'transparent',
    pointBorderColor: colour,
    pointHoverBorderColor: colour,
    pointBorderWidth: width,
    clip: 14,
  }) satisfies Dataset

const datasetsOf = (state: ScatterState): Dataset[] => [
  ...pointKinds.map((kind) => seriesOf(kind, state)),
  ringOf(state.best, 9, 1.75, state.colours.text, state.points),
  ringOf(state.selected, 11, 2.5, state.colours.accent, state.points),
]

const percentLabel = (share: number | string): string => String(Number((Number(share) * 100).toPrecision(4)))
const plainLabel = (value: number | string): string => String(Number(Number(value).toPrecision(4)))

const axisOf = (
  title: string,
  label: (value: number | string) => string,
  range: { min: number; max: number },
  { mutedText, grid, line, font }: ChartColours,
) => ({
  type: 'linear' as const,
  ...range,
  title: { display: true, text: title, color: mutedText, font: { family: font, size: 12 }, padding: 2 },
  ticks: { color: mutedText, font: { family: font, size: 11 }, callback: label, maxTicksLimit: 7, maxRotation: 0 },
  grid: { color: grid, tickColor: line },
  border: { color: line },
})

const annotationsOf = ({ beta, shown, colours }: ScatterState) => ({
  feasible: {
    type: 'box' as const,
    xMin: Math.min(shown.x.min, beta),
    xMax: beta,
    backgroundColor: colours.feasibleArea,
    borderWidth: 0,
    drawTime: 'beforeDatasetsDraw' as const,
  },
  threshold: {
    type: 'line' as const,
    xMin: beta,
    xMax: beta,
    borderColor: colours.threshold,
    borderWidth: 2,
    borderDash: [5, 4],
    drawTime: 'beforeDatasetsDraw' as const,
    label: {
      display: true,
      content: `β = ${percentLabel(beta)} %`,
      position: 'end' as const,
      rotation: 0,
      xAdjust: 0,
      backgroundColor: colours.surface,
      color: colours.threshold,
      font: { family: colours.font, size: 11, weight: 'normal' as const },
      padding: { x: 4, y: 2 },
    },
  },
})

const configurationOf = (state: ScatterState, describe: (number: number) => string[]) =>
  ({
    type: 'scatter',
    data: { datasets: datasetsOf(state) },
    options: {
      animation: false,
      parsing: false,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 6, right: 12 } },
      interaction: { mode: 'nearest', intersect: true },
      scales: {
        x: axisOf(state.xTitle, percentLabel, state.shown.x, state.colours),
        y: axisOf('Accuracy', plainLabel, state.shown.y, state.colours),
      },
      plugins: {
        tooltip: {
          displayColors: false,
          filter: ({ datasetIndex }) => datasetIndex < pointKinds.length,
          callbacks: {
            label: ({ raw }) => describe((raw as PlacedPoint).number),
          },
        },
        annotation: { annotations: annotationsOf(state) },
      },
    },
  }) satisfies ChartConfiguration<'scatter', PlacedPoint[]>

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** Makes a chart on `canvas`; it draws first when it is updated first. */
export const createScatterChart = (canvas: HTMLCanvasElement): ScatterChart => {
  let chart: Chart<'scatter', PlacedPoint[]> | null = null
  let next: ScatterState | null = null
  let describe: ScatterState['describe'] = () => []
  let frame = 0

  const draw = (): void => {
    frame = 0
    if (next === null) return
    describe = next.describe
    const configuration = configurationOf(next, (number) => describe(number))
    if (chart === null) {
      chart = new Chart(canvas, configuration)
    } else {
      chart.data = configuration.data
      chart.options = configuration.options
      chart.update('none')
    }
    // Says to whom waits for it that this many trials are drawn.
    canvas.dataset.drawn = String(next.points.length)
  }

  return {
    update(state) {
      next = state
      if (frame === 0) frame = requestAnimationFrame(draw)
    },
    trialAt(x, y) {
      if (chart === null) return null
      let nearest: { number: number; distance: number } | null = null
      for (const [index, dataset] of chart.data.datasets.slice(0, pointKinds.length).entries()) {
        for (const [place, element] of chart.getDatasetMeta(index).data.entries()) {
          const distance = Math.hypot(element.x - x, element.y - y)
          const number = dataset.data[place]?.number
          if (number !== undefined && distance <= 10 && distance < (nearest?.distance ?? Infinity)) {
            nearest = { number, distance }
          }
        }
      }
      return nearest?.number ?? null
    },
    valueAt(x, y) {
      const scales = chart?.scales
      if (chart === null || scales?.x === undefined || scales.y === undefined) return { x: 0, y: 0 }
      const { left, right, top, bottom } = chart.chartArea
      return {
        x: scales.x.getValueForPixel(clamp(x, left, right)) ?? 0,
        y: scales.y.getValueForPixel(clamp(y, top, bottom)) ?? 0,
      }
    },
    destroy() {
      cancelAnimationFrame(frame)
      chart?.destroy()
      chart = null
    },
  }
}

/** How a population evolved, from what was recorded of each of its generations. */
import type { GenerationRecord } from '../../../src-core/evolution/fitness.ts'
import { linearAxis, roundNumbers } from '../../charts/axes.ts'
import type { ChartColours } from '../../charts/colours.ts'
import { pathOf, type Plot, type PlotAxis, type PlotGuide, type PlotLine } from '../../charts/plot.ts'
import { capitalised, nonSpiking, nonSpikingShare } from '../../../src-core/study/studyWords.ts'
import { formatLimit, formatPercent, formatValue } from '../../trials/format.ts'

type Generations = readonly GenerationRecord[]

const generationAxis = ({ length }: Generations): PlotAxis => ({
  ...linearAxis('Generation', 1, Math.max(2, length)),
  ticks: (min, max, wanted) => roundNumbers(min, max, wanted).filter(Number.isInteger),
})

const line = (generations: Generations, valueOf: (record: GenerationRecord) => number | null) =>
  pathOf(generations.map((record, generation) => ({ x: generation + 1, y: valueOf(record) })))

/**
 * The mean, more or less by one standard deviation, as far as scores go, which are shares; null below two networks that were not
 * silent.
 */
const away =
  (deviations: 1 | -1) =>
  ({ meanScore, scoreDeviation }: GenerationRecord): number | null =>
    meanScore === null || scoreDeviation === null
      ? null
      : Math.min(1, Math.max(0, meanScore + deviations * scoreDeviation))

/** The best and the mean score of each generation, with a band of one standard deviation about the mean. */
export const fitnessPlot = (generations: Generations, { accent, good }: ChartColours): Plot => {
  const mean = { colour: accent, width: 1.75 }
  const edge = { colour: accent, width: 1, dash: [3, 3], opacity: 0.7 }
  const [low, high] = [line(generations, away(-1)), line(generations, away(1))]
  const best: PlotLine = { name: 'best', colour: good, width: 2, ...line(generations, ({ bestScore }) => bestScore) }
  const lines: readonly PlotLine[] = [
    best,
    { name: 'mean', ...mean, ...line(generations, ({ meanScore }) => meanScore) },
    { name: 'mean + σ', ...edge, ...high },
    { name: 'mean − σ', ...edge, ...low },
  ]
  return {
    x: generationAxis(generations),
    y: linearAxis('Score', 0, 1, (value) => formatValue(Number(value.toPrecision(4)))),
    lines,
    under: (context, { x, y }) => {
      context.fillStyle = accent
      context.globalAlpha = 0.14
      for (let at = 1; at < generations.length; at++) {
        const corners = [
          [at - 1, low],
          [at - 1, high],
          [at, high],
          [at, low],
        ] as const
        if (corners.some(([place, { y: values }]) => Number.isNaN(values[place] ?? NaN))) continue
        context.beginPath()
        for (const [place, path] of corners) context.lineTo(x(path.x[place] ?? 0), y(path.y[place] ?? 0))
        context.fill()
      }
      context.globalAlpha = 1
    },
  }
}

/** @param beta at most so many may be non-spiking; null: nobody watches that */
export const silencePlot = (
  generations: Generations,
  beta: number | null,
  { threshold, palette }: ChartColours,
): Plot => {
  const guides: readonly PlotGuide[] =
    beta === null ? [] : [{ kind: 'line', axis: 'y', at: beta, text: `β = ${formatLimit(beta)} of a generation` }]
  return {
    x: generationAxis(generations),
    y: linearAxis(capitalised(nonSpikingShare), 0, 1, (value) => formatPercent(value, 0)),
    lines: [
      {
        name: nonSpiking,
        colour: palette[2] ?? threshold,
        width: 1.75,
        ...line(generations, ({ silentShare }) => silentShare),
      },
    ],
    guides,
  }
}

/** In a sentence, for who sees no plots. */
export const evolutionGist = (generations: Generations): string => {
  const last = generations.at(-1)
  if (last === undefined) return 'No generation was recorded.'
  const best = generations.reduce<number | null>(
    (most, { bestScore }) => (bestScore !== null && (most === null || bestScore > most) ? bestScore : most),
    null,
  )
  const score = (value: number | null): string => (value === null ? 'none' : formatValue(Number(value.toPrecision(4))))
  return (
    `${generations.length} ${generations.length === 1 ? 'generation' : 'generations'}: the best score is ${score(best)}; ` +
    `of the last generation the mean is ${score(last.meanScore)}, and ${formatPercent(last.silentShare, 0)} of its networks are ${nonSpiking}.`
  )
}

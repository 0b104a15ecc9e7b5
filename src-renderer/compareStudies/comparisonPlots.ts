/** What several studies came to, as plots: best feasible value against a cost, and distributions of results. */
import { isMinimised, measuredObjective, metricTitle } from '../../src-core/progress/objectiveText.ts'
import { capitalised, type ShownMetric } from '../../src-core/study/studyWords.ts'
import { type ComparedStudy, membersOf, type StudyComparison } from '../../src-core/studyComparison/comparison.ts'
import { type CostName, costWords, isTime } from '../../src-core/studyComparison/costs.ts'
import { groupCurve } from '../../src-core/studyComparison/groupCurve.ts'
import { finalBest } from '../../src-core/studyComparison/studyCurve.ts'
import { accuracyAxis } from '../charts/accuracyAxis.ts'
import { linearAxis } from '../charts/axes.ts'
import type { ChartColours } from '../charts/colours.ts'
import { percentLabel } from '../charts/labels.ts'
import type { Paint, Plot, PlotAxis, PlotLine } from '../charts/plot.ts'
import { durationAxis } from '../charts/timeAxis.ts'
import { colourOfClass } from '../inspect/activity/stackModel.ts'
import type { FigureData } from '../state/figure.ts'
import { formatCount } from '../trials/format.ts'

/** A group, of the studies that search for what is drawn. */
export interface DrawnGroup {
  readonly name: string
  /** Its place among all groups, which gives it its colour. */
  readonly place: number
  readonly members: readonly ComparedStudy[]
}

export const drawnGroups = (comparison: StudyComparison, metric: ShownMetric): DrawnGroup[] =>
  comparison.groups.flatMap(({ name }, place) => {
    const members = membersOf(comparison, place, metric)
    return members.length === 0 ? [] : [{ name, place, members }]
  })

/** Ten colours; groups beyond are told apart by their dashes. */
const coloursKnown = 10
const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3]]

export const colourOfGroup = (place: number, { palette, text }: ChartColours): string =>
  palette[colourOfClass(place)] ?? text
export const dashOfGroup = (place: number): readonly number[] =>
  dashes[Math.floor(place / coloursKnown) % dashes.length] ?? []

const costAxis = (cost: CostName, longest: number): PlotAxis => {
  const title = capitalised(costWords[cost])
  return isTime(cost)
    ? durationAxis(title, longest)
    : { ...linearAxis(title, 0, Math.max(1, longest), formatCount), whole: true }
}

/** The steps of a study, to its end. */
const stepsOf = ({ curve }: ComparedStudy, cost: CostName): Pick<PlotLine, 'x' | 'y' | 'step'> => {
  const { steps, total } = curve
  const best = finalBest(curve)
  return {
    x: Float64Array.from([...steps[cost], total[cost]]),
    y: Float64Array.from([...steps.objective, Number.isFinite(best) ? best : NaN]),
    step: true,
  }
}

const finite = (values: Float64Array): Float64Array => values.map((value) => (Number.isFinite(value) ? value : NaN))

interface ProgressLook {
  readonly metric: ShownMetric
  readonly cost: CostName
  /** As it is stored; null: none. */
  readonly target: number | null
}

/** Medians end where the shortest study of the group does, and the plot says so, in files too. */
const medianNote = 'Medians and quartiles as far as the shortest study of each group'

/** The best feasible value against a cost: each study a thin line, groups with their medians and quartiles. */
export const progressPlot = (
  groups: readonly DrawnGroup[],
  { metric, cost, target }: ProgressLook,
  colours: ChartColours,
  targetText: string,
): Plot => {
  const studies = groups.flatMap(({ members }) => members)
  const objectives = Float64Array.from(studies.flatMap(({ curve }) => [...curve.steps.objective]))
  const longest = studies.reduce((most, { curve }) => Math.max(most, curve.total[cost]), 0)
  const bands = groups.flatMap(({ place, members }) =>
    members.length < 2
      ? []
      : [
          {
            place,
            curve: groupCurve(
              members.map(({ curve }) => curve),
              cost,
            ),
            colour: colourOfGroup(place, colours),
          },
        ],
  )
  const single = groups.flatMap(({ name, place, members }) => {
    const colour = colourOfGroup(place, colours)
    const alone = members.length === 1
    return members.map((study): PlotLine => ({
      ...stepsOf(study, cost),
      colour,
      width: alone ? 2 : 1,
      opacity: alone ? 1 : 0.45,
      dash: dashOfGroup(place),
      ...(alone && { name }),
    }))
  })
  const medians = bands.map(({ place, curve, colour }): PlotLine => ({
    x: curve.x,
    y: finite(curve.median),
    step: true,
    colour,
    width: 2.5,
    dash: dashOfGroup(place),
    name: `${groups.find((group) => group.place === place)?.name ?? ''}, median`,
  }))
  const paintBands: Paint = (context, frame) => {
    for (const { curve, colour } of bands) {
      context.fillStyle = colour
      context.globalAlpha = 0.16
      fillBand(context, frame, curve)
    }
    context.globalAlpha = 1
  }
  const writeNote: Paint = (context, { area, colours: { mutedText, font } }) => {
    if (bands.length === 0) return
    context.font = `10.5px ${font}`
    context.fillStyle = mutedText
    context.textAlign = 'right'
    context.textBaseline = 'bottom'
    context.fillText(medianNote, area.right - 6, area.bottom - 5)
  }
  return {
    x: costAxis(cost, longest),
    y: accuracyAxis(target === null ? objectives : Float64Array.from([...objectives, target]), metric),
    lines: [...single, ...medians],
    guides: target === null ? [] : [{ kind: 'line', axis: 'y', at: target, text: targetText }],
    under: paintBands,
    over: writeNote,
  }
}

/** Steps between the quartiles; where the lower one is that of a study without anything feasible, down to the axis. */
const fillBand = (
  context: CanvasRenderingContext2D,
  frame: Parameters<Paint>[1],
  { x, lower, upper }: ReturnType<typeof groupCurve>,
): void => {
  const yOf = (value: number): number => (Number.isFinite(value) ? frame.y(value) : frame.area.bottom + 1)
  for (let place = 0; place + 1 < x.length; place++) {
    const [from, to] = [frame.x(x[place] ?? 0), frame.x(x[place + 1] ?? 0)]
    const [top, bottom] = [yOf(upper[place] ?? NaN), yOf(lower[place] ?? NaN)]
    if (bottom > top && to > from) context.fillRect(from, top, to - from, bottom - top)
  }
}

export type ResultsOf = 'trials' | 'studies'

const resultsIn = ({ members }: DrawnGroup, of: ResultsOf): Float64Array =>
  (of === 'studies'
    ? Float64Array.from(members.map(({ curve }) => finalBest(curve)).filter(Number.isFinite))
    : Float64Array.from(members.flatMap(({ curve }) => [...curve.feasible]))
  ).sort()

/** The share of results at or below each value: of the feasible trials of a group, or of the bests of its studies. */
export const resultsPlot = (
  groups: readonly DrawnGroup[],
  metric: ShownMetric,
  of: ResultsOf,
  colours: ChartColours,
): Plot => {
  const all = groups.map((group) => ({ ...group, results: resultsIn(group, of) }))
  return {
    x: accuracyAxis(Float64Array.from(all.flatMap(({ results }) => [...results])), metric),
    y: {
      title: of === 'trials' ? 'Trials (%)' : 'Studies (%)',
      scale: 'linear',
      min: 0,
      max: 1,
      label: percentLabel,
    },
    lines: all.flatMap(({ name, place, results }): PlotLine[] =>
      results.length === 0
        ? []
        : [
            {
              // Beyond both ends of the axis: accuracies are in [0, 1], costs are stored as their negatives.
              x: Float64Array.from([Math.min(0, results[0] ?? 0) * 2 - 1, ...results, 2]),
              y: Float64Array.from([0, ...Array.from(results, (_, at) => (at + 1) / results.length), 1]),
              step: true,
              colour: colourOfGroup(place, colours),
              dash: dashOfGroup(place),
              width: 2,
              name: `${name} (${formatCount(results.length)})`,
            },
          ],
    ),
  }
}

/** What the first plot shows, for a file: each step of each study, and of the medians. */
export const progressData = (groups: readonly DrawnGroup[], { metric, cost }: ProgressLook): FigureData => {
  const value = (objective: number | undefined): number | null =>
    objective === undefined || !Number.isFinite(objective) ? null : measuredObjective(metric, objective)
  return {
    columns: ['group', 'line', costWords[cost], metricTitle(metric)],
    rows: groups.flatMap(({ name, members }) => {
      const single = members.flatMap(({ summary, curve }) => [
        ...Array.from(curve.steps.objective, (objective, at) => [
          name,
          summary.id,
          curve.steps[cost][at] ?? null,
          value(objective),
        ]),
        [name, summary.id, curve.total[cost], value(finalBest(curve))],
      ])
      if (members.length < 2) return single
      const group = groupCurve(
        members.map(({ curve }) => curve),
        cost,
      )
      const quartiles = (['lower', 'median', 'upper'] as const).flatMap((line) =>
        Array.from(group.x, (at, place) => [name, line, at, value(group[line][place])]),
      )
      return [...single, ...quartiles]
    }),
  }
}

export const resultsData = (groups: readonly DrawnGroup[], metric: ShownMetric, of: ResultsOf): FigureData => ({
  columns: ['group', metricTitle(metric), isMinimised(metric) ? 'shareAtOrAbove' : 'shareAtOrBelow'],
  rows: groups.flatMap((group) => {
    const results = resultsIn(group, of)
    return Array.from(results, (objective, at) => [
      group.name,
      measuredObjective(metric, objective),
      (at + 1) / results.length,
    ])
  }),
})

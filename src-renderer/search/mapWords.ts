/** A map of the models in words and as a table. */
import type { MapPlace } from '../../src-core/diagnostics/diagnosis.ts'
import { constraintTitle } from '../../src-core/progress/constraintTitle.ts'
import { metricTitle, objectiveNumber, measuredObjective } from '../../src-core/progress/objectiveText.ts'
import type { ShownMetric } from '../../src-core/study/studyWords.ts'
import type { MapCells, ModelMap } from '../../src-core/diagnostics/studyModels.ts'
import { formatPercent, formatValue } from '../trials/format.ts'
import type { FigureData } from '../state/figure.ts'
import { placeOn, valueAtPlace } from '../charts/axes.ts'
import type { PlotAxis } from '../charts/plot.ts'
import { cellEdges } from './contourLines.ts'
import { type MapOf, mapValueAt, type ShownMap } from './mapPlot.ts'

/** The cells of what is shown; `output`: one constraint instead of all. Null without a model of it. */
export const mapCellsOf = (map: ModelMap, of: MapOf, output: string): MapCells | null =>
  of === 'objective'
    ? map.objective
    : (map.constraints.find((constraint) => constraint.output === output)?.feasible ?? map.feasible)

const formatOf = (of: MapOf, value: number, metric: ShownMetric): string =>
  of === 'objective' ? objectiveNumber(metric, value) : formatPercent(value, 0)

/** Where the other hyperparameters are. */
export const placeWords = (place: MapPlace): string =>
  place.kind === 'trial' ? `others as in the best trial, ${place.trial}` : `others averaged over ${place.points} points`

/** The gist, for those who do not see the picture. */
export const mapSentence = (
  map: ModelMap,
  output: string,
  { of, range: { low, high }, metric }: Pick<ShownMap, 'of' | 'range' | 'metric'>,
): string => {
  const over = `over ${map.x.parameter} and ${map.y.parameter}`
  return of === 'objective'
    ? `${metricTitle(metric)} that the model predicts ${over}, from ${formatOf(of, low, metric)} to ${formatOf(of, high, metric)}, ${placeWords(map.place)}.`
    : `Probability that ${output === '' ? 'all constraints hold' : `${constraintTitle(output)} holds`} ${over}, ${placeWords(map.place)}.`
}

/** What is at a place of the map, given in values of its axes. */
export const mapTip = (
  { map, cells, x, y, of, metric }: ShownMap,
  output: string,
  atX: number,
  atY: number,
): string[] => {
  const place = (axis: PlotAxis, value: number): number =>
    placeOn(axis, axis.categories === undefined ? value : axis.categories[Math.round(value)])
  const [placeX, placeY] = [place(x, atX), place(y, atY)]
  const edges = { x: cellEdges(map.x.coordinates), y: cellEdges(map.y.coordinates) }
  const value = mapValueAt(cells, edges, { x: placeX, y: placeY })
  const model = of === 'objective' ? 'model' : output === '' ? 'P(all hold)' : `P(${constraintTitle(output)} holds)`
  return [
    `${x.title} ${formatValue(valueAtPlace(x, placeX))}`,
    `${y.title} ${formatValue(valueAtPlace(y, placeY))}`,
    value === null ? 'does not apply here' : `${model} ${formatOf(of, value, metric)}`,
  ]
}

/** A row for each cell. */
export const mapData = (map: ModelMap | null, cells: MapCells | null, of: MapOf, metric: ShownMetric): FigureData => ({
  columns: [map?.x.parameter ?? 'x', map?.y.parameter ?? 'y', of === 'objective' ? 'predicted' : 'probability'],
  rows: (cells ?? []).flatMap((row, line) =>
    row.map((value, column) => [
      map?.x.values[column] ?? null,
      map?.y.values[line] ?? null,
      value === null || of !== 'objective' ? value : measuredObjective(metric, value),
    ]),
  ),
})

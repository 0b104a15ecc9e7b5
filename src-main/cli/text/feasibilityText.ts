import type { Diagnosis } from '../../../src-core/diagnostics/diagnosis.ts'
import { formatValue } from './format.ts'
import type { Styles } from './styledLine.ts'

const widestLabel = 12

/** The probability of feasibility in percent: x to the right, y upwards. */
export const feasibilityText = (feasibility: Diagnosis['feasibility'], columns: number, styles: Styles): string[] => {
  if (feasibility === null) {
    return [styles.bold('Probability of feasibility'), '  No map: it takes a constraint and two hyperparameters.']
  }
  const { map, place } = feasibility
  const { x, y, probability } = map
  const labels = y.values.map(label)
  const labelWidth = Math.max(...labels.map(({ length }) => length))
  const heads = x.values.map(label)
  const cellWidth = Math.max(4, ...heads.map(({ length }) => length)) + 1
  const perBlock = Math.max(1, Math.floor((columns - labelWidth - 4) / cellWidth))
  const others =
    place.kind === 'trial' ? `all else as in trial ${place.trial}` : `averaged over ${place.points} points of the space`
  const lines: string[] = []
  for (let from = 0; from < heads.length; from += perBlock) {
    const block = <Item>(items: readonly Item[]): readonly Item[] => items.slice(from, from + perBlock)
    for (const [row, values] of [...probability.entries()].reverse()) {
      const cells = block(values).map((value) => coloured(value, cellWidth, styles))
      lines.push(`  ${styles.dim((labels[row] ?? '').padStart(labelWidth))}  ${cells.join('')}`)
    }
    lines.push(
      `  ${' '.repeat(labelWidth)}  ${styles.dim(
        block(heads)
          .map((head) => head.padStart(cellWidth))
          .join(''),
      )}`,
    )
  }
  return [
    styles.bold('Probability of feasibility in percent'),
    `  ${y.parameter} upwards, ${x.parameter} to the right; ${others}`,
    ...lines,
  ]
}

const coloured = (value: number | null, width: number, styles: Styles): string => {
  if (value === null) return styles.dim('-'.padStart(width))
  const text = Math.round(value * 100)
    .toString()
    .padStart(width)
  return value >= 0.9 ? styles.green(text) : value < 0.1 ? styles.red(text) : styles.yellow(text)
}

/** Three digits of a number; long names are cut. */
const label = (value: number | string): string => {
  const text = formatValue(typeof value === 'number' ? Number(value.toPrecision(3)) : value)
  return text.length <= widestLabel ? text : `${text.slice(0, widestLabel - 1)}…`
}

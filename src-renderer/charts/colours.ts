import type { PointKind } from '../model/placement.ts'

export interface ChartColours {
  readonly series: Readonly<Record<PointKind, string>>
  readonly surface: string
  readonly text: string
  readonly mutedText: string
  readonly line: string
  readonly grid: string
  readonly accent: string
  readonly threshold: string
  readonly feasibleArea: string
  readonly font: string
}

/** The colours of styles/tokens.css as they are now, light or dark: a canvas cannot read custom properties itself. */
export const readColours = (element: Element): ChartColours => {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    series: {
      feasible: token('series-complete'),
      infeasible: token('series-complete'),
      stopped: token('series-stopped'),
      failed: token('series-failed'),
      running: token('series-running'),
    },
    surface: token('surface'),
    text: token('text'),
    mutedText: token('text-muted'),
    line: token('line-strong'),
    grid: token('chart-grid'),
    accent: token('accent'),
    threshold: token('bad'),
    feasibleArea: token('feasible-area'),
    font: token('font'),
  }
}

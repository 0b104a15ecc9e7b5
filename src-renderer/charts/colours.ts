import type { PointKind } from '../model/placement.ts'

export interface ChartColours {
  readonly series: Readonly<Record<PointKind, string>>
  /** For things that are not states: lines of trials, layers, phases. */
  readonly categories: readonly string[]
  /** A scale from low to high, lightness rising. */
  readonly rampStops: readonly string[]
  readonly surface: string
  readonly text: string
  readonly mutedText: string
  readonly line: string
  readonly grid: string
  readonly accent: string
  readonly threshold: string
  readonly feasibleArea: string
  readonly quietArea: string
  readonly font: string
}

type Token = (name: string) => string

const coloursOf = (token: Token): ChartColours => ({
  series: {
    feasible: token('series-complete'),
    infeasible: token('series-complete'),
    stopped: token('series-stopped'),
    failed: token('series-failed'),
    running: token('series-running'),
  },
  categories: [1, 2, 3, 4, 5, 6, 7].map((place) => token(`category-${place}`)),
  rampStops: [1, 2, 3, 4, 5, 6].map((place) => token(`ramp-${place}`)),
  surface: token('surface'),
  text: token('text'),
  mutedText: token('text-muted'),
  line: token('line-strong'),
  grid: token('chart-grid'),
  accent: token('accent'),
  threshold: token('bad'),
  feasibleArea: token('feasible-area'),
  quietArea: token('quiet-area'),
  font: token('font'),
})

/** The colours of styles/tokens.css as they are now, light or dark: a canvas cannot read custom properties itself. */
export const readColours = (element: Element): ChartColours => {
  const style = getComputedStyle(element)
  return coloursOf((name) => style.getPropertyValue(`--${name}`).trim())
}

/** Every custom property of `:root` that the style sheets set for a theme. */
const tokensOf = (theme: 'light' | 'dark'): Map<string, string> => {
  const tokens = new Map<string, string>()
  const take = (rules: CSSRuleList, dark: boolean): void => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule) {
        if (rule.conditionText.includes('prefers-color-scheme: dark')) take(rule.cssRules, true)
      } else if (rule instanceof CSSStyleRule && rule.selectorText === ':root' && (!dark || theme === 'dark')) {
        for (const name of rule.style) tokens.set(name, rule.style.getPropertyValue(name).trim())
      }
    }
  }
  for (const sheet of document.styleSheets) take(sheet.cssRules, false)
  return tokens
}

let themeOfFigure: 'light' | 'dark' | null = null

/** Draws within the colours of a theme, whatever the window's: what is printed is light. */
export const withTheme = <Value>(theme: 'light' | 'dark', draw: () => Value): Value => {
  themeOfFigure = theme
  try {
    return draw()
  } finally {
    themeOfFigure = null
  }
}

/** The custom properties to draw with: the window's, or those of the theme that a figure is saved in. */
export const themeTokens = (): Token => {
  if (themeOfFigure === null) {
    const style = getComputedStyle(document.documentElement)
    return (name) => style.getPropertyValue(`--${name}`).trim()
  }
  const tokens = tokensOf(themeOfFigure)
  return (name) => tokens.get(`--${name}`) ?? ''
}

/** The colours to draw a figure with: the window's, or those of the theme that it is saved in. */
export const colours = (): ChartColours => coloursOf(themeTokens())

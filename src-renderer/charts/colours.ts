import type { PointKind } from './pointKinds.ts'
import { type Colour, parseColour } from './ramp.ts'

export interface ChartColours {
  readonly series: Readonly<Record<PointKind, string>>
  /** For things that are not states: lines of trials, layers, phases. */
  readonly categories: readonly string[]
  /** As the places of a raster's palette: layers, "no class", classes. */
  readonly palette: readonly string[]
  /** Scales from low to high, lightness rising: of trials, of values, of signed values. */
  readonly ramp: readonly Colour[]
  readonly map: readonly Colour[]
  readonly diverging: readonly Colour[]
  readonly surface: string
  readonly text: string
  readonly mutedText: string
  readonly line: string
  readonly grid: string
  readonly accent: string
  readonly accentSoft: string
  /** What is over a limit, or wrong. */
  readonly threshold: string
  readonly good: string
  /** Events of an event camera, of which lightness falls and rises. */
  readonly eventOff: string
  readonly eventOn: string
  readonly feasibleArea: string
  readonly quietArea: string
  readonly font: string
}

type Token = (name: string) => string

const numbered = (token: Token, name: string, first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => token(`${name}-${first + index}`))

const coloursOf = (token: Token): ChartColours => ({
  series: {
    feasible: token('series-complete'),
    infeasible: token('series-complete'),
    stopped: token('series-stopped'),
    failed: token('series-failed'),
    running: token('series-running'),
  },
  categories: numbered(token, 'category', 1, 7),
  palette: [...numbered(token, 'layer', 0, 5), token('series-waiting'), ...numbered(token, 'class', 0, 10)],
  ramp: numbered(token, 'ramp', 1, 6).map(parseColour),
  map: numbered(token, 'map', 0, 6).map(parseColour),
  diverging: numbered(token, 'diverging', 0, 7).map(parseColour),
  surface: token('surface'),
  text: token('text'),
  mutedText: token('text-muted'),
  line: token('line-strong'),
  grid: token('chart-grid'),
  accent: token('accent'),
  accentSoft: token('accent-soft'),
  threshold: token('bad'),
  good: token('good'),
  eventOff: token('layer-2'),
  eventOn: token('layer-1'),
  feasibleArea: token('feasible-area'),
  quietArea: token('quiet-area'),
  font: token('font'),
})

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

/** The colours of the window that were read last: to read them all takes a millisecond, and a page has many charts. */
let known: { readonly ground: string; readonly colours: ChartColours } | null = null

/**
 * The colours of styles/tokens.css to draw with: the window's, light or dark, or those of the theme that a figure is saved in. A
 * canvas cannot read custom properties itself.
 */
export const coloursNow = (): ChartColours => {
  if (themeOfFigure !== null) {
    const tokens = tokensOf(themeOfFigure)
    return coloursOf((name) => tokens.get(`--${name}`) ?? '')
  }
  const style = getComputedStyle(document.documentElement)
  const token: Token = (name) => style.getPropertyValue(`--${name}`).trim()
  const ground = token('surface')
  if (known?.ground !== ground) known = { ground, colours: coloursOf(token) }
  return known.colours
}

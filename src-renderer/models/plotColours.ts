import { readColours } from '../charts/colours.ts'
import type { ChartColours } from '../charts/colours.ts'
import { readRamp } from './ramp.ts'
import type { Colour } from './ramp.ts'

export interface PlotColours extends ChartColours {
  readonly ramp: readonly Colour[]
}

/** The colours of a drawing as they are now, light or dark. */
export const readPlotColours = (element: Element): PlotColours => ({
  ...readColours(element),
  ramp: readRamp(element),
})

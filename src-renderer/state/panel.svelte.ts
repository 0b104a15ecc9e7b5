import type { Figure } from './figure.ts'

export type { Figure, FigureData, FigureSize } from './figure.ts'

/** The frame around a view, as the view sees it: a view tells it the figure that it shows. */
export class Panel {
  figure = $state.raw<Figure | null>(null)
}

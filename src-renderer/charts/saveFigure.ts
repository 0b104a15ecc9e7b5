/** Figures as files: drawn anew at the size asked for, in the colours of a theme. */
import { Context } from 'svgcanvas'
import type { Figure, FigureSize } from '../state/figure.ts'
import { withTheme } from './colours.ts'
import { plainColours } from './svgColours.ts'

export type FigureTheme = 'light' | 'dark'

/** Most pixels of a side of a picture: canvases end there. */
const widestPicture = 16_000

/** The figure as an SVG document of its own. */
export const figureToSvg = (figure: Pick<Figure, 'draw'>, size: FigureSize, theme: FigureTheme = 'light'): string => {
  // A document apart from the page: what is written there is not styled, and no policy of the page holds it back.
  const apart = document.implementation.createHTMLDocument('')
  const measure = document.createElement('canvas').getContext('2d')
  const context = new Context({ ...size, document: apart, ...(measure === null ? {} : { ctx: measure }) })
  withTheme(theme, () => {
    figure.draw(context, size)
  })
  const svg = context.getSvg()
  plainColours(svg)
  svg.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`
}

/**
 * The figure as a PNG file, `scale` pixels for each unit of its size.
 * @throws RangeError when it would be larger than a picture can be
 */
export const figureToPng = async (
  figure: Figure,
  size: FigureSize,
  scale: number,
  theme: FigureTheme = 'light',
): Promise<Uint8Array<ArrayBuffer>> => {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(size.width * scale)
  canvas.height = Math.round(size.height * scale)
  const context = canvas.getContext('2d')
  if (context === null || Math.max(canvas.width, canvas.height) > widestPicture) {
    throw new RangeError(`A picture has at most ${widestPicture} pixels a side.`)
  }
  context.scale(scale, scale)
  withTheme(theme, () => {
    figure.draw(context, size)
  })
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new RangeError('The picture is too large to be made.')
  return new Uint8Array(await blob.arrayBuffer())
}

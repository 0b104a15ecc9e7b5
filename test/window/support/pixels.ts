import type { Page } from 'playwright-core'

export interface Pixels {
  readonly count: number
  /** Middle of the pixels, in CSS pixels of the canvas. */
  readonly centre: { readonly x: number; readonly y: number }
}

/** The pixels of the first chart of `within` that have the colour of a token of the style sheet, after the next painted frame. */
export const pixelsOf = (page: Page, token: string, within = 'body'): Promise<Pixels> =>
  page.evaluate(
    async ([name, place]) => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const canvas = document.querySelector<HTMLCanvasElement>(`${place} canvas`)
      const context = canvas?.getContext('2d')
      const swatch = document.createElement('canvas').getContext('2d')
      if (!canvas || !context || !swatch) throw new Error('there is no chart')
      swatch.fillStyle = getComputedStyle(canvas).getPropertyValue(`--${name}`)
      swatch.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = swatch.getImageData(0, 0, 1, 1).data
      const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height)
      let count = 0
      let sumX = 0
      let sumY = 0
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] !== red || data[at + 1] !== green || data[at + 2] !== blue || data[at + 3] !== 255) continue
        count += 1
        sumX += (at / 4) % width
        sumY += Math.floor(at / 4 / width)
      }
      const scale = canvas.clientWidth / canvas.width
      return { count, centre: { x: (sumX / count) * scale, y: (sumY / count) * scale } }
    },
    [token, within] as const,
  )

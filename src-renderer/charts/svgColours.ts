/**
 * Colours as every reader of SVG knows them. Style sheets write `rgb(0 158 115 / 7%)`; drawing programs want
 * `#009e73` and an opacity beside it.
 */
const modern = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:\s*[/,]\s*([\d.]+)(%?))?\s*\)$/

const hex = (channel: string): string => Number(channel).toString(16).padStart(2, '0')

interface SvgColour {
  readonly colour: string
  readonly opacity: number
}

/** Null: it is in a form that needs no change. */
export const plainColour = (text: string): SvgColour | null => {
  const [, red, green, blue, alpha, percent] = modern.exec(text.trim()) ?? []
  if (red === undefined || green === undefined || blue === undefined) return null
  const opacity = alpha === undefined ? 1 : Number(alpha) / (percent === '%' ? 100 : 1)
  return { colour: `#${hex(red)}${hex(green)}${hex(blue)}`, opacity }
}

/** Rewrites the fills and strokes of a drawing. */
export const plainColours = (root: Element): void => {
  for (const element of root.querySelectorAll('[fill], [stroke]')) {
    for (const name of ['fill', 'stroke']) {
      const plain = plainColour(element.getAttribute(name) ?? '')
      if (plain === null) continue
      const before = Number(element.getAttribute(`${name}-opacity`) ?? 1)
      element.setAttribute(name, plain.colour)
      if (plain.opacity * before < 1) element.setAttribute(`${name}-opacity`, String(plain.opacity * before))
    }
  }
}

import pc from 'picocolors'

/** Colours of the command line; without colour every function returns its text as it is. */
export type Styles = ReturnType<typeof pc.createColors>
export const createStyles = (colour: boolean): Styles => pc.createColors(colour)

export type StyleName = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/** A piece of a line; styled only after the line was cut, so that no escape sequence is cut in two. */
export type Segment = string | { readonly text: string; readonly style: StyleName }
export type Line = readonly Segment[]

export const styled = (text: string, style: StyleName): Segment => ({ text, style })

/** The line as text of at most `columns` characters; what does not fit is cut and marked by an ellipsis. */
export const renderLine = (line: Line, columns: number, styles: Styles): string => {
  const length = line.reduce((sum, segment) => sum + textOf(segment).length, 0)
  let room = length > columns ? Math.max(0, columns - 1) : columns
  let rendered = ''
  for (const segment of line) {
    const text = textOf(segment).slice(0, room)
    room -= text.length
    rendered += typeof segment === 'string' || text === '' ? text : styles[segment.style](text)
  }
  return length > columns ? `${rendered}…` : rendered
}

const textOf = (segment: Segment): string => (typeof segment === 'string' ? segment : segment.text)

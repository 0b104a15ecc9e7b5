/** Names and lines of pictures that have a row for each hyperparameter. */

/** Text that fits into `room` pixels, cut off where it does not. */
export const fitted = (context: CanvasRenderingContext2D, text: string, room: number): string => {
  if (context.measureText(text).width <= room) return text
  let length = text.length
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length)}…`
}

/** A title, or where it does not fit the part behind its colon, which tells it from others. */
export const fittedTitle = (context: CanvasRenderingContext2D, title: string, room: number): string =>
  context.measureText(title).width <= room ? title : fitted(context, title.slice(title.indexOf(':') + 1), room)

/** Room for the names of hyperparameters left of a row for each. */
export const nameRoom = (width: number): number => (width < 420 ? 112 : width > 600 ? 160 : 132)

export const line = (
  context: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  colour: string,
  width = 1,
): void => {
  context.beginPath()
  context.moveTo(fromX, fromY)
  context.lineTo(toX, toY)
  context.lineWidth = width
  context.strokeStyle = colour
  context.stroke()
}

interface NotePiece {
  readonly text: string
  /** It stood between backticks: a command to be typed. */
  readonly command: boolean
}

/** A sentence in the pieces that are shown differently; a backtick without a second one is one. */
export const notePieces = (note: string): readonly NotePiece[] => {
  const parts = note.split('`')
  const last = parts.length - 1
  const pieces = parts.map((text, place): NotePiece => {
    const alone = place === last && place % 2 === 1
    return { text: alone ? `\`${text}` : text, command: place % 2 === 1 && !alone }
  })
  return pieces.filter(({ text }) => text !== '')
}

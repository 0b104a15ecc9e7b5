/** Which command of a list is highlighted: only one that can be done. */
interface Choice {
  readonly available: { readonly possible: boolean }
}

/** The first that can be done from a place on, around the end of the list; -1: none can. */
export const possibleFrom = (commands: readonly Choice[], from: number): number => nextPossible(commands, from - 1, 1)

/** The next that can be done in a direction, around the ends of the list; -1: none can. */
export const nextPossible = (commands: readonly Choice[], at: number, step: 1 | -1): number => {
  const { length } = commands
  for (let moved = 1; moved <= length; moved += 1) {
    const place = (((at + step * moved) % length) + length) % length
    if (commands[place]?.available.possible === true) return place
  }
  return -1
}

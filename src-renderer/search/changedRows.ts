/**
 * Rows of `after` that are not in `before`. Both are in the same order; rows are replaced, never changed, and few are put in
 * at a time, so that one pass finds them.
 */
export const changedRows = <Row extends object>(before: readonly Row[], after: readonly Row[]): Row[] => {
  const changed: Row[] = []
  let place = 0
  for (const [index, row] of after.entries()) {
    if (row === before[place]) place += 1
    else {
      changed.push(row)
      // Put in before a row that stays; otherwise it took the place of another.
      if (after[index + 1] !== before[place]) place += 1
    }
  }
  return changed
}

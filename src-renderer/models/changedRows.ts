/**
 * Rows of `after` that are not what `before` has at their place. Rows are replaced, never changed, and new ones come last, so
 * that after a live update these are few.
 */
export const changedRows = <Row extends object>(before: readonly Row[], after: readonly Row[]): Row[] => {
  const changed: Row[] = []
  for (let index = 0; index < after.length; index++) {
    const row = after[index]
    if (row !== undefined && row !== before[index]) changed.push(row)
  }
  return changed
}

/**
 * Workers of evaluations, where a log does not name them: each goes to the lowest worker that is free when it starts, so
 * that there are as many as ever ran at once.
 * @param spans in the order of their starts; any unit of time
 * @returns the number of the worker of each, from 0
 */
export const workersByOverlap = (spans: readonly { readonly start: number; readonly end: number }[]): number[] => {
  const freeAt: number[] = []
  return spans.map(({ start, end }) => {
    const free = freeAt.findIndex((time) => time <= start)
    const worker = free < 0 ? freeAt.length : free
    freeAt[worker] = end
    return worker
  })
}

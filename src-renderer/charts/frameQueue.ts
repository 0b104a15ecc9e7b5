/**
 * Drawings of the charts of a page, in the next frame: as many as fit into it, the others in those that follow. So a page that
 * opens with many trials shows each chart as soon as it is drawn, and a pointer is never kept waiting by all of them.
 */

/** Of a frame of 16 ms; a drawing that has begun is not broken off. */
const budgetMs = 8

let queue: (() => void)[] = []
let requested = false

const drawSome = (): void => {
  const begun = performance.now()
  const waiting = queue
  queue = []
  let done = 0
  requested = false
  try {
    do waiting[done++]?.()
    while (done < waiting.length && performance.now() - begun < budgetMs)
  } finally {
    queue = [...waiting.slice(done), ...queue]
    if (queue.length > 0) request()
  }
}

const request = (): void => {
  if (requested) return
  requested = true
  requestAnimationFrame(drawSome)
}

/** Calls `draw` in a coming frame. Returns what takes it back. */
export const drawInFrame = (draw: () => void): (() => void) => {
  queue.push(draw)
  request()
  return () => {
    queue = queue.filter((other) => other !== draw)
  }
}

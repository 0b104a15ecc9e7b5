import type { Bounds } from './storedSettings.ts'

/** Smallest size that the window's layout is made for, in device-independent pixels. */
export const minimumSize = { width: 1024, height: 700 } as const
const defaultSize = { width: 1440, height: 900 } as const

/** A window must show at least so much of its title bar to be moved by hand, in device-independent pixels. */
const reachable = { width: 200, height: 40 } as const

const overlap = (startA: number, lengthA: number, startB: number, lengthB: number): number =>
  Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB)

const reachableOn = (bounds: Bounds, workArea: Bounds): boolean =>
  overlap(bounds.x, bounds.width, workArea.x, workArea.width) >= reachable.width &&
  bounds.y >= workArea.y &&
  bounds.y + reachable.height <= workArea.y + workArea.height

/**
 * Where to open the window: where it was, or, when that place is on no screen any more, centred on the first one.
 * `workAreas` are the usable areas of the screens, the primary one first.
 */
export const openingBounds = (saved: Bounds | null, workAreas: readonly Bounds[]): Bounds => {
  if (saved !== null && workAreas.some((workArea) => reachableOn(saved, workArea))) return saved
  const workArea = workAreas[0] ?? { x: 0, y: 0, ...defaultSize }
  const width = Math.max(minimumSize.width, Math.min(saved?.width ?? defaultSize.width, workArea.width))
  const height = Math.max(minimumSize.height, Math.min(saved?.height ?? defaultSize.height, workArea.height))
  return {
    x: workArea.x + Math.max(0, Math.round((workArea.width - width) / 2)),
    y: workArea.y + Math.max(0, Math.round((workArea.height - height) / 2)),
    width,
    height,
  }
}

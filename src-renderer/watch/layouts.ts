/** Arrangements of the watch page. A person may change every panel; what they changed is kept by layout. */
interface WatchLayout {
  readonly id: string
  readonly title: string
  /** Ids of views, row by row; ids that are not there show as empty panels. */
  readonly panels: readonly string[]
}

export const watchLayouts: readonly WatchLayout[] = [
  { id: 'overview', title: 'Overview', panels: ['scatter', 'history', 'timeline', 'learning-curves'] },
  { id: 'space', title: 'Search space', panels: ['parallel', 'slice', 'contour', 'importance'] },
  {
    id: 'optimiser',
    title: 'Optimiser',
    panels: ['trust-region', 'lengthscales', 'trust-region-box', 'silence-boundary'],
  },
  { id: 'stopping', title: 'Early stopping', panels: ['durations', 'replay', 'categories', 'distribution'] },
]

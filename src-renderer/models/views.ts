/** Views of the search space and of what models make of it. */
import type { WatchView } from '../watch/views.ts'
import ParallelView from './ParallelView.svelte'

export const modelViews: readonly WatchView[] = [
  {
    id: 'parallel',
    title: 'Parallel coordinates',
    description: 'A line for each trial over hyperparameters, constraints and accuracy; brush any axes',
    component: ParallelView,
  },
]

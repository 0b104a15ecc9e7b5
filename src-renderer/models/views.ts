/** Views of the search space and of what models make of it. */
import ParallelView from './ParallelView.svelte'

export const modelViews = [
  {
    id: 'parallel',
    title: 'Parallel coordinates',
    description: 'A line for each trial over hyperparameters, constraints and accuracy; brush any axes',
    component: ParallelView,
  },
]

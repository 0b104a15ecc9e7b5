/** Views of how a study went: its trials in their order, in time, and in sum. */
import CategoriesView from './CategoriesView.svelte'
import CurvesView from './CurvesView.svelte'
import DistributionView from './DistributionView.svelte'
import DurationsView from './DurationsView.svelte'
import { nonSpikingShare } from '../../src-core/study/studyWords.ts'
import HistoryView from './HistoryView.svelte'
import TimelineView from './TimelineView.svelte'

export const overviewViews = [
  {
    id: 'history',
    title: 'History',
    description: '{Objective} by trial or by time, with the best feasible {objective} so far',
    component: HistoryView,
  },
  {
    id: 'timeline',
    title: 'Timeline',
    description: 'A bar for each evaluation in the lane of its worker, coloured by state or by a value',
    component: TimelineView,
  },
  {
    id: 'learning-curves',
    title: 'Learning curves',
    description: `What was learned, and the ${nonSpikingShare}, over training, of running and finished trials`,
    component: CurvesView,
  },
  {
    id: 'distribution',
    title: 'Distribution of {objective}',
    description:
      'The share of trials at or {worse} each {objective}: all and feasible ones, or by phase of the optimiser',
    component: DistributionView,
  },
  {
    id: 'durations',
    title: 'Durations',
    description: 'How long complete and stopped trials took, and the compute that early stopping saved',
    component: DurationsView,
  },
  {
    id: 'categories',
    title: '{Objective} by category',
    description: '{Objective} for each value of a categorical or integer hyperparameter, infeasible trials apart',
    component: CategoriesView,
  },
]

/** Views of the search space and of what models make of it. */
import CalibrationView from './CalibrationView.svelte'
import ContourView from './ContourView.svelte'
import ImportanceView from './ImportanceView.svelte'
import LengthscalesView from './LengthscalesView.svelte'
import ParallelView from './ParallelView.svelte'
import ReplayView from './ReplayView.svelte'
import SensitivityView from './SensitivityView.svelte'
import SilenceBoundaryView from './SilenceBoundaryView.svelte'
import SliceView from './SliceView.svelte'
import TrustRegionBoxView from './TrustRegionBoxView.svelte'
import TrustRegionView from './TrustRegionView.svelte'

export const modelViews = [
  {
    id: 'parallel',
    title: 'Parallel coordinates',
    description: 'A line for each trial over hyperparameters, constraints and {objective}; brush any axes',
    component: ParallelView,
  },
  {
    id: 'slice',
    title: 'Slice',
    description: '{Objective}, or a constraint, against each hyperparameter on its own scale',
    component: SliceView,
  },
  {
    id: 'contour',
    title: 'Contour of {objective}',
    description: '{Objective} that the model predicts over two hyperparameters, with the trials',
    component: ContourView,
  },
  {
    id: 'importance',
    title: 'Importance',
    description: 'How much each hyperparameter matters for {objective} and for each constraint, with standard errors',
    component: ImportanceView,
  },
  {
    id: 'sensitivity',
    title: 'Sensitivity by group',
    description: 'How much of {objective} and of each constraint is by encoding, network, learning and other groups',
    component: SensitivityView,
  },
  {
    id: 'silence-boundary',
    title: 'Silence boundary',
    description: 'Probability that constraints hold over two hyperparameters, with the trials',
    component: SilenceBoundaryView,
  },
  {
    id: 'lengthscales',
    title: 'Lengthscales',
    description: 'Over which part of its range each hyperparameter changes {objective} and constraints',
    component: LengthscalesView,
  },
  {
    id: 'calibration',
    title: 'Trust in the models',
    description: 'How well the models predict each trial from the others, and whether they know how uncertain they are',
    component: CalibrationView,
  },
  {
    id: 'trust-region',
    title: 'Trust region',
    description: 'Side length of the trust region over time, its successes and failures, restarts',
    component: TrustRegionView,
  },
  {
    id: 'trust-region-box',
    title: 'Trust region, box',
    description: 'Where the trust region lies along each hyperparameter, with the trials asked for last',
    component: TrustRegionBoxView,
  },
  {
    id: 'replay',
    title: 'Replay of the stopping rule',
    description: 'What another alpha, beta or interval would have stopped, the time saved and the {objective} lost',
    component: ReplayView,
  },
]

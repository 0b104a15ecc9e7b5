/** The views of the inspect page, one entry each. */
import type { Component } from 'svelte'
import ActivityView from './activity/ActivityView.svelte'
import AnswersView from './answers/AnswersView.svelte'
import type { InspectViewProperties } from './inspectViewProperties.ts'
import NeuronsView from './neurons/NeuronsView.svelte'
import StopView from './stopped/StopView.svelte'
import WeightsView from './weights/WeightsView.svelte'

interface InspectView {
  readonly id: string
  readonly title: string
  readonly description: string
  /** False: it shows what the study has stored, and goes on when another trial is chosen; others begin anew. */
  readonly needsNetwork: boolean
  readonly component: Component<InspectViewProperties>
}

export const inspectViews: readonly InspectView[] = [
  {
    id: 'activity',
    title: 'Spikes',
    description: 'Spikes, rates, intervals and potentials of every layer on one axis of time',
    needsNetwork: true,
    component: ActivityView,
  },
  {
    id: 'weights',
    title: 'Weights',
    description: 'Receptive field of every neuron, and how they came to be',
    needsNetwork: true,
    component: WeightsView,
  },
  {
    id: 'neurons',
    title: 'Neurons',
    description: 'Thresholds, rates, classes and silent neurons as maps',
    needsNetwork: true,
    component: NeuronsView,
  },
  {
    id: 'answers',
    title: 'Answers',
    description: 'Confusion matrix and the worst answered samples',
    needsNetwork: true,
    component: AnswersView,
  },
  {
    id: 'silence',
    title: 'Silence',
    description: 'Why it was stopped, or was not',
    needsNetwork: false,
    component: StopView,
  },
]

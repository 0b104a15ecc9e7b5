/** The views of the inspect page, one entry each. */
import type { Component } from 'svelte'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import type { Board } from '../state/board.svelte.ts'
import ActivityView from './activity/ActivityView.svelte'
import type { Inspection } from './inspection.svelte.ts'

export interface InspectViewProperties {
  readonly board: Board
  readonly inspection: Inspection
  readonly trial: TrialRow
}

export interface InspectView {
  readonly id: string
  readonly title: string
  readonly description: string
  /** False: it shows what the study has stored. */
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
]

/** The views of the watch page, one entry each. A panel shows one of them; people choose which. */
import type { Component } from 'svelte'
import { nonSpikingShare } from '../../src-core/study/studyWords.ts'
import { modelViews } from '../search/views.ts'
import { overviewViews } from '../overview/views.ts'
import ScattersView from './ScattersView.svelte'
import type { ViewProperties } from './viewProperties.ts'

interface WatchView {
  /** Kept in preferences: never changed. */
  readonly id: string
  /** `{objective}` in it and in the description stands for what the study searches for (`withObjective`). */
  readonly title: string
  /** What it shows, in a sentence. */
  readonly description: string
  readonly component: Component<ViewProperties>
}

export const watchViews: readonly WatchView[] = [
  {
    id: 'scatter',
    title: '{Objective} against constraints',
    description: `Every trial by {objective} and by each constraint: the ${nonSpikingShare} of watched layers, and what is limited`,
    component: ScattersView,
  },
  ...overviewViews,
  ...modelViews,
]

export const watchViewById = (id: string): WatchView | null => watchViews.find((view) => view.id === id) ?? null

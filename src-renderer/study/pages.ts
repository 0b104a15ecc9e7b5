/** The pages of a study, one entry each. */
import type { Component } from 'svelte'
import type { Board, Page } from '../state/board.svelte.ts'
import ComparePage from '../compare/ComparePage.svelte'
import DecidePage from '../decide/DecidePage.svelte'
import InspectPage from '../inspect/InspectPage.svelte'
import WatchPage from '../watch/WatchPage.svelte'

interface StudyPageEntry {
  readonly page: Page
  readonly title: string
  readonly component: Component<{ board: Board }>
}

export const studyPages: readonly StudyPageEntry[] = [
  { page: 'watch', title: 'Watch', component: WatchPage },
  { page: 'inspect', title: 'Inspect', component: InspectPage },
  { page: 'compare', title: 'Compare', component: ComparePage },
  { page: 'decide', title: 'Decide', component: DecidePage },
]

/** A fork of the study in view, with the bounds that are brushed and filtered. */
import { narrowBounds, type WantedBounds } from '../../src-core/study/narrowBounds.ts'
import { narrowYaml } from '../../src-core/study/narrowYaml.ts'
import { untrainableReason } from '../trials/actions.ts'
import { definitionOf } from '../trials/studyDefinition.ts'
import type { StudyView } from '../trials/studyView.ts'
import type { Board } from './board.svelte.ts'

type Range = WantedBounds['ranges'][string]

const within = (one: Range | undefined, other: Range | undefined): Range => ({
  low: Math.max(one?.low ?? -Infinity, other?.low ?? -Infinity),
  high: Math.min(one?.high ?? Infinity, other?.high ?? Infinity),
})

/** What both hold, of the hyperparameters that are searched. */
export const boundsWithin = (names: readonly string[], one: WantedBounds, other: WantedBounds): WantedBounds => {
  const ranges = names.filter((name) => name in one.ranges || name in other.ranges)
  const categories = names.filter((name) => name in one.categories || name in other.categories)
  return {
    ranges: Object.fromEntries(ranges.map((name) => [name, within(one.ranges[name], other.ranges[name])])),
    categories: Object.fromEntries(
      categories.map((name) => {
        const [first, second] = [one.categories[name], other.categories[name]]
        if (first === undefined || second === undefined) return [name, first ?? second ?? []]
        return [name, first.filter((choice) => second.includes(choice))]
      }),
    ),
  }
}

const wantedOf = (board: Board): WantedBounds =>
  boundsWithin(Object.keys(definitionOf(board.view).space), board.filter, board.brushedBounds)

/** Why no fork with narrower bounds can be made now; null: one can. */
export const narrowedForkRefusal = (board: Board): string | null => {
  const untrainable = untrainableReason(board.view.summary)
  if (untrainable !== null) return untrainable
  const { ranges, categories } = wantedOf(board)
  return Object.keys(ranges).length + Object.keys(categories).length > 0
    ? null
    : 'Brush an axis of a hyperparameter first: in parallel coordinates, a slice or a map.'
}

/** The draft of a fork of a study. */
export const forkDraft = ({ summary, definitionYaml }: StudyView) => ({
  yaml: definitionYaml,
  source: `Fork of ${summary.id}`,
  origin: null,
  fork: summary.folder,
  base: definitionYaml,
  changed: false,
})

/** Opens the fork in the editor, where its bounds can be changed and put back; says why bounds stay as they are. */
export const forkNarrowed = (board: Board): void => {
  const { session, view } = board
  const { bounds, refused } = narrowBounds(definitionOf(view).space, wantedOf(board))
  const yaml = narrowYaml(view.definitionYaml, bounds)
  if (bounds.length === 0 || yaml === null) {
    const message = refused.join('\n') || 'What is brushed reaches from end to end of the bounds that there are.'
    session.toasts.showError('No bound would become narrower.', { code: 'not-possible', message })
    return
  }
  if (refused.length > 0) session.toasts.showNotice('Some bounds stay as they are.', refused.join('\n'))
  session.offerDraft({ ...forkDraft(view), yaml })
}

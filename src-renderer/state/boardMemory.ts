/** Where a person was in each study, kept between runs. */
import { untrack } from 'svelte'
import { z } from 'zod'
import { pickedAtMost } from '../filter/savedFilters.ts'
import { trialByNumber } from '../trials/studyView.ts'
import { trialFilterSchema } from '../trials/trialFilter.ts'
import { type Board, type BoardAside, comparedAtMost } from './board.svelte.ts'
import { preference } from './preferences.svelte.ts'

const placeSchema = z.object({
  page: z.enum(['watch', 'inspect', 'compare', 'decide']).catch('watch'),
  selected: z.int().nullable().catch(null),
  compared: z.array(z.int()).max(comparedAtMost).catch([]),
  filter: trialFilterSchema.nullable().catch(null),
})
const placesSchema = z.array(z.object({ folder: z.string(), place: placeSchema }))
const studiesKept = 20

/** Of the study that was in view last: of many it would be too much. */
let last: { readonly folder: string; readonly aside: BoardAside } | null = null

/** Puts a board where the person left it; trials that are no longer there are forgotten. */
export const recall = (board: Board): void => {
  const { folder } = board.view.summary
  const place = preference('boards', placesSchema, []).value.find((kept) => kept.folder === folder)?.place
  if (place === undefined) return
  const known = (number: number): boolean => trialByNumber(board.view.trials, number) !== null
  board.page = place.page
  if (place.selected !== null && known(place.selected)) board.select(place.selected)
  board.compared = place.compared.filter(known)
  if (place.filter !== null) board.adjustFilter(place.filter)
  if (last?.folder === folder) board.resume(last.aside)
}

/** Keeps what the editor must not take away; to be called in an effect. */
export const setAside = ({ aside }: Board, folder: string): void => {
  last = { folder, aside }
}

/** Keeps where the person is; to be called in an effect. */
export const remember = (board: Board, folder: string): void => {
  const { page, selected, compared, filter } = board
  untrack(() => {
    // Thousands of picked trials are too much to keep.
    const kept = (filter.numbers?.length ?? 0) > pickedAtMost ? { ...filter, numbers: null } : filter
    const places = preference('boards', placesSchema, [])
    places.value = [
      { folder, place: { page, selected, compared: [...compared], filter: kept } },
      ...places.value.filter((other) => other.folder !== folder),
    ].slice(0, studiesKept)
  })
}

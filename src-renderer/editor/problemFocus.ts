/** Where a problem is shown in the forms, and how a person comes there. */

const enterable = 'input, select, button, textarea, summary'

/** What is said at a heading is mended below it. */
const firstBehind = (forms: HTMLElement, said: HTMLElement): HTMLElement | undefined =>
  [...forms.querySelectorAll<HTMLElement>(enterable)].find(
    (control) => (said.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  )

/**
 * Brings what says this problem into sight, with the focus on the control that is wrong.
 * @returns false: nothing in these forms says it
 */
export const focusProblem = (forms: HTMLElement, path: string): boolean => {
  const said = forms.querySelector<HTMLElement>(`[data-problem="${CSS.escape(path)}"]`)
  if (said === null) return false
  const row = said.closest<HTMLElement>('[data-path]')
  const controls = [...(row?.querySelectorAll<HTMLElement>('[aria-invalid=true], [data-invalid=true]') ?? [])]
  const wrong = controls[0]
  const entered = wrong?.matches(enterable) === true ? wrong : wrong?.querySelector<HTMLElement>(enterable)
  const target =
    entered ?? (row === null ? firstBehind(forms, said) : row.querySelector<HTMLElement>(enterable)) ?? said
  target.focus({ preventScroll: true })
  for (const shown of [said, target]) shown.scrollIntoView({ block: 'nearest' })
  return true
}

/** What the keys of the strips do. */
import type { ActivityLook } from './activityLook.svelte.ts'

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

export const stackKeysText =
  'Arrow keys move through time, plus and minus zoom, 0 shows all. B brushes, Shift with arrow keys moves the brush, ' +
  'Alt with arrow keys sets its end, Enter shows it, Escape takes it away.'

/** Acts on a key. False: the key means nothing here. */
export const actOnKey = (look: ActivityLook, { key, shiftKey, altKey, ctrlKey, metaKey }: Key): boolean => {
  if (ctrlKey || metaKey) return false
  const { from, to } = look.time
  const width = to - from
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[key]
  if (direction !== undefined) {
    const step = direction * Math.max(1, width / 50)
    if (altKey) look.moveEnd('to', (look.brush?.to ?? 0) + step)
    else if (shiftKey) look.moveBrush(step)
    else look.panTime((direction * width) / 10)
    return true
  }
  const actions: Readonly<Record<string, () => void>> = {
    '+': () => look.zoomTime((from + to) / 2, 1 / 1.5),
    '=': () => look.zoomTime((from + to) / 2, 1 / 1.5),
    '-': () => look.zoomTime((from + to) / 2, 1.5),
    '0': () => look.showAll(),
    b: () => look.brushMiddle(),
    Enter: () => look.showBrush(),
    Escape: () => (look.brush = null),
    PageUp: () => look.panTime(-width),
    PageDown: () => look.panTime(width),
    Home: () => look.panTime(-look.extent.to),
    End: () => look.panTime(look.extent.to),
  }
  const action = actions[key]
  if (action === undefined || (key === 'Escape' && look.brush === null)) return false
  action()
  return true
}

/** Keys that belong to a view rather than to a command; listed with the others. */
import { shortcut } from './shortcut.ts'

export const moreShortcuts: readonly { readonly what: string; readonly keys: string }[] = [
  { what: 'Commands and studies by name', keys: shortcut('K') },
  { what: 'Clear the brush, leave an enlarged panel', keys: 'Escape' },
  { what: 'Next and previous trial of the table', keys: '↓ ↑' },
  { what: 'Inspect the trial of the table', keys: 'Enter' },
  { what: 'Brush trials of the table', keys: `Shift+↓ ↑, ${shortcut('click')}, ${shortcut('A')}` },
  { what: 'Compare the trial of the table', keys: 'Space' },
  { what: 'What can be done with a trial or a column', keys: 'right click, Shift+F10' },
  { what: 'Sort by another column besides', keys: 'Shift+click' },
  { what: 'Make a column wider or narrower', keys: 'Alt+→ ←' },
  { what: 'Copy the rows of the table', keys: shortcut('C') },
  { what: 'Zoom a chart', keys: `${shortcut('wheel')}, drag` },
  { what: 'Brush trials in a chart', keys: 'Shift+drag' },
  { what: 'Move a divider, reset it', keys: 'arrow keys, Enter' },
]

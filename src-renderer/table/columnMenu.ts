import type { MenuEntry } from '../components/ContextMenu.svelte'
import { withCategories, withRange } from '../trials/trialFilter.ts'
import { orderedColumns, withMoved, withPinned, withVisible } from './columnLayout.ts'
import type { TableColumn } from './columns.ts'
import type { TableState } from './tableState.svelte.ts'

/** What can be done with a column of the trial table. */
export const columnMenu = (table: TableState, column: TableColumn): MenuEntry[] => {
  const { key } = column
  const { board } = table
  const pinned = table.layout.pinned.includes(key)
  const ordered = orderedColumns(table.columns, table.layout)
  const at = ordered.findIndex((other) => other.key === key)
  const move = (step: number): void => {
    const target = ordered[at + step]
    if (target !== undefined) table.layout = withMoved(table.layout, table.columns, key, target.key)
  }
  const filtered = board.filter.ranges[key] !== undefined || board.filter.categories[key] !== undefined
  return [
    {
      label: 'Sort largest first',
      run: () => {
        table.sortOnly(key, true)
      },
    },
    {
      label: 'Sort smallest first',
      run: () => {
        table.sortOnly(key, false)
      },
    },
    {
      label: 'Then sort by this',
      keys: 'Shift+click',
      run: () => {
        table.sortBy(key, true)
      },
    },
    'line',
    {
      label: 'Keep all values',
      reason: filtered ? null : 'This column is not filtered.',
      run: () => {
        board.filter = withCategories(withRange(board.filter, key, null), key, null)
      },
    },
    'line',
    {
      label: 'Keep at the left',
      checked: pinned,
      run: () => {
        table.layout = withPinned(table.layout, key, !pinned)
      },
    },
    {
      label: 'Move earlier',
      run: () => {
        move(-1)
      },
    },
    {
      label: 'Move later',
      run: () => {
        move(1)
      },
    },
    {
      label: 'Hide',
      run: () => {
        table.layout = withVisible(table.layout, key, false)
      },
    },
  ]
}

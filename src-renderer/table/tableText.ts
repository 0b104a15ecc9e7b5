/** The table as text: what is shown, in the order and the columns shown; of brushed trials only, if there are any. */
import { call } from '../bridge/bridge.ts'
import { csvText } from '../../src-core/tables/csvText.ts'
import { tellSaved } from '../state/savedFiles.ts'
import { formatPlural } from '../trials/format.ts'
import type { TableState } from './tableState.svelte.ts'

const rowsOf = (table: TableState): { columns: string[]; rows: (number | string | null)[][] } => {
  const columns = table.placed.map(({ column }) => column)
  const { brush } = table.board
  const rows = table
    .rows(0, table.order.length)
    .filter(({ number }) => brush === null || brush.has(number))
    .map((trial) => columns.map((column) => column.value(trial)))
  return { columns: columns.map(({ key, head = key }) => head), rows }
}

/** Saves it as CSV, where a person chooses; values in full and in basic units. */
export const saveTable = async (table: TableState): Promise<void> => {
  const { session, view } = table.board
  const { columns, rows } = rowsOf(table)
  const name = `${view.summary.id}-trials`
  const answer = await call('saveFile', { kind: 'csv', name, content: csvText(columns, rows) })
  if (!answer.ok) session.toasts.showError('The table could not be saved.', answer.error)
  else if (answer.value !== null)
    tellSaved(session.toasts, `Saved ${formatPlural(rows.length, 'trial')}.`, answer.value)
}

/** Copies it with tabs, as spreadsheets paste it. */
export const copyTable = async (table: TableState): Promise<void> => {
  const { session } = table.board
  const { columns, rows } = rowsOf(table)
  const answer = await call('copyText', { text: csvText(columns, rows, '\t') })
  if (!answer.ok) session.toasts.showError('The table could not be copied.', answer.error)
  else
    session.toasts.showSuccess('Copied.', `${formatPlural(rows.length, 'trial')}, ready to paste into a spreadsheet.`)
}

import Table from 'cli-table3'
import type { Estimate, OutputImportance } from '../../../src-core/diagnostics/importance.ts'
import type { Styles } from './styledLine.ts'

/** Parameters shown; the others matter less to every output. */
const shown = 20

/** Total indices, one column for each output; what matters most to any of them first. */
export const importanceTable = (importance: readonly OutputImportance[], styles: Styles): string => {
  const table = new Table({
    head: ['', ...importance.map(({ output }) => output.replace(':', ':\n'))],
    colAligns: ['left', ...importance.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  })
  const rows = (importance[0]?.parameters ?? []).map(({ parameter }, index) => ({
    parameter,
    totals: importance.map(({ variance, parameters }) => (variance > 0 ? (parameters[index]?.total ?? null) : null)),
  }))
  const largest = ({ totals }: (typeof rows)[number]): number => Math.max(...totals.map((total) => total?.value ?? 0))
  const sorted = rows.sort((a, b) => largest(b) - largest(a))
  for (const { parameter, totals } of sorted.slice(0, shown)) {
    table.push([parameter, ...totals.map((total) => (total === null ? '-' : estimate(total, styles)))])
  }
  const more = sorted.length - shown
  return more > 0 ? `${table.toString()}\n${more} more matter less (--json has all)` : table.toString()
}

/** Bold where it is clearly more than nothing. */
const estimate = ({ value, standardError }: Estimate, styles: Styles): string => {
  const text = `${value.toFixed(2)} ± ${standardError.toFixed(2)}`
  return value > 0.05 && value > 2 * standardError ? styles.bold(text) : styles.dim(text)
}

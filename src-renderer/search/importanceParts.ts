/** Shares of variance as small multiples: a plot for each output, over the same rows. */
import type { OutputImportance } from '../../src-core/diagnostics/importance.ts'
import type { PlotPart } from '../charts/Plots.svelte'
import { importanceGist, importancePlot, importanceWords, outputTitle } from './importance.ts'
import { extraLeft, parameterRows, rowAt } from './parameterRows.ts'

interface Shown {
  /** Rows, from the top. */
  readonly order: readonly string[]
  readonly view: Parameters<typeof outputTitle>[1]
  /** What the plots are of, for who does not see them. */
  readonly what: string
  /** A row has one share, not one alone and one with interactions. */
  readonly single?: boolean
}

/** @param width CSS pixels of all plots */
export const importanceParts = (
  outputs: readonly OutputImportance[],
  { order, view, what, single = false }: Shown,
  width: number,
): PlotPart[] =>
  outputs.map((output, place) => {
    const title = outputTitle(output.output, view)
    const own = (width - extraLeft(0, width)) / outputs.length
    return {
      name: output.output,
      title,
      extraLeft: extraLeft(place, width),
      plot: importancePlot(output, order, parameterRows(order, place, width), own),
      label: `${what}. ${importanceGist(output, title)}.`,
      describeAt: (frame, x, y) => importanceWords(output, order[rowAt(frame, x, y)] ?? '', single),
    }
  })

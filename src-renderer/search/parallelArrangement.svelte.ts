import { z } from 'zod'
import { preference } from '../state/preferences.svelte.ts'
import { completedOrder, reordered } from './parallelBrush.ts'
import type { TrialAxis } from './trialAxes.ts'

const hiddenAtFirst = ['duration']

/** The order of the axes of parallel coordinates and which are hidden, kept between sessions. */
export class ParallelArrangement {
  readonly #kept = preference(
    'parallel.axes',
    z.object({ order: z.array(z.string()).max(200), hidden: z.array(z.string()).max(200) }),
    { order: [], hidden: hiddenAtFirst },
  )

  get hidden(): readonly string[] {
    return this.#kept.value.hidden
  }

  set hidden(hidden: readonly string[]) {
    this.#kept.value = { ...this.#kept.value, hidden: [...hidden] }
  }

  /** All axes in their order. */
  ordered(axes: readonly TrialAxis[]): TrialAxis[] {
    const fields = axes.map(({ field }) => field)
    return completedOrder(this.#kept.value.order, fields).flatMap(
      (field) => axes.find((axis) => axis.field === field) ?? [],
    )
  }

  /** Puts the axis of a field where that of `target` is. */
  move(ordered: readonly TrialAxis[], field: string, target: string): void {
    const order = ordered.map((axis) => axis.field)
    this.#kept.value = { ...this.#kept.value, order: reordered(order, field, target) }
  }

  reset(): void {
    this.#kept.value = { order: [], hidden: hiddenAtFirst }
  }
}

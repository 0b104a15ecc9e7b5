import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { summarise } from '../../support/summarise.ts'
import { createStyles } from '../../../src-main/cli/text/styledLine.ts'
import type { ProgressView } from '../../../src-main/cli/progress/progressView.ts'
import { complete, definition, input, running, stopped } from '../../core/progress/fixtures.ts'

export const plain = createStyles(false)
export const coloured = createStyles(true)

export const constraints: ConstraintInfo[] = [
  { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 },
  { name: 'silence:inhibitory', layer: 'inhibitory', alpha: 1, beta: 0.05 },
]

/** Running with 40 and 8 of 1000 samples silent in the two layers. */
export const training = (number: number, worker: string, nonSpiking: number[] = [40, 8]): TrialRow => {
  const row = running(number, 0, 0.5, 10_000)
  if (row.progress === null) throw new Error('a running trial has progress')
  const lastInterval = { epoch: 0, sample: 500, trainAccuracy: 0.4, nonSpiking }
  return { ...row, worker, progress: { ...row.progress, samplesPerSecond: 1234.4, lastInterval } }
}

export const view = (rows: TrialRow[], rest: Partial<ProgressView> = {}, trials: number | null = 40): ProgressView => ({
  summary: summarise({
    ...input({
      id: 'mnist-stdp-small-1',
      elapsedMs: 42_000,
      definition: definition(trials === null ? { wallTimeMinutes: 10 } : { trials }),
    }),
    trials: rows,
  }),
  constraints,
  running: rows.filter(({ state }) => state === 'running'),
  interruption: 'none',
  ...rest,
})

export const busy: TrialRow[] = [
  complete(0, 0.713, 0, 8300),
  stopped(1, 0.11, { durationMs: 1200, timeSavedMs: 192_000 }),
  stopped(2, 0.09, { durationMs: 1000 }),
  training(3, 'worker 1'),
  training(4, 'worker 2', [12, 60]),
]

import type { InspectionProgress } from '../../../src-core/contracts/inspection.ts'
import { type Clock, systemClock } from '../../scheduler/clock.ts'
import { formatCount } from '../text/format.ts'

/** What takes long is told of this often. */
const everyMs = 5000

const words = {
  waiting: 'Another process converts the dataset',
  loading: 'Loading the dataset',
  training: 'Training it again',
  testing: 'Testing',
  presenting: 'Showing samples',
} as const

/** Says how far an inspector is, a line now and then; nothing of what is quick. */
export const spokenProgress = (
  say: (text: string) => void,
  clock: Pick<Clock, 'monotonicMs'> = systemClock,
): ((progress: InspectionProgress) => void) => {
  let toldMs = clock.monotonicMs()
  return ({ phase, samplesDone, samplesPlanned }) => {
    if (clock.monotonicMs() - toldMs < everyMs) return
    toldMs = clock.monotonicMs()
    say(
      samplesPlanned > 0
        ? `${words[phase]}: ${formatCount(samplesDone)} of ${formatCount(samplesPlanned)}`
        : words[phase],
    )
  }
}

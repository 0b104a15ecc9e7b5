import type { OptimiserQuestions } from '../../src-core/contracts/optimiser.ts'
import type { Ask, PendingTrial } from '../../src-core/optimiser/optimiser.ts'
import { slimFinished, slimPending } from '../../src-core/optimiser/slimTrial.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { FinishedTrial, TrialNumber } from '../../src-core/trial/trial.ts'
import { AskedThread } from '../workers/askedThread.ts'
import type { OptimiserHost, OptimiserListener, OptimiserService } from './optimiserService.ts'

/** Told trials in one message: copying them takes less than a millisecond of the main thread. */
const trialsPerMessage = 100

/** Optimisers that think in threads of this process; `file` is what such a thread runs. */
export const createOptimiserThreadHost = (file: URL): OptimiserHost => ({
  start: (definition, told, listener) => new OptimiserThread(file, definition, told, listener),
})

class OptimiserThread implements OptimiserService {
  readonly #thread: AskedThread<OptimiserQuestions>

  constructor(file: URL, definition: StudyDefinition, told: readonly FinishedTrial[], listener: OptimiserListener) {
    this.#thread = new AskedThread(file, 'optimiser', {
      who: 'its thread',
      ended: ({ message }) => {
        listener.failed(message)
      },
    })
    this.#thread.tell('start', definition)
    const parts = Array.from({ length: Math.ceil(told.length / trialsPerMessage) }, (_, part) =>
      told.slice(part * trialsPerMessage, (part + 1) * trialsPerMessage),
    )
    this.#thread.tellInTurns('tell', parts)
  }

  tell(trial: FinishedTrial): void {
    this.#thread.tell('tell', [slimFinished(trial)])
  }

  ask(number: TrialNumber, pending: readonly PendingTrial[]): Promise<Ask> {
    return this.#thread.ask('ask', { number, pending: pending.map(slimPending) })
  }

  async close(): Promise<void> {
    await this.#thread.terminate(new Error('the optimiser was closed'))
  }
}

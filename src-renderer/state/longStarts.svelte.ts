import type { WrittenDefinition } from '../../src-core/contracts/window/setupCalls.ts'
import type { Estimate } from '../../src-core/study/estimate.ts'
import { isOfDays } from '../../src-core/study/longStudy.ts'

/** Something that is to be started. */
interface Startable {
  readonly name: string
  readonly written: WrittenDefinition
  /** Of the definition as it is; null: it has to be measured. */
  readonly estimate: Estimate | null
  /** It is known to take days on a workstation. */
  readonly knownLong: boolean
  /** Opens it to be changed; null: it is open already, or there already. */
  readonly edit: (() => void) | null
}

/** A start that waits for a yes. */
export interface LongStart extends Startable {
  /** The same while it is the same start that waits. */
  readonly key: object
  readonly measuring: boolean
  answer(begin: boolean): void
}

/** Asks before something of days is started, whatever it is and whoever starts it. */
export class LongStarts {
  question = $state.raw<LongStart | null>(null)

  /** Whether it is to be started: at once where it is short, or where nobody can say how long it takes. */
  async allow(what: Startable): Promise<boolean> {
    const isLong = (estimate: Estimate): boolean => what.knownLong || isOfDays(estimate)
    if (what.estimate !== null && !isLong(what.estimate)) return true
    this.question?.answer(false)
    const key = {}
    return new Promise((resolve) => {
      const waits = (): boolean => this.question?.key === key
      const answer = (begin: boolean): void => {
        if (waits()) this.question = null
        resolve(begin)
      }
      const ask = (estimate: Estimate | null, measuring: boolean): void => {
        this.question = { ...what, key, estimate, measuring, answer }
      }
      if (what.knownLong || what.estimate !== null) ask(what.estimate, what.estimate === null)
      if (what.estimate !== null) return
      const measure = async (): Promise<void> => {
        const { lengthHere } = await import('../editor/estimateHere.ts')
        const length = await lengthHere(what.written, () => ask(null, true))
        if (length.kind === 'short' && !what.knownLong) answer(true)
        // It was answered meanwhile.
        else if (!waits() && length.kind === 'estimated') return
        else if (length.kind === 'estimated' && isLong(length.estimate)) ask(length.estimate, false)
        else if (what.knownLong && waits()) ask(null, false)
        else answer(true)
      }
      void measure()
    })
  }
}

import type { ComparedStudyName } from '../../src-core/contracts/window/compareCalls.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import type { ComparedImportance } from '../../src-core/studyComparison/comparedImportance.ts'
import type { StudyComparison } from '../../src-core/studyComparison/comparison.ts'
import { call } from '../bridge/bridge.ts'

/** A running study is looked at again after so long; the others are not read again. */
const lookEveryMs = 4000

/** The studies that are compared, as they are now, and what was asked of them. */
export class ComparedStudies {
  readonly names: readonly ComparedStudyName[]
  comparison = $state.raw<StudyComparison | null>(null)
  error = $state.raw<WireError | null>(null)
  /** By folder; of those that were modelled. */
  importance = $state.raw<Readonly<Record<string, ComparedImportance>>>({})
  /** The study that is modelled now; null: none is. */
  modelling = $state<string | null>(null)
  #isWatched = false

  constructor(names: readonly ComparedStudyName[]) {
    this.names = names
  }

  /** Keeps it up to date. Returns what ends that. */
  watch(): () => void {
    this.#isWatched = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      if (!document.hidden || this.comparison === null) await this.#read()
      if (this.#isWatched) timer = setTimeout(() => void look(), lookEveryMs)
    }
    void look()
    return () => {
      this.#isWatched = false
      clearTimeout(timer)
    }
  }

  async #read(): Promise<void> {
    const answer = await call('compareStudies', { studies: [...this.names] })
    if (!this.#isWatched) return
    this.error = answer.ok ? null : answer.error
    if (answer.ok) this.comparison = answer.value
  }

  /** Models the studies, one after the other. */
  async model(): Promise<void> {
    if (this.modelling !== null) return
    for (const { summary } of this.comparison?.studies ?? []) {
      if (!this.#isWatched) break
      this.modelling = summary.id
      const answer = await call('importanceOfStudy', { id: summary.folder })
      const found = answer.ok ? answer.value : { outputs: [], problem: answer.error.message }
      this.importance = { ...this.importance, [summary.folder]: found }
    }
    this.modelling = null
  }
}

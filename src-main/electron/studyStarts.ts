import type { HookName } from '../../src-core/study/hooksSchema.ts'
import { hooksOf, StudyHooks } from '../hooks/studyHooks.ts'
import { systemClock } from '../scheduler/clock.ts'
import type { OpenStudy } from '../studies/studyService.ts'

type Hooks = readonly (readonly [name: HookName, command: readonly string[]])[]
export type HookAnswer = 'run' | 'without' | 'cancel'

interface Parts {
  /** Asks a person, outside the page, whether the programs that a study names may be run. */
  readonly ask: (study: string, hooks: Hooks) => Promise<HookAnswer>
  /** Tells a person of a hook that failed. */
  readonly failed: (message: string) => void
}

/** Starts studies here, with their hooks where a person allows them: asked at each start, as a definition may come from anyone. */
export class StudyStarts {
  readonly #parts: Parts
  readonly #hooks = new Map<string, StudyHooks>()
  readonly #finishing = new Set<Promise<void>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @returns whether it was wanted @throws what starting the study throws */
  async start(study: OpenStudy): Promise<boolean> {
    const { folder, definition } = study
    const hooks = hooksOf(definition)
    if (hooks.length > 0 && !this.#hooks.has(folder)) {
      const answer = await this.#parts.ask(definition.name, hooks)
      if (answer === 'cancel') return false
      if (answer === 'run') {
        this.#hooks.set(folder, new StudyHooks(study, { clock: systemClock, failed: this.#parts.failed }))
      }
    }
    try {
      await study.start()
    } catch (error) {
      await this.release(folder)
      throw error
    }
    void study.settled().then(() => this.release(folder))
    return true
  }

  /** Runs the hooks of a study no more, when those that are under way have ended. @returns whether it had some that were allowed */
  async release(folder: string): Promise<boolean> {
    const hooks = this.#hooks.get(folder)
    if (hooks === undefined) return false
    this.#hooks.delete(folder)
    const finishing = hooks.finish()
    this.#finishing.add(finishing)
    await finishing.finally(() => this.#finishing.delete(finishing))
    return true
  }

  /** Resolves when no hook runs any more of studies that have come to rest. */
  async finished(): Promise<void> {
    await Promise.all([...this.#hooks.keys()].map((folder) => this.release(folder)))
    await Promise.all(this.#finishing)
  }
}

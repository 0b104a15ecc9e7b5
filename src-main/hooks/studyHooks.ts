import { HookEvents } from '../../src-core/hooks/hookEvents.ts'
import type { HookInput } from '../../src-core/hooks/hookInput.ts'
import { type HookName, hookNames } from '../../src-core/study/hooksSchema.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Clock } from '../scheduler/clock.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { type RunningHook, startHook } from './runHook.ts'

type HookedStudy = Pick<OpenStudy, 'folder' | 'definition' | 'snapshot' | 'subscribe' | 'noteFailedHook'>

interface Parts {
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** Tells a person of a hook that failed. */
  readonly failed: (message: string) => void
}

/** The hooks that a definition has, by name. */
export const hooksOf = ({ hooks }: StudyDefinition): (readonly [name: HookName, command: readonly string[]])[] =>
  hookNames.flatMap((name) => {
    const command = hooks?.[name]
    return command === undefined ? [] : [[name, command] as const]
  })

/**
 * Runs the hooks of a study, one at a time, from its changes: beside the study, which waits for none of them. Of events of
 * one hook that come while another runs, the latest is told; so there are never more than three that wait.
 */
export class StudyHooks {
  readonly #study: HookedStudy
  readonly #parts: Parts
  readonly #commands: ReadonlyMap<HookName, readonly string[]>
  readonly #unsubscribe: () => void
  /** In the order in which they are run. */
  readonly #waiting = new Map<HookName, HookInput>()
  #running: RunningHook | null = null
  #work: Promise<void> | null = null

  constructor(study: HookedStudy, parts: Parts) {
    this.#study = study
    this.#parts = parts
    this.#commands = new Map(hooksOf(study.definition))
    const events = new HookEvents(study.snapshot())
    this.#unsubscribe = study.subscribe((change) => {
      for (const input of events.in(change, parts.clock.now())) this.#add(input)
    })
  }

  /** Resolves when no hook runs and none waits. */
  async settled(): Promise<void> {
    while (this.#work !== null) await this.#work
  }

  /** Hears no more of the study, and waits for the hooks that are still to be run; not for a best trial, which the end tells too. */
  async finish(): Promise<void> {
    this.#unsubscribe()
    if (this.#waiting.has('onEnd')) this.#waiting.delete('onBest')
    await this.settled()
  }

  /** Ends the hook that runs; no other is begun. */
  callOff(): void {
    this.#waiting.clear()
    this.#running?.kill()
  }

  #add(input: HookInput): void {
    if (!this.#commands.has(input.event)) return
    const before = this.#waiting.get(input.event)
    this.#waiting.delete(input.event)
    this.#waiting.set(input.event, before === undefined ? input : { ...input, skipped: before.skipped + 1 })
    this.#work ??= this.#runAll()
  }

  async #runAll(): Promise<void> {
    // Whoever tells of a change is not kept: no process is started within it.
    await Promise.resolve()
    for (const next of this.#inTurn()) await this.#run(next)
    this.#work = null
  }

  *#inTurn(): Generator<HookInput> {
    for (;;) {
      const [input] = this.#waiting.values()
      if (input === undefined) return
      this.#waiting.delete(input.event)
      yield input
    }
  }

  async #run(input: HookInput): Promise<void> {
    const { folder, definition } = this.#study
    this.#running = startHook({
      command: this.#commands.get(input.event) ?? [],
      input: `${JSON.stringify(input)}\n`,
      folder,
      timeLimitSeconds: definition.hooks?.timeLimitSeconds ?? 0,
      clock: this.#parts.clock,
    })
    const problem = await this.#running.ended
    this.#running = null
    if (problem === null) return
    const message = `The hook ${input.event} failed: ${problem}`
    this.#parts.failed(message)
    try {
      this.#study.noteFailedHook(message)
    } catch {
      // The disk may be full, or the study gone. A hook is no reason to end anything, and it was told.
    }
  }
}

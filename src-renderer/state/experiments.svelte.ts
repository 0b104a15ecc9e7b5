import type { ExperimentPreset, ShownExperiment } from '../../src-core/contracts/window/experimentCalls.ts'
import { type Answer, call, listen } from '../bridge/bridge.ts'
import type { Toasts } from './toasts.svelte.ts'

/** The experiments of the library, and what a person does with them. */
export class Experiments {
  list = $state.raw<readonly ShownExperiment[]>([])
  presets = $state.raw<readonly ExperimentPreset[]>([])
  readonly #toasts: Toasts
  /** Damaged ones are said once. */
  #said: readonly string[] = []

  constructor(toasts: Toasts) {
    this.#toasts = toasts
  }

  /** Listens to those that run. Returns what ends it. */
  connect(failed: Parameters<typeof listen>[2]): () => void {
    const unlisten = [
      listen('experimentChanged', (experiment) => this.#set(experiment), failed),
      listen(
        'experimentNoticed',
        ({ name, kind, message }) => {
          if (kind === 'done') this.#toasts.showNotice(name, message)
          else this.#toasts.showError(`Experiment ${name}`, { code: kind, message })
        },
        failed,
      ),
    ]
    return () => {
      for (const end of unlisten) end()
    }
  }

  async load(): Promise<void> {
    const presets = await call('listExperimentPresets', null)
    if (presets.ok) this.presets = presets.value
    else this.#toasts.showError('The experiments could not be read.', presets.error)
    await this.read()
  }

  /** Reads them again: other applications run experiments of the library too. */
  async read(): Promise<void> {
    const answer = await call('listExperiments', null)
    if (!answer.ok) return
    this.list = answer.value.experiments
    for (const { name, error } of answer.value.damaged) {
      if (this.#said.includes(name)) continue
      this.#said = [...this.#said, name]
      this.#toasts.showError(`The experiment ${name} could not be read.`, error)
    }
  }

  /** @returns whether it is there now */
  async start(preset: string): Promise<boolean> {
    return this.#take('The experiment could not be started.', await call('startExperiment', { preset }))
  }

  /** Puts the experiment of a file into the library, to be started there. @returns whether it is there now */
  async add(file: string): Promise<boolean> {
    const answer = await call('addExperiment', { file })
    const isAdded = this.#take('The experiment could not be opened.', answer)
    if (answer.ok) this.#toasts.showNotice(answer.value.name, 'The experiment is in the library: start it there.')
    return isAdded
  }

  async resume(name: string, remake = false): Promise<void> {
    this.#take('The experiment could not be started.', await call('resumeExperiment', { name, remake }))
  }

  async pause(name: string): Promise<void> {
    this.#take('The experiment could not be paused.', await call('pauseExperiment', { name }))
  }

  #take(failure: string, answer: Answer<'resumeExperiment'>): boolean {
    if (answer.ok) this.#set(answer.value)
    else this.#toasts.showError(failure, answer.error)
    return answer.ok
  }

  #set(experiment: ShownExperiment): void {
    const others = this.list.filter(({ name }) => name !== experiment.name)
    this.list = [...others, experiment].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  }
}

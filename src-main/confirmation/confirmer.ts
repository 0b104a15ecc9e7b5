import { planConfirmation } from '../../src-core/confirmation/plan.ts'
import type { Confirmation, ConfirmationRun, ConfirmationSettings } from '../../src-core/confirmation/confirmation.ts'
import { hasNoTests, whereTestsAre } from '../../src-core/datasets/testSamples.ts'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { Trial } from '../../src-core/trial/trial.ts'
import { confirmationsNow } from './confirmationsNow.ts'
import { ActiveConfirmation, type ActiveParts } from './activeConfirmation.ts'

interface ConfirmerParts extends Pick<ActiveParts, 'definition' | 'journal' | 'clock' | 'workerHost' | 'lanes'> {
  /** How many networks to train at the same time. */
  readonly workers: () => number
  /** @throws SpiketuneError trial-damaged */
  readonly trial: (number: number) => Trial | null
  /** A confirmation has changed, durably. */
  readonly changed: (confirmation: Confirmation) => void
}

/**
 * Confirms trials of one study, one confirmation at a time, with workers of its own: it may run beside the study, whose
 * trials then take longer. Each run is stored when it ends; what an application left unfinished can be continued.
 */
export class Confirmer {
  readonly #parts: ConfirmerParts
  /** The study, measured on the samples to test on. */
  readonly #tested: StudyDefinition
  readonly #known: Map<number, Confirmation>
  #active: ActiveConfirmation | null = null
  readonly #whenIdle: (() => void)[] = []

  constructor(parts: ConfirmerParts) {
    this.#parts = parts
    const { provenance: _provenance, objective, ...own } = parts.definition
    this.#tested = { ...own, objective: { ...objective, split: 'test' } }
    // What was running when its application died has stopped.
    this.#known = new Map(confirmationsNow(parts.journal.confirmations(), false).map((found) => [found.id, found]))
  }

  get isRunning(): boolean {
    return this.#active !== null
  }

  /** Another program holds the database: what was measured is stored when it lets go. */
  get isHeld(): boolean {
    return this.#active?.isHeld ?? false
  }

  /** The latest first. */
  list(): Confirmation[] {
    return [...this.#known.values()].sort((a, b) => b.id - a.id)
  }

  /** @throws SpiketuneError confirmation-not-possible */
  start(settings: ConfirmationSettings): Confirmation {
    this.#refuseWhileRunning()
    if (this.#parts.definition.log !== undefined) {
      throw notPossible('The study holds an imported evaluation log: nothing can be trained in it.')
    }
    this.#refuseWithoutTests()
    for (const number of settings.trials) this.#configurationOf(number)
    const confirmation: Confirmation = {
      id: Math.max(0, ...this.#known.keys()) + 1,
      startedAtMs: this.#parts.clock.now(),
      state: 'running',
      message: null,
      runs: planConfirmation(this.#parts.definition.seeds.optimiser, settings),
    }
    this.#parts.journal.confirmationBegun(confirmation)
    return this.#run(confirmation)
  }

  /** Goes on with one that stopped: its runs without an outcome. @throws SpiketuneError confirmation-not-possible */
  continue(id: number): Confirmation {
    this.#refuseWhileRunning()
    const found = this.#known.get(id)
    if (found?.state !== 'stopped') throw notPossible(`There is no confirmation ${id} that could be continued.`)
    this.#refuseWithoutTests()
    this.#parts.journal.confirmationState(id, 'running', null)
    return this.#run({ ...found, state: 'running', message: null })
  }

  /** Ends the runs under way; they are trained anew when it is continued. */
  async stop(): Promise<void> {
    await this.#active?.end('stopped', null)
  }

  /** Resolves when nothing is being confirmed. */
  settled(): Promise<void> {
    return this.#active === null ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve))
  }

  #run(confirmation: Confirmation): Confirmation {
    this.#active = new ActiveConfirmation(confirmation, {
      ...this.#parts,
      requestFor: (run, index) => this.#requestFor(run, index),
      changed: (changed) => {
        this.#known.set(changed.id, changed)
        if (changed.state !== 'running') this.#active = null
        this.#parts.changed(changed)
        if (this.#active === null) for (const resolve of this.#whenIdle.splice(0)) resolve()
      },
    })
    this.#known.set(confirmation.id, confirmation)
    void this.#active.begin(this.#parts.workers)
    this.#parts.changed(confirmation)
    return confirmation
  }

  #requestFor({ trial, seed }: ConfirmationRun, index: number): EvaluationRequest {
    return {
      trial: index,
      attempt: 1,
      definition: this.#tested,
      hyperparameters: resolveHyperparameters(this.#parts.definition, this.#configurationOf(trial)),
      seed,
      networkPath: null,
    }
  }

  #configurationOf(number: number): Trial['configuration'] {
    const trial = this.#parts.trial(number)
    if (trial === null) throw notPossible(`There is no trial ${number}.`)
    return trial.configuration
  }

  /** Arrays may have none either, which the first worker finds before it trains. */
  #refuseWithoutTests(): void {
    const { dataset } = this.#parts.definition
    if (!hasNoTests(dataset)) return
    throw notPossible(
      'Networks are confirmed on samples to test on, and the dataset of this study has none. ' +
        `${whereTestsAre(dataset)} A study that has been created keeps its dataset: start one with that definition.`,
    )
  }

  #refuseWhileRunning(): void {
    if (this.#active !== null) {
      throw notPossible('A confirmation of this study is running. Wait for its end, or stop it first.')
    }
  }
}

const notPossible = (message: string): SpiketuneError => new SpiketuneError('confirmation-not-possible', message)

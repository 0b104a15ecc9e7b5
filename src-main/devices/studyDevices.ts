import { availableParallelism } from 'node:os'
import { type StudyWorkers, usesGpusByItself, type WorkerMachine } from '../../src-core/study/workersSchema.ts'
import { findInstallation, tensorflowFolder } from '../tensorflow/installation.ts'
import { chooseLanes, type Environment } from './chooseLanes.ts'
import { LostDevices } from './lostDevices.ts'
import { type GpuReport, queryGpus } from './nvidiaSmi.ts'
import type { WorkerLane } from './workerLanes.ts'
import { programName } from '../files/programName.ts'

/** The devices of this machine, as studies use them. */
export class StudyDevices {
  readonly lost = new LostDevices()
  readonly #environment: Environment
  readonly #gpus: () => Promise<GpuReport>
  #known: WorkerMachine = { cores: availableParallelism(), gpus: [] }
  readonly #listeners = new Set<(notice: string) => void>()
  /** A notice is given once, however many studies are started. */
  readonly #given = new Set<string>()

  /** @param environment of this process */
  constructor(environment: Environment, gpus = () => queryGpus({ ...environment })) {
    this.#environment = environment
    this.#gpus = gpus
  }

  /** What `auto` comes to on this machine, as far as it has been looked at. */
  get machine(): WorkerMachine {
    return this.#known
  }

  /** Looks at the machine before anyone asks, where that tells more than the number of cores. */
  lookAhead(): void {
    if (this.#isSetUp()) void this.look({ workers: 'auto', network: { type: 'layered' } })
  }

  /**
   * Looks which GPUs there are, where that decides what a study is trained on. Without TensorFlow for them nothing is
   * waited for: only a notice may come of it.
   */
  async look(study: StudyWorkers): Promise<void> {
    if (!usesGpusByItself(study)) return
    if (!this.#isSetUp()) {
      void this.#gpus().then(({ gpus }) => {
        if (gpus.length > 0) this.#notice(notSetUp(gpus.map(({ id, name }) => `${id}, ${name}`)))
      })
      return
    }
    const { gpus, problem } = await this.#gpus()
    this.#known = { ...this.#known, gpus: gpus.map(({ id }) => id) }
    if (problem !== null) this.#notice(`${problem} ${restOf(gpus.length)}`)
  }

  /**
   * Where the workers of a study run; devices that were lost are tried again.
   * @throws {SpiketuneError} worker-unavailable when a device that it names is not there, or not set up
   */
  async chooseLanes(study: StudyWorkers): Promise<readonly WorkerLane[]> {
    await this.look(study)
    const lanes = await chooseLanes(study, this.#known, this.#environment, this.#gpus)
    for (const { device } of lanes) this.lost.forget(device)
    return lanes
  }

  /** Called with what a person should know of the devices, a sentence or two, each once. */
  subscribe(listener: (notice: string) => void): () => void {
    this.#listeners.add(listener)
    const release = this.lost.subscribe((device, reason) => {
      listener(`${device} is used no more: ${reason}. Trials go on where other workers are.`)
    })
    return () => {
      this.#listeners.delete(listener)
      release()
    }
  }

  #isSetUp(): boolean {
    return findInstallation(tensorflowFolder(this.#environment), 'cuda') !== null
  }

  #notice(text: string): void {
    if (this.#given.has(text)) return
    this.#given.add(text)
    for (const listener of this.#listeners) listener(text)
  }
}

/** For a machine without GPUs, or whoever needs none. */
export const processorOnly = (): StudyDevices =>
  new StudyDevices({}, () => Promise.resolve({ gpus: [], problem: null }))

const notSetUp = (gpus: readonly string[]): string => {
  const found = gpus.length === 1 ? 'A GPU was found that is' : 'GPUs were found that are'
  return `${found} not set up (${gpus.join('; ')}): see \`${programName} setup cuda\`. Training on the processor.`
}

const restOf = (found: number): string =>
  found === 0 ? 'Training on the processor.' : 'Training on the GPUs that answer.'

import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type InspectorHost, InspectorProcess } from './inspectorProcess.ts'

/** Six trials can be compared while one is inspected; each process takes about 200 MB. */
const processesAtMost = 7

interface Inspection {
  readonly folder: string
  readonly process: InspectorProcess
}

/** The inspectors that are open, by the number that the window gave them; of too many, the one used longest ago ends. */
export class Inspections {
  readonly #host: InspectorHost
  /** In the order of use, the last used last. */
  readonly #open = new Map<number, Inspection>()
  /** Closed before they began: the network of a trial in training takes a moment to come. */
  readonly #closedEarly = new Set<number>()

  constructor(host: InspectorHost) {
    this.#host = host
  }

  /**
   * Starts an inspector for a network of the study in `folder`.
   * @throws {SpiketuneError} inspection-ended when it was closed before it could begin
   */
  start(inspection: number, folder: string): InspectorProcess {
    if (this.#closedEarly.delete(inspection)) throw ended()
    this.#open.get(inspection)?.process.close()
    this.#open.delete(inspection)
    if (this.#open.size >= processesAtMost) this.#closeOldest()
    const process = new InspectorProcess(this.#host, `inspection-${inspection}`)
    this.#open.set(inspection, { folder, process })
    return process
  }

  /** @throws {SpiketuneError} inspection-ended when there is none of that number */
  use(inspection: number): InspectorProcess {
    const found = this.#open.get(inspection)
    if (found === undefined) throw ended()
    this.#open.delete(inspection)
    this.#open.set(inspection, found)
    return found.process
  }

  /** Ends what it is doing; one that is not open does nothing. */
  cancel(inspection: number): void {
    this.#open.get(inspection)?.process.cancel()
  }

  /** Ends it, whatever it does; one that has yet to begin never will. */
  close(inspection: number): void {
    const found = this.#open.get(inspection)
    if (found === undefined) this.#closedEarly.add(inspection)
    found?.process.close()
    this.#open.delete(inspection)
  }

  /** @param folder only those of this study; without it all */
  closeAll(folder?: string): void {
    for (const [inspection, { folder: of }] of this.#open) {
      if (folder === undefined || of === folder) this.close(inspection)
    }
    if (folder === undefined) this.#closedEarly.clear()
  }

  /** Rather one that does nothing than one that works. */
  #closeOldest(): void {
    const open = [...this.#open]
    const [oldest] = open.find(([, { process }]) => !process.busy) ?? open[0] ?? []
    if (oldest !== undefined) this.close(oldest)
  }
}

const ended = (): SpiketuneError =>
  new SpiketuneError(
    'inspection-ended',
    'This inspection has ended: it was closed, or too many were open at a time. Open it again to go on.',
  )

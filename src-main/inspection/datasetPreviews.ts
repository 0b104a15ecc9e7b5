import type { DatasetPreview } from '../../src-core/contracts/inspection.ts'
import type { Answer, Question } from '../../src-core/contracts/inspector.ts'
import type { CacheContents, CacheRequest } from '../../src-core/datasets/cacheContents.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { Clock } from '../scheduler/clock.ts'
import { type InspectorHost, InspectorProcess } from './inspectorProcess.ts'

/** A person who edits a definition asks again soon, and the process has the dataset at hand; then it goes. */
const idleMs = 30_000

/** Shows samples of datasets, and what is kept of them, by one process that comes and goes with the need. */
export class DatasetPreviews {
  readonly #host: InspectorHost
  readonly #clock: Clock
  #process: InspectorProcess | null = null
  #stopWaiting: () => void = () => undefined

  constructor(host: InspectorHost, clock: Clock) {
    this.#host = host
    this.#clock = clock
  }

  /** @throws {SpiketuneError} dataset-missing, dataset-damaged: what was found, and what to do */
  preview(definition: StudyDefinition, samples: number): Promise<DatasetPreview> {
    return this.#ask('preview', {
      definition,
      samples,
    })
  }

  /** What is kept of converted datasets, after what is to be done. @throws {SpiketuneError} folder-not-writable */
  cache(request: CacheRequest): Promise<CacheContents> {
    return this.#ask('cache', request)
  }

  async #ask<Name extends 'preview' | 'cache'>(name: Name, request: Question<Name>): Promise<Answer<Name>> {
    this.#stopWaiting()
    if (this.#process === null || this.#process.ended)
      this.#process = new InspectorProcess(this.#host, 'dataset-preview')
    const process = this.#process
    try {
      return await process.ask(name, request)
    } finally {
      if (!process.busy) this.#closeLater()
    }
  }

  close(): void {
    this.#stopWaiting()
    this.#process?.close()
    this.#process = null
  }

  #closeLater(): void {
    this.#stopWaiting()
    this.#stopWaiting = this.#clock.after(idleMs, () => {
      this.close()
    })
  }
}

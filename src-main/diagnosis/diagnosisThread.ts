import { Worker } from 'node:worker_threads'
import { modelsDiagnosisSchema } from '../../src-core/contracts/diagnosis.ts'
import type { DiagnosisRequest } from '../../src-core/contracts/diagnosis.ts'
import { saidNothing, thinkingLimits, Watchdog } from '../../src-core/time/watchdog.ts'
import type { ModelsDiagnosis } from '../../src-core/diagnostics/diagnosis.ts'

import { systemClock } from '../scheduler/clock.ts'

/**
 * Diagnoses a study elsewhere: fitting models takes seconds. The rows go there, and are here no longer.
 * @throws {Error} when it fails, or is cancelled by `signal`
 */
export type Diagnose = (request: DiagnosisRequest, signal?: AbortSignal) => Promise<ModelsDiagnosis>

/** Diagnoses each study in a thread of its own; `file` is what such a thread runs. */
export const createDiagnosisThreads =
  (file: URL): Diagnose =>
  (request, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const worker = new Worker(file, {
        name: 'diagnosis',
        execArgv: [],
        workerData: request,
        transferList: request.rows.map(({ buffer }) => buffer),
      })
      const cancel = (): void => {
        void worker.terminate()
      }
      signal?.addEventListener('abort', cancel, { once: true })
      const silent = (silentMs: number): void => {
        reject(new Error(`the diagnosis ${saidNothing(silentMs)}`))
        cancel()
      }
      const watchdog = new Watchdog(systemClock, silent, thinkingLimits)
      watchdog.start()
      worker.once('message', (message: unknown) => {
        const decoded = modelsDiagnosisSchema.safeParse(message)
        if (decoded.success) resolve(decoded.data)
        else reject(new Error('the thread sent what is no diagnosis', { cause: decoded.error }))
      })
      worker.once('messageerror', reject)
      worker.once('error', reject)
      worker.once('exit', (code) => {
        watchdog.stop()
        signal?.removeEventListener('abort', cancel)
        // Of no consequence when it has answered.
        reject(
          signal?.aborted === true ? abortError(signal) : new Error(`the diagnosis ended early (exit code ${code})`),
        )
      })
    })

const abortError = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error(String(reason)))

import type { DiagnosisQuestions, DiagnosisRequest } from '../../src-core/contracts/diagnosis.ts'
import type { ModelsDiagnosis } from '../../src-core/diagnostics/diagnosis.ts'
import { AskedThread } from '../workers/askedThread.ts'

/**
 * Diagnoses a study elsewhere: fitting models takes seconds. The rows go there, and are here no longer.
 * @throws {Error} when it fails, or is cancelled by `signal`
 */
export type Diagnose = (request: DiagnosisRequest, signal?: AbortSignal) => Promise<ModelsDiagnosis>

/** Diagnoses each study in a thread of its own; `file` is what such a thread runs. */
export const createDiagnosisThreads =
  (file: URL): Diagnose =>
  async (request, signal) => {
    signal?.throwIfAborted()
    const thread = new AskedThread<DiagnosisQuestions>(file, 'diagnosis', { who: 'the diagnosis' })
    const cancel = (): void => {
      if (signal !== undefined) void thread.terminate(abortError(signal))
    }
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      const rows = request.rows.map(({ buffer }) => buffer)
      return await thread.ask('diagnose', request, {}, rows)
    } finally {
      signal?.removeEventListener('abort', cancel)
      void thread.terminate()
    }
  }

const abortError = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error(String(reason)))

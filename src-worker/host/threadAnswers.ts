import { parentPort } from 'node:worker_threads'
import { ZodError, prettifyError } from 'zod'

/**
 * Answers every message of the application that carries an `id`, one after the other; what a request throws is its answer.
 * @param answer null: there is nothing to say
 */
export function answerRequests(answer: (message: unknown) => unknown): void {
  if (parentPort === null) throw new Error('This thread is started by Spiketune, not by hand.')
  const port = parentPort
  port.on('message', (message: { readonly id?: number }) => {
    const { id = null } = message
    try {
      const value = answer(message)
      if (id !== null) port.postMessage({ id, ok: true, value })
    } catch (error) {
      // An error of zod's own has a message for machines.
      const text =
        error instanceof ZodError ? prettifyError(error) : error instanceof Error ? error.message : String(error)
      if (id === null) throw new Error(text, { cause: error })
      port.postMessage({ id, ok: false, message: text })
    }
  })
}

import { z } from 'zod'
import {
  type CallName,
  type CallRequest,
  type CallResponse,
  type EventName,
  type EventPayload,
  type WindowBridge,
  windowCalls,
  windowEvents,
  type WireError,
  wireErrorSchema,
} from '../../src-core/contracts/window.ts'

declare global {
  interface Window {
    readonly spiketune: WindowBridge
  }
}

export type Answer<Name extends CallName> = { ok: true; value: CallResponse<Name> } | { ok: false; error: WireError }

const answerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: wireErrorSchema }),
])

const notUnderstood = (what: string, error: z.ZodError): WireError => ({
  code: 'answer-invalid',
  message: `The window did not understand ${what}. Restart Spiketune; if this stays, please report it.`,
  details: z.prettifyError(error),
})

/** Asks the main process. Never rejects: what goes wrong is a value. */
export const call = async <Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<Answer<Name>> => {
  let raw: unknown
  try {
    raw = await window.spiketune.call(name, request)
  } catch (error) {
    return { ok: false, error: { code: 'no-answer', message: `Spiketune does not answer: ${String(error)}` } }
  }
  const answer = answerSchema.safeParse(raw)
  if (!answer.success) return { ok: false, error: notUnderstood(`the answer to "${name}"`, answer.error) }
  if (!answer.data.ok) return answer.data
  const schema: z.ZodType = windowCalls[name].response
  const value = schema.safeParse(answer.data.value)
  if (!value.success) return { ok: false, error: notUnderstood(`the answer to "${name}"`, value.error) }
  return { ok: true, value: value.data as CallResponse<Name> }
}

/** Listens to a fact of the main process. Returns the unsubscribing function. */
export const listen = <Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
  failed: (error: WireError) => void,
): (() => void) => {
  const schema: z.ZodType = windowEvents[name]
  return window.spiketune.on(name, (raw) => {
    const payload = schema.safeParse(raw)
    if (payload.success) listener(payload.data as EventPayload<Name>)
    else failed(notUnderstood(`the event "${name}"`, payload.error))
  })
}

/**
 * The channel between whoever asks and whoever answers, in another thread or another process: questions that have one answer or
 * one error each, after whatever is said of them before; what is told and not answered; calling off, and the end.
 *
 * Both ends are pure: what carries the messages is given to them. Threads are of the same build, so that nothing is decoded
 * between them; processes decode messages by the schemas below, and what is in them by a `Decoding`.
 */
import { z } from 'zod'
import { SpiketuneError, errorCodes } from '../errors/spiketuneError.ts'
import { type WatchClock, Watchdog, type WatchLimits } from '../time/watchdog.ts'

/** Of what can be asked, by its name: what it is asked with, and what is answered. */
export type Questions<Q> = { readonly [Name in keyof Q]: { readonly request: unknown; readonly response: unknown } }

/** Null: of no code, for whoever asks to say what it means. */
const errorSchema = z.strictObject({
  code: z.enum(errorCodes).nullable(),
  message: z.string(),
  details: z.string().optional(),
})
type ChannelError = z.infer<typeof errorSchema>

const id = z.int().min(0)

export const askedMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ask'), id, name: z.string(), request: z.unknown() }),
  /** Has no answer. */
  z.strictObject({ type: z.literal('tell'), name: z.string(), request: z.unknown() }),
  /** Ends a question soon: it is answered by an error. */
  z.strictObject({ type: z.literal('cancel'), id }),
])
/** What whoever asks says. */
export type AskedMessage = z.infer<typeof askedMessageSchema>

export const answeredMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stream'), id, name: z.string(), value: z.unknown() }),
  z.strictObject({ type: z.literal('answer'), id, value: z.unknown() }),
  /** `id` null: nothing is answered any more. */
  z.strictObject({ type: z.literal('error'), id: id.nullable(), error: errorSchema }),
])
/** What whoever answers says. */
export type AnsweredMessage = z.infer<typeof answeredMessageSchema>

/** Decodes what comes from another process. @throws {z.ZodError} */
export interface Decoding {
  request(name: string, value: unknown): unknown
  response(name: string, value: unknown): unknown
  stream(name: string, value: unknown): unknown
}

type Schemas<Names extends string> = Readonly<Record<Names, z.ZodType>>

/** @param streams of what is said of questions before their answer */
export const decodingBy = (
  questions: Readonly<Record<string, Schemas<'request' | 'response'>>>,
  streams: Schemas<string>,
): Decoding => ({
  request: (name, value) => named(questions, name).request.parse(value),
  response: (name, value) => named(questions, name).response.parse(value),
  stream: (name, value) => named(streams, name).parse(value),
})

const named = <Value>(table: Readonly<Record<string, Value>>, name: string): Value => {
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (found === undefined) throw new Error(`nobody knows of "${name}"`)
  return found
}

/** Listens to what is said of a question before its answer. */
export type Listeners<Streams> = { readonly [Name in keyof Streams]?: (value: Streams[Name]) => void }

interface AskerOptions {
  /** @param transfer what goes over instead of being copied */
  readonly post: (message: AskedMessage, transfer: readonly ArrayBuffer[]) => void
  readonly clock: WatchClock
  /** How long it may say nothing while it has questions to answer. */
  readonly limits: WatchLimits
  /** Told that it said nothing for too long; it is for the other to end it. */
  readonly silent: (silentMs: number) => void
  /** Told that nothing is answered any more, and why, unless `close` was called before. */
  readonly broken?: (reason: Error) => void
  /** Of processes. */
  readonly decoding?: Decoding
}

interface Waiting {
  readonly name: string
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly listeners: Readonly<Record<string, ((value: unknown) => void) | undefined>>
}

/** The end that asks. */
export class Asker<Q extends Questions<Q>, Streams = object> {
  readonly #options: AskerOptions
  readonly #watchdog: Watchdog
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0
  #reason: Error | null = null

  constructor(options: AskerOptions) {
    this.#options = options
    this.#watchdog = new Watchdog(options.clock, options.silent, options.limits)
  }

  /** Why nothing is answered any more; null: it is. */
  get closed(): Error | null {
    return this.#reason
  }

  /** Something was asked that is not answered yet. */
  get isAsked(): boolean {
    return this.#waiting.size > 0
  }

  /** Says something that has no answer. */
  tell<Name extends keyof Q & string>(name: Name, request: Q[Name]['request']): void {
    if (this.#reason === null) this.#options.post({ type: 'tell', name, request }, [])
  }

  /** @throws {Error} what the question failed with, or why nothing is answered any more */
  ask<Name extends keyof Q & string>(
    name: Name,
    request: Q[Name]['request'],
    listeners: Listeners<Streams> = {},
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Q[Name]['response']> {
    if (this.#reason !== null) return Promise.reject(this.#reason)
    const question = this.#nextId++
    return new Promise<unknown>((resolve, reject) => {
      if (!this.isAsked) this.#watchdog.start()
      this.#waiting.set(question, { name, resolve, reject, listeners: listeners as Waiting['listeners'] })
      this.#options.post({ type: 'ask', id: question, name, request }, transfer)
    })
  }

  /** Calls off all that was asked. */
  cancel(): void {
    for (const question of this.#waiting.keys()) this.#options.post({ type: 'cancel', id: question }, [])
  }

  received(message: AnsweredMessage): void {
    if (this.#reason !== null) return
    if (message.type === 'error' && message.id === null) {
      this.break(errorOf(message.error))
      return
    }
    const question = message.id ?? -1
    const waiting = this.#waiting.get(question)
    if (waiting === undefined) return
    this.#watchdog.heard(false)
    if (message.type === 'stream') {
      const { decoding } = this.#options
      const { name, value } = message
      waiting.listeners[name]?.(decoding === undefined ? value : decoding.stream(name, value))
      return
    }
    this.#waiting.delete(question)
    if (!this.isAsked) this.#watchdog.stop()
    if (message.type === 'error') waiting.reject(errorOf(message.error))
    else this.#answered(waiting, message.value)
  }

  /** Nothing is answered any more, of itself. */
  break(reason: Error): void {
    if (this.#reason !== null) return
    this.close(reason)
    this.#options.broken?.(reason)
  }

  /** Ends this end: what was asked is rejected, and nothing is said or heard any more. */
  close(reason: Error): void {
    this.#reason ??= reason
    this.#watchdog.stop()
    for (const { reject } of this.#waiting.values()) reject(this.#reason)
    this.#waiting.clear()
  }

  #answered({ name, resolve, reject }: Waiting, value: unknown): void {
    try {
      resolve(this.#options.decoding === undefined ? value : this.#options.decoding.response(name, value))
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

/** A question that is being answered. */
export interface Asked<Streams> {
  /** `listener` is called when it is called off. */
  readonly onCancel: (listener: () => void) => void
  /** Says something of the question before its answer. */
  readonly stream: <Name extends keyof Streams & string>(name: Name, value: Streams[Name]) => void
}

/** Answers by name; those that return at once are answered at once, in their order. */
export type Answers<Q extends Questions<Q>, Streams = object> = {
  readonly [Name in keyof Q]: (
    request: Q[Name]['request'],
    asked: Asked<Streams>,
  ) => Q[Name]['response'] | Promise<Q[Name]['response']>
}

export interface AnsweringOptions {
  readonly post: (message: AnsweredMessage) => void
  /** Whether an error of one question ends all; one of what is told always does. */
  readonly isFatal?: boolean
  /** Of processes. */
  readonly decoding?: Decoding
  /** What is said of an error; else that of SpiketuneErrors, and the message of others. */
  readonly explain?: (error: unknown) => Error
}

/** The end that answers. `fail` ends it: an error that belongs to no question. */
export const answering = <Q extends Questions<Q>, Streams = object>(
  answers: Answers<Q, Streams>,
  { post, isFatal = false, decoding, explain }: AnsweringOptions,
): { readonly receive: (message: AskedMessage) => void; readonly fail: (error: unknown) => void } => {
  /** Who hears that a question is called off. */
  const underWay = new Map<number, (() => void)[]>()
  let hasFailed = false
  const say = (error: unknown, question: number | null): void => {
    if (hasFailed) return
    if (question === null) hasFailed = true
    post({ type: 'error', id: question, error: wireOf(explain === undefined ? error : explain(error)) })
  }
  const byName = answers as Readonly<Record<string, (request: unknown, asked: Asked<Streams>) => unknown>>
  const begin = (name: string, request: unknown, asked: Asked<Streams>): unknown =>
    named(byName, name)(decoding === undefined ? request : decoding.request(name, request), asked)

  const ask = (question: number, name: string, request: unknown): void => {
    const listeners: (() => void)[] = []
    underWay.set(question, listeners)
    const answered = (value: unknown): void => {
      underWay.delete(question)
      if (!hasFailed) post({ type: 'answer', id: question, value })
    }
    const failed = (error: unknown): void => {
      underWay.delete(question)
      say(error, isFatal ? null : question)
    }
    try {
      const value = begin(name, request, {
        onCancel: (listener) => {
          listeners.push(listener)
        },
        stream: (stream, said) => {
          post({ type: 'stream', id: question, name: stream, value: said })
        },
      })
      if (value instanceof Promise) value.then(answered, failed)
      else answered(value)
    } catch (error) {
      failed(error)
    }
  }
  const tell = (name: string, request: unknown): void => {
    try {
      const asked: Asked<Streams> = { onCancel: () => undefined, stream: () => undefined }
      const done = begin(name, request, asked)
      if (done instanceof Promise) done.catch((error: unknown) => say(error, null))
    } catch (error) {
      say(error, null)
    }
  }
  return {
    receive(message) {
      if (hasFailed) return
      if (message.type === 'ask') ask(message.id, message.name, message.request)
      else if (message.type === 'tell') tell(message.name, message.request)
      else for (const listener of underWay.get(message.id) ?? []) listener()
    },
    fail: (error) => say(error, null),
  }
}

const wireOf = (error: unknown): ChannelError => {
  const message =
    error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
  if (!(error instanceof SpiketuneError)) return { code: null, message }
  const { code, details } = error
  return details === undefined ? { code, message } : { code, message, details }
}

const errorOf = ({ code, message, details }: ChannelError): Error =>
  code === null ? new Error(message) : new SpiketuneError(code, message, { details })

import { describe, expect, it } from 'vitest'
import type { AnsweredMessage, AskedMessage } from '../../../src-core/contracts/channel.ts'
import type { Optimiser } from '../../../src-core/optimiser/optimiser.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { serveScheduler } from '../../../src-worker/optimiser/optimiserSession.ts'
import { finishedTrial, waitingTrial } from '../../core/optimiser/contract.ts'

const definition = decodeDefinition(
  `version: 2
name: session
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
space: { mapSize: { type: integer, low: 10, high: 1000 } }
budget: { trials: 10 }`,
  'session.yaml',
)
const configuration = { mapSize: 20 }

/** A session whose idle time passes when the test says so, around an optimiser that writes down what it does. */
class Bench {
  readonly log: string[] = []
  readonly replies: AnsweredMessage[] = []
  #steps: (() => void)[] = []
  readonly session = serveScheduler({
    create: () => this.#optimiser,
    post: (reply) => {
      this.log.push(reply.type)
      this.replies.push(reply)
    },
    later: (step) => this.#steps.push(step),
  })
  readonly #optimiser: Optimiser<unknown> = {
    initial: 0,
    tell: (told) => {
      this.log.push('tell')
      return (told as number) + 1
    },
    ask: (told, number) => {
      this.log.push(`ask ${number}`)
      return { kind: 'candidate', configuration, explanation: { told } }
    },
    prepare: (told) => this.#preparation(told as number),
    stillHolds: () => true,
  }

  /** Lets one turn of the event loop pass; false when nothing was left to do. */
  turn(): boolean {
    const due = this.#steps.splice(0)
    for (const step of due) step()
    return due.length > 0
  }

  *#preparation(told: number): Generator<void> {
    if (told === 4) throw new Error('not positive definite')
    try {
      for (let step = 0; step < 2; step++) {
        this.log.push(`work ${told}.${step}`)
        yield
      }
    } finally {
      this.log.push(`end ${told}`)
    }
  }
}

const ask = (id: number, number: number, ...pending: number[]): AskedMessage => ({
  type: 'ask',
  id,
  name: 'ask',
  request: { number, pending: pending.map((trial) => waitingTrial(trial, configuration)) },
})
const tell = (...numbers: number[]): AskedMessage => ({
  type: 'tell',
  name: 'tell',
  request: numbers.map((number) => finishedTrial(number, configuration, number)),
})

const started = (): Bench => {
  const bench = new Bench()
  bench.session.receive({ type: 'tell', name: 'start', request: definition })
  return bench
}

describe('between messages', () => {
  it('the optimiser works a step at a time, until there is nothing left to do', () => {
    const { session, log, turn } = bound(started())
    session.receive(tell(0, 1))
    expect(log).toEqual(['tell', 'tell'])
    while (turn());
    expect(log.slice(2)).toEqual(['work 2.0', 'work 2.1', 'end 2'])
  })

  it('a message comes before the next step, and a told trial ends work on the state before', () => {
    const { session, log, turn } = bound(started())
    session.receive(tell(0))
    turn()
    session.receive(ask(0, 1))
    session.receive(tell(1))
    turn()
    expect(log).toEqual(['tell', 'work 1.0', 'ask 1', 'answer', 'tell', 'end 1', 'work 2.0'])
  })

  it('one chain of steps is under way, however many messages come', () => {
    const { session, log, turn } = bound(started())
    for (const trial of [0, 1, 2]) session.receive(tell(trial))
    turn()
    expect(log.filter((entry) => entry.startsWith('work'))).toEqual(['work 3.0'])
  })
})

describe('an answer', () => {
  it('is sent before the next one is prepared, which is at hand when it is asked for', () => {
    const { session, log, replies } = bound(started())
    session.receive(ask(5, 1, 0))
    expect(log).toEqual(['ask 1', 'answer', 'ask 2'])
    session.receive(ask(6, 2, 0, 1))
    expect(log.slice(3)).toEqual(['answer', 'ask 3'])
    expect(replies).toMatchObject([
      { type: 'answer', id: 5 },
      { type: 'answer', id: 6 },
    ])
  })
})

describe('what goes wrong', () => {
  const only = (message: unknown) => [{ type: 'error', id: null, error: { code: null, message } }]

  it('is told, and nothing is done after it', () => {
    const { session, log, replies, turn } = bound(started())
    session.receive(tell(0))
    session.receive({ type: 'ask', id: 0, name: 'guess', request: null })
    expect(replies).toEqual(only('nobody knows of "guess"'))
    session.receive(ask(1, 1))
    while (turn());
    expect(log).toEqual(['tell', 'error'])
  })

  it('is told when the optimiser does it between messages', () => {
    const { session, replies, turn } = bound(started())
    session.receive(tell(0, 1, 2, 3))
    while (turn());
    expect(replies).toEqual(only('not positive definite'))
  })

  it('is told when a message comes before the start', () => {
    const { session, replies } = bound(new Bench())
    session.receive(tell(0))
    expect(replies).toEqual(only('the optimiser was not started'))
  })
})

/** The bench, its method ready to be taken off it. */
const bound = (bench: Bench) => ({ ...bench, turn: () => bench.turn() })

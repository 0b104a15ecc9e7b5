import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  answeredMessageSchema,
  answering,
  type AnsweringOptions,
  type Answers,
  askedMessageSchema,
  Asker,
  type Decoding,
  decodingBy,
} from '../../../src-core/contracts/channel.ts'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import { ManualClock } from '../../main/scheduler/manualClock.ts'

interface Sums {
  sum: { request: readonly number[]; response: number }
  add: { request: number; response: null }
  slow: { request: null; response: string }
  broken: { request: Error; response: null }
}
interface Steps {
  step: number
}

const schemas = {
  sum: { request: z.array(z.number()), response: z.number() },
  add: { request: z.number(), response: z.null() },
  slow: { request: z.null(), response: z.string() },
  broken: { request: z.instanceof(Error), response: z.null() },
}
const decoding = decodingBy(schemas, { step: z.number() })

/** Both ends; messages go over as copies, at once. */
const ends = (changed: Partial<Answers<Sums, Steps>> = {}, options: Partial<AnsweringOptions> = {}) => {
  const clock = new ManualClock()
  const silences: number[] = []
  const broken: string[] = []
  let total = 0
  let end: (value: string) => void = () => undefined
  const answers: Answers<Sums, Steps> = {
    sum: (numbers, { stream }) =>
      numbers.reduce((sum, number) => {
        stream('step', sum + number)
        return sum + number
      }, total),
    add(number) {
      if (number < 0) throw new Error('too little')
      total += number
      return null
    },
    slow: (_, { onCancel }) =>
      new Promise((resolve, reject) => {
        end = resolve
        onCancel(() => reject(new SpiketuneError('inspection-cancelled', 'Called off.', { details: 'by hand' })))
      }),
    broken(error) {
      throw error
    },
    ...changed,
  }
  const other = answering<Sums, Steps>(answers, {
    post: (message) => {
      asker.received(answeredMessageSchema.parse(structuredClone(message)))
    },
    ...options,
  })
  const asker = new Asker<Sums, Steps>({
    post: (message) => {
      other.receive(askedMessageSchema.parse(structuredClone(message)))
    },
    clock,
    limits: { leastMs: 1000, times: 20, unknownMs: 3000 },
    silent: (silentMs) => silences.push(silentMs),
    broken: ({ message }) => broken.push(message),
    ...(options.decoding === undefined ? {} : { decoding: options.decoding }),
  })
  return { asker, other, clock, silences, broken, end: (value: string) => end(value) }
}

describe('a question', () => {
  it('has one answer, after what is said of it before; what was told comes first', async () => {
    const { asker } = ends()
    const steps: number[] = []
    asker.tell('add', 100)
    expect(await asker.ask('sum', [1, 2, 3], { step: (sum) => steps.push(sum) })).toBe(106)
    expect(steps).toEqual([101, 103, 106])
    expect(asker.isAsked).toBe(false)
  })

  it('waits while others are answered', async () => {
    const { asker, end } = ends()
    const slow = asker.ask('slow', null)
    expect(await asker.ask('sum', [1])).toBe(1)
    expect(asker.isAsked).toBe(true)
    end('done')
    expect(await slow).toBe('done')
  })

  it('is called off', async () => {
    const { asker } = ends()
    const slow = asker.ask('slow', null)
    asker.cancel()
    await expect(slow).rejects.toMatchObject({
      code: 'inspection-cancelled',
      message: 'Called off.',
      details: 'by hand',
    })
  })

  it('fails by what it failed with: code and details where there are some, a message otherwise', async () => {
    const { asker } = ends({}, { explain: (error) => error as Error })
    const plain = await asker.ask('broken', new Error('odd')).catch((error: unknown) => error)
    expect(plain).toMatchObject({ message: 'odd' })
    expect(plain).not.toBeInstanceOf(SpiketuneError)
    expect(await asker.ask('sum', [2])).toBe(2)
  })

  it('that nobody knows of fails', async () => {
    const { asker } = ends()
    await expect(asker.ask('toString' as 'sum', [])).rejects.toThrow('nobody knows of "toString"')
  })
})

describe('between processes', () => {
  it('questions, answers and what is said before are decoded', async () => {
    const wrong: Decoding = { ...decoding, response: (name, value) => decoding.response(name, `${String(value)}!`) }
    const { asker } = ends({}, { decoding })
    expect(await asker.ask('sum', [1, 2])).toBe(3)
    await expect(asker.ask('sum', ['1'] as never)).rejects.toThrow('expected number')
    await expect(ends({}, { decoding: wrong }).asker.ask('sum', [1])).rejects.toThrow('expected number')
  })
})

describe('the end', () => {
  it('comes of what is told and fails: nothing is answered any more', async () => {
    const { asker, broken } = ends()
    const slow = asker.ask('slow', null)
    const refused = expect(slow).rejects.toThrow('too little')
    asker.tell('add', -1)
    await refused
    expect(broken).toEqual(['too little'])
    await expect(asker.ask('sum', [1])).rejects.toThrow('too little')
  })

  it('comes of any question where one is fatal, and of what fails between questions', async () => {
    const fatal = ends({}, { isFatal: true })
    await expect(fatal.asker.ask('broken', new Error('odd'))).rejects.toThrow('odd')
    expect(fatal.broken).toEqual(['odd'])
    const between = ends()
    between.other.fail(new Error('out of paper'))
    expect(between.broken).toEqual(['out of paper'])
    expect(between.asker.closed).toMatchObject({ message: 'out of paper' })
  })

  it('that was asked for rejects what waits, and is not told', async () => {
    const { asker, broken } = ends()
    const refused = expect(asker.ask('slow', null)).rejects.toThrow('closed')
    asker.close(new Error('closed'))
    await refused
    asker.break(new Error('gone'))
    expect(broken).toEqual([])
    expect(asker.closed).toMatchObject({ message: 'closed' })
  })

  it('is due when nothing was said for too long, and only while something is asked', async () => {
    const { asker, clock, silences, end } = ends()
    await clock.advance(10_000)
    expect(silences).toEqual([])
    const slow = asker.ask('slow', null)
    await clock.advance(2000)
    end('done')
    await slow
    await clock.advance(10_000)
    expect(silences).toEqual([])
    void asker.ask('slow', null)
    await clock.advance(10_000)
    expect(silences).toHaveLength(1)
  })
})

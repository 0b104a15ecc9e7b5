import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Thinking, withAsksAhead } from '../../../src-core/optimiser/asksAhead.ts'
import type { Ask, Optimiser, PendingTrial } from '../../../src-core/optimiser/optimiser.ts'
import { trialNumber, type TrialNumber } from '../../../src-core/trial/trial.ts'
import { finishedTrial, waitingTrial } from './contract.ts'

/** The numbers it was told; its answers say what they were made of, and hold while at most `lag` more are told. */
const witness = (lag: number): Optimiser<readonly number[]> => ({
  initial: [],
  tell: (state, { number }) => [...state, number],
  ask: (state, number, pending) => ({
    kind: 'candidate',
    configuration: { number },
    explanation: { told: state, pending: pending.map((trial) => trial.number) },
  }),
  stillHolds: (state, answer) =>
    answer.kind === 'candidate' && state.length - (answer.explanation['told'] as number[]).length <= lag,
})

/** The witness, and how often it was asked. */
const counted = (lag: number) => {
  const asks: number[] = []
  const inner = witness(lag)
  const ask = (state: readonly number[], number: TrialNumber, pending: readonly PendingTrial[]): Ask => {
    asks.push(number)
    return inner.ask(state, number, pending)
  }
  return { asks, ...withAsksAhead({ ...inner, ask }) }
}

const pending = (...numbers: number[]): PendingTrial[] => numbers.map((number) => waitingTrial(number, { number }))
const told = (number: number, toldOrder = 0) => finishedTrial(number, { number }, toldOrder)
const madeOf = (told: number[], pending: number[]) => expect.objectContaining({ explanation: { told, pending } }) as Ask

describe('an answer ahead', () => {
  it('is made on the state of the answer before, with that one pending, and handed out for the next number', () => {
    const { tell, ask, prepareAhead, initial, asks } = counted(1)
    const first = ask(initial, trialNumber(1), pending(0))
    const ready = prepareAhead(first.next)
    expect(asks).toEqual([1, 2])
    const { answer } = ask(tell(ready, told(0)), trialNumber(2), pending(1))
    expect(answer).toEqual(madeOf([], [0, 1]))
    expect(asks).toEqual([1, 2])
  })

  it('is dropped when it holds no more, and made anew on the present state', () => {
    const { tell, ask, prepareAhead, initial, asks } = counted(1)
    const ready = prepareAhead(ask(initial, trialNumber(2), pending(0, 1)).next)
    const { answer } = ask(tell(tell(ready, told(0)), told(1, 1)), trialNumber(3), pending(2))
    expect(answer).toEqual(madeOf([0, 1], [2]))
    expect(asks).toEqual([2, 3, 3])
  })

  it('is dropped when another number is asked for', () => {
    const { ask, prepareAhead, initial, asks } = counted(1)
    const ready = prepareAhead(ask(initial, trialNumber(1), pending(0)).next)
    expect(ask(ready, trialNumber(1), pending(0)).answer).toEqual(madeOf([], [0]))
    expect(asks).toEqual([1, 2, 1])
  })

  it('is not made with one trial under way, nor when nothing is left to try', () => {
    const { ask, prepareAhead, initial, asks } = counted(1)
    prepareAhead(ask(initial, trialNumber(0), []).next)
    expect(asks).toEqual([0])
    const exhausted = withAsksAhead<null>({
      initial: null,
      tell: () => null,
      ask: () => ({ kind: 'exhausted', reason: 'all tried' }),
      stillHolds: () => true,
    })
    expect(exhausted.ask(exhausted.initial, trialNumber(3), pending(0, 1)).next.ahead).toBeNull()
  })

  it('is not made by an optimiser that cannot say whether it holds', () => {
    const { stillHolds: _, ...silent } = witness(1)
    const { ask, initial } = withAsksAhead(silent)
    expect(ask(initial, trialNumber(1), pending(0)).next.ahead).toBeNull()
  })

  it('changes nothing by when it is prepared, in any order of tells and asks, seed 31', () => {
    const lag = fc.integer({ min: 0, max: 2 })
    const steps = fc.array(fc.record({ tells: fc.nat(3), early: fc.boolean() }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(lag, steps, (lag, steps) => {
        const answers = (early: (step: (typeof steps)[number]) => boolean): Ask[] => {
          const { tell, ask, prepareAhead, initial } = withAsksAhead(witness(lag))
          let thinking: Thinking<readonly number[]> = initial
          let underWay: number[] = []
          let toldOrder = 0
          return steps.map((step, number) => {
            const { answer, next } = ask(thinking, trialNumber(number), pending(...underWay))
            thinking = early(step) ? prepareAhead(next) : next
            underWay.push(number)
            for (const ended of underWay.slice(0, step.tells)) thinking = tell(thinking, told(ended, toldOrder++))
            underWay = underWay.slice(step.tells)
            return answer
          })
        }
        const atOnce = answers(() => true)
        expect(answers(() => false)).toEqual(atOnce)
        expect(answers(({ early }) => early)).toEqual(atOnce)
      }),
      { seed: 31 },
    )
  })
})

describe('an answer', () => {
  const answering = (answer: unknown) =>
    withAsksAhead<null>({ initial: null, tell: () => null, ask: () => answer as Ask }).ask

  it('is what storage will give back, so that a resumed study is told the same', () => {
    const explanation = { length: Infinity, noise: NaN, centre: [0.5, -0], absent: undefined, inner: new Map([[1, 2]]) }
    const { answer } = answering({ kind: 'candidate', configuration: { n: -0 }, explanation })(
      { state: null, ahead: null },
      trialNumber(0),
      [],
    )
    expect(answer).toEqual({
      kind: 'candidate',
      configuration: { n: 0 },
      explanation: { length: null, noise: null, centre: [0.5, 0], inner: {} },
    })
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
  })

  it('is what JSON holds, or a failure, whatever the explanation is, seed 32', () => {
    const anything = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withDate: true,
    })
    const explanations = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      anything,
      { noNullPrototype: true },
    )
    fc.assert(
      fc.property(explanations, (explanation) => {
        const ask = answering({ kind: 'candidate', configuration: { n: 1 }, explanation })
        let stored: unknown = null
        try {
          stored = JSON.parse(JSON.stringify(explanation))
        } catch {
          expect(() => ask({ state: null, ahead: null }, trialNumber(0), [])).toThrow()
          return
        }
        const { answer } = ask({ state: null, ahead: null }, trialNumber(0), [])
        expect(answer).toEqual({ kind: 'candidate', configuration: { n: 1 }, explanation: stored })
      }),
      { seed: 32 },
    )
  })

  it.each([
    ['a value that is no number', { kind: 'candidate', configuration: { n: NaN }, explanation: {} }],
    ['what JSON cannot hold', { kind: 'candidate', configuration: { n: 1 }, explanation: { count: 1n } }],
    ['another kind', { kind: 'perhaps' }],
  ])('with %s is a failure of the optimiser, not of the storage', (_, answer) => {
    expect(() => answering(answer)({ state: null, ahead: null }, trialNumber(0), [])).toThrow()
  })
})

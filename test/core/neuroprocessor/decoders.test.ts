import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerMargin, decodeAnswer, decoders, outputsFor } from '../../../src-core/neuroprocessor/decoders.ts'

const none = -1

describe('decodeAnswer', () => {
  it('takes the output that fired most, the first of equals, and 0 of silence', () => {
    const answer = (...fires: number[]) =>
      decodeAnswer({ decoder: 'winner', answers: 3, runSteps: 10 }, { fires, firstSteps: fires.map(() => none) })
    expect([answer(1, 3, 2), answer(1, 3, 3), answer(0, 0, 1), answer(0, 0, 0)]).toEqual([1, 1, 2, 0])
  })

  it('takes the output that fired first, the first of equals, and 0 of silence', () => {
    const answer = (...firstSteps: number[]) =>
      decodeAnswer({ decoder: 'first', answers: 3, runSteps: 10 }, { fires: [9, 9, 9], firstSteps })
    expect([answer(5, none, 2), answer(none, 4, 4), answer(0, 0, 0), answer(none, none, none)]).toEqual([2, 1, 0, 0])
  })

  it('reads one output as a share of the run, rounded', () => {
    const answer = (fires: number) =>
      decodeAnswer({ decoder: 'rate', answers: 4, runSteps: 12 }, { fires: [fires], firstSteps: [0] })
    // Classes 0..3 at 0, 4, 8 and 12 fires.
    expect([0, 1, 2, 5, 6, 9, 10, 12].map(answer)).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  })

  it('says how many outputs it needs', () => {
    expect(decoders.map((decoder) => [decoder, outputsFor({ decoder, answers: 3 })])).toEqual([
      ['winner', 3],
      ['rate', 1],
      ['first', 3],
    ])
  })

  it('is right as often as the golden networks are', () => {
    for (const [name, runSteps] of [
      ['Iris', 40],
      ['Wine', 40],
    ] as const) {
      const golden = JSON.parse(
        readFileSync(new URL(`../../golden/eons/classify${name}.json`, import.meta.url), 'utf8'),
      ) as { labels: number[]; output_counts: number[][]; accuracy_all_samples: number }
      const right = golden.output_counts.filter(
        (fires, sample) =>
          decodeAnswer({ decoder: 'winner', answers: 3, runSteps }, { fires, firstSteps: [] }) ===
          golden.labels[sample],
      )
      expect(right.length / golden.labels.length).toBe(golden.accuracy_all_samples)
    }
  })
})

describe('answerMargin', () => {
  it('is the lead of the right output in spikes, cut where it is clear', () => {
    const margin = (right: number, ...fires: number[]) =>
      answerMargin({ decoder: 'winner', answers: 3, runSteps: 20 }, { fires, firstSteps: [] }, right)
    expect([
      margin(1, 1, 3, 2),
      margin(0, 1, 3, 2),
      margin(0, 0, 0, 0),
      margin(2, 1, 0, 9),
      margin(0, 0, 0, 9),
    ]).toEqual([1, -2, 0, 3, -3])
  })

  it('is how much earlier the right output fires, silence being last of all', () => {
    const margin = (right: number, ...firstSteps: number[]) =>
      answerMargin({ decoder: 'first', answers: 3, runSteps: 10 }, { fires: [], firstSteps }, right)
    expect([margin(2, 5, none, 4), margin(0, 5, none, 4), margin(1, 9, none, 9), margin(0, none, none, none)]).toEqual([
      1, -1, -1, 0,
    ])
  })

  it('is how far a rate is from another answer', () => {
    const margin = (right: number, fires: number) =>
      answerMargin({ decoder: 'rate', answers: 4, runSteps: 12 }, { fires: [fires], firstSteps: [0] }, right)
    expect([margin(1, 4), margin(1, 5), margin(1, 6), margin(3, 0)]).toEqual([0.5, 0.25, 0, -2.5])
  })
})

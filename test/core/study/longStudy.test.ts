import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { isOfDays, isSurelyShort, trialsInADay } from '../../../src-core/study/longStudy.ts'

const hourMs = 3_600_000
const range = (mean: number) => ({ low: mean / 2, mean, high: 2 * mean })

describe('a study of days', () => {
  it('takes a day and more in the mean, or has no end', () => {
    expect(isOfDays({ totalMs: range(23.9 * hourMs) })).toBe(false)
    expect(isOfDays({ totalMs: range(24 * hourMs) })).toBe(true)
    expect(isOfDays({ totalMs: null })).toBe(true)
  })

  it('has so many trials in a day, by its workers', () => {
    expect(trialsInADay({ trialMs: range(2 * hourMs), workers: 3 })).toBe(36)
    expect(trialsInADay({ trialMs: range(7 * hourMs), workers: 1 })).toBe(3)
    expect(trialsInADay({ trialMs: range(100 * hourMs), workers: 2 })).toBe(1)
  })
})

describe('a study that is surely short', () => {
  const of = (dataset: string, rest: string) =>
    isSurelyShort(
      decodeDefinition(
        `version: 2
name: short
dataset: { name: mnist${dataset} }
network: { type: diehl-cook }
training: { algorithm: post-pre }
${rest}`,
        'test',
      ),
    )

  it('has less to do than a day at a second a sample', () => {
    // (2 x 300 + 100) s x 123 is 86,100 s of the 86,400 of a day.
    const two = 'fixed: { epochs: 2 }\nbudget:'
    expect(of(', trainSamples: 300, testSamples: 100', `${two} { trials: 123 }`)).toBe(true)
    expect(of(', trainSamples: 300, testSamples: 100', `${two} { trials: 124 }`)).toBe(false)
    expect(of(', trainSamples: 300, testSamples: 100', `${two} { trials: 123 }\nreplicates: 2`)).toBe(false)
    // The most epochs that it searches, with as many samples of the objective as of the training.
    const searched = 'space: { epochs: { type: integer, low: 1, high: 3 } }\nbudget:'
    expect(of(', trainSamples: 300', `${searched} { trials: 71 }`)).toBe(true)
    expect(of(', trainSamples: 300', `${searched} { trials: 73 }`)).toBe(false)
  })

  it('has less than a day of time, and is none where nobody knows how much there is to do', () => {
    expect(of('', 'budget: { trials: 1 }')).toBe(false)
    expect(of('', 'budget: { wallTimeMinutes: 1439 }')).toBe(true)
    expect(of('', 'budget: { wallTimeMinutes: 1440 }')).toBe(false)
  })
})

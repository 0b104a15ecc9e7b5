import { describe, expect, it } from 'vitest'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { unreadable } from '../../../src-main/library/studyOverviews.ts'
import { listedStudies } from '../../../src-renderer/components/listedStudies.ts'

/** Made one after the other. */
const summary = (number: number, archived = false): StudySummary => {
  const study = unreadable(`study-${number}`, `/studies/study-${number}`, new Error('of no interest'))
  return { ...study, createdAtMs: number, labels: { ...study.labels, archived } }
}
const many = Array.from({ length: 5000 }, (_, number) => summary(number))
const numbers = (studies: readonly StudySummary[]): number[] => studies.map(({ createdAtMs }) => createdAtMs)

describe('the list beside a study', () => {
  it('has the newest studies, and says how many there are besides', () => {
    const { studies, more } = listedStudies(many, null)
    expect(numbers(studies)).toEqual(Array.from({ length: 50 }, (_, place) => 4999 - place))
    expect(more).toBe(4950)
    expect(listedStudies(many.slice(0, 50), null).more).toBe(0)
  })

  it('has the study in view, however old, or put away', () => {
    const { studies, more } = listedStudies(many, '/studies/study-7')
    expect(numbers(studies).at(-1)).toBe(7)
    expect(studies).toHaveLength(51)
    expect(more).toBe(4949)
    const put = [summary(1), summary(2, true), summary(3, true)]
    expect(numbers(listedStudies(put, '/studies/study-2').studies)).toEqual([2, 1])
    expect(listedStudies(put, '/studies/study-2').more).toBe(0)
  })
})

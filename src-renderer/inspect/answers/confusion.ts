/** Confusion matrices: rows are labels, columns answers; a last column may hold the samples without an answer. */
import { formatPercent, formatPlural } from '../../trials/format.ts'
import type { InspectedTest } from '../../../src-core/contracts/inspection.ts'

export const normalisations = ['counts', 'rows', 'columns'] as const
export type Normalisation = (typeof normalisations)[number]

export interface Confusion {
  /** [classes][classes], or [classes][classes + 1] with a column of samples without an answer. */
  readonly counts: readonly (readonly number[])[]
  readonly classes: number
}

export const confusionOf = ({ labels, predictions }: InspectedTest, classes: number): Confusion => {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes + 1 }, () => 0))
  for (const [place, label] of labels.entries()) {
    const row = counts[label]
    const answer = predictions[place] ?? -1
    const column = answer < 0 ? classes : answer
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1
  }
  const unanswered = counts.some((row) => (row[classes] ?? 0) > 0)
  return { classes, counts: unanswered ? counts : counts.map((row) => row.slice(0, classes)) }
}

/** The matrix that a trial has stored. */
export const storedConfusion = (counts: readonly (readonly number[])[]): Confusion => ({
  counts,
  classes: counts.length,
})

/** Shares of each row (what became of a class) or column (what an answer is worth); empty ones are 0. */
export const normalised = ({ counts }: Confusion, by: Normalisation): number[][] => {
  if (by === 'counts') return counts.map((row) => [...row])
  const columns = counts[0]?.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0)) ?? []
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count, column) => {
      const whole = by === 'rows' ? total : (columns[column] ?? 0)
      return whole === 0 ? 0 : count / whole
    })
  })
}

/** At least 1, so that there is a scale. */
export const largestCount = ({ counts }: Pick<Confusion, 'counts'>): number =>
  counts.flat().reduce((most, count) => Math.max(most, count), 1)

/** What a cell says in words: its samples, and their shares of the label and of the answer. */
export const cellWords = (confusion: Confusion, label: number, answer: number): string[] => {
  const count = confusion.counts[label]?.[answer] ?? 0
  const share = (by: Normalisation): string => formatPercent(normalised(confusion, by)[label]?.[answer] ?? 0)
  return [
    `Label ${label}, ${answer < confusion.classes ? `answer ${answer}` : 'no answer'}`,
    formatPlural(count, 'sample'),
    `${share('rows')} of the label`,
    `${share('columns')} of the ${answer < confusion.classes ? 'answer' : 'samples without one'}`,
  ]
}

export const accuracyOf = ({ counts }: Confusion): number | null => {
  const total = counts.reduce((sum, row) => sum + row.reduce((own, count) => own + count, 0), 0)
  return total === 0 ? null : counts.reduce((sum, row, label) => sum + (row[label] ?? 0), 0) / total
}

interface Mistake {
  readonly label: number
  /** Null: no answer. */
  readonly answer: number | null
  readonly count: number
}

/** What is mistaken for what, most often first. */
export const commonMistakes = ({ counts, classes }: Confusion, atMost: number): Mistake[] =>
  counts
    .flatMap((row, label) => row.map((count, answer) => ({ label, answer: answer < classes ? answer : null, count })))
    .filter(({ label, answer, count }) => count > 0 && answer !== label)
    .sort((a, b) => b.count - a.count || a.label - b.label)
    .slice(0, atMost)

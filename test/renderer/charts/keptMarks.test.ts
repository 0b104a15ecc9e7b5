import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConstraintInfo, TrialRow } from '../../../src-core/progress/readModel.ts'
import { placeTrials, ScatterColumns } from '../../../src-renderer/charts/constraintPlot.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import { KeptMarks } from '../../../src-renderer/charts/keptMarks.ts'
import type { Marks } from '../../../src-renderer/charts/marks.ts'
import { TrialMarks } from '../../../src-renderer/charts/trialColumn.ts'
import { unchangedCount } from '../../../src-renderer/charts/unchanged.ts'
import { bestSoFar, HistoryColumns, historyPlot } from '../../../src-renderer/overview/historyPlot.ts'
import { mergeTrials } from '../../../src-renderer/trials/studyView.ts'
import { complete, row, running, stopped } from '../../core/progress/fixtures.ts'

const constraint: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }

/** Without room for errors where there are none, which marks that were continued may have. */
const plain = ({ count, numbers, x, y, kinds, errors }: Marks) => {
  const known = [...(errors?.x ?? []), ...(errors?.y ?? [])].some((error) => !Number.isNaN(error))
  return [
    count,
    [...numbers],
    [...x],
    [...y],
    [...kinds],
    known ? [[...(errors?.x ?? [])], [...(errors?.y ?? [])]] : null,
  ]
}

const trialOf = (number: number, kind: number, value: number): TrialRow => {
  const constraints = [{ name: constraint.name, value: value - 0.5 }]
  const replicates = { trained: 3, objectiveStandardError: value / 10, constraintStandardErrors: [value / 20] }
  if (kind === 0) return row(number)
  if (kind === 1) return running(number, 0, value)
  if (kind === 2) return row(number, { state: 'failed' })
  if (kind === 3) return { ...stopped(number, value), constraints }
  return { ...complete(number, value), constraints, ...(kind === 4 ? {} : { replicates }) }
}

/** Lists as an application has them, one after the other: of changes, and now and then of a filter. */
const histories = fc.array(
  fc.record({
    changed: fc.array(fc.tuple(fc.nat(30), fc.nat(5), fc.double({ min: 0.01, max: 1, noNaN: true })), { maxLength: 8 }),
    parity: fc.constantFrom(null, null, null, 0, 1),
  }),
  { maxLength: 12 },
)

/** What is kept comes to the same as what is made anew, after every list. */
const alike = (kept: (trials: readonly TrialRow[]) => Marks, anew: (trials: readonly TrialRow[]) => Marks): void => {
  fc.assert(
    fc.property(histories, (changes) => {
      let all: readonly TrialRow[] = []
      for (const { changed, parity } of changes) {
        all = mergeTrials(
          all,
          [...new Map(changed.map((one) => [one[0], one])).values()].map((one) => trialOf(...one)),
        )
        const shown = parity === null ? all : all.filter(({ number }) => number % 2 === parity)
        expect(plain(kept(shown))).toEqual(plain(anew(shown)))
      }
    }),
    { seed: 14, numRuns: 300 },
  )
}

describe('marks that are kept from update to update', () => {
  it('are those of a scatter that is placed anew', () => {
    const columns = new ScatterColumns(constraint, [constraint])
    alike(
      (trials) => placeTrials(trials, constraint, [constraint], { floor: 0.2, columns }).marks,
      (trials) => placeTrials(trials, constraint, [constraint], { floor: 0.2 }).marks,
    )
  })

  it('are those of a history that is placed anew, whatever its axis', () => {
    const columns = new HistoryColumns()
    const marksOf = (trials: readonly TrialRow[], its: HistoryColumns): Marks => {
      const best = bestSoFar(trials, 'time', its)
      const look = { order: 'time', best, columns: its, objective: 'accuracy' } as const
      const { marks } = historyPlot(trials, {} as ChartColours, look)
      if (marks === undefined) throw new Error('a history has marks')
      return marks
    }
    alike(
      (trials) => marksOf(trials, columns),
      (trials) => marksOf(trials, new HistoryColumns()),
    )
  })

  it('are those over any two numbers of trials', () => {
    const made = () =>
      new TrialMarks(
        ({ number }) => number / 7,
        ({ objective }) => objective ?? NaN,
      )
    const kept = made()
    alike(
      (trials) => kept.of(trials),
      (trials) => made().of(trials),
    )
  })

  it('place only what is new, and all when something else that they follow from has changed', () => {
    const marks = new KeptMarks()
    const placed: number[] = []
    const placeAll = (trials: readonly TrialRow[], by: number): void => {
      marks.of(trials, [by], (builder, from) => {
        for (const { number } of trials.slice(from)) {
          placed.push(number)
          builder.add(number, 'feasible', number, by)
        }
      })
    }
    const first = [complete(0, 0.5), complete(1, 0.6)]
    placeAll(first, 1)
    placeAll([...first, complete(2, 0.7)], 1)
    placeAll([...first, complete(2, 0.7)], 2)
    expect(placed).toEqual([0, 1, 2, 0, 1, 2])
  })
})

describe('unchangedCount', () => {
  it('counts what two lists begin with in common, each pair as it is', () => {
    const [a, b, c] = [complete(0, 0.5), complete(1, 0.6), complete(2, 0.7)]
    const [one, two] = [
      [a, b, c],
      [a, b, { ...c }],
    ]
    expect([unchangedCount(one, two), unchangedCount([a], two), unchangedCount(one, two)]).toEqual([2, 1, 2])
    expect([unchangedCount([], one), unchangedCount(one, one), unchangedCount(one, [a])]).toEqual([0, 3, 1])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { TrialColumn } from '../../../src-renderer/charts/trialColumn.ts'
import { mergeTrials } from '../../../src-renderer/trials/studyView.ts'
import { complete, row } from '../../core/progress/fixtures.ts'

describe('TrialColumn', () => {
  const accuracy = ({ objective }: TrialRow): number => objective ?? NaN

  it('has the value of every trial, whatever came before', () => {
    const lists = fc.array(fc.array(fc.tuple(fc.nat(12), fc.option(fc.double({ noNaN: true }))), { maxLength: 9 }))
    fc.assert(
      fc.property(lists, (changes) => {
        const column = new TrialColumn(accuracy)
        const inPlace = new TrialColumn(accuracy, true)
        let trials: readonly TrialRow[] = []
        for (const changed of changes) {
          const rows = changed.map(([number, objective]) =>
            objective === null ? row(number) : complete(number, objective),
          )
          trials = mergeTrials(trials, rows)
          expect([...column.of(trials)]).toEqual(trials.map(accuracy))
          expect([...inPlace.of(trials)]).toEqual(trials.map(accuracy))
        }
        const kept = trials.filter(({ number }) => number % 2 === 0)
        expect([...column.of(kept)]).toEqual(kept.map(accuracy))
        expect([...inPlace.of(kept)]).toEqual(kept.map(accuracy))
      }),
      { seed: 6 },
    )
  })

  it('is the same array while no value has changed, and another when one has', () => {
    const column = new TrialColumn(accuracy)
    const first = column.of([complete(0, 0.5), row(1)])
    expect(column.of([complete(0, 0.5), row(1, { state: 'running' })])).toBe(first)
    expect(column.of([complete(0, 0.5), complete(1, 0.6)])).not.toBe(first)
    expect([...first]).toEqual([0.5, NaN])
  })

  it('asks for the values of new rows only', () => {
    const asked: number[] = []
    const column = new TrialColumn((trial) => asked.push(trial.number))
    const trials = [complete(0, 0.5), complete(1, 0.6)]
    column.of(trials)
    column.of([...trials, complete(2, 0.7)])
    expect(asked).toEqual([0, 1, 2])
  })
})

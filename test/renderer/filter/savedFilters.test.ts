import { describe, expect, it } from 'vitest'
import { restrictionText } from '../../../src-renderer/filter/restrictionText.ts'
import {
  filtersOf,
  type SavedFilter,
  whyNotSaved,
  withoutSaved,
  withSaved,
} from '../../../src-renderer/filter/savedFilters.ts'
import { noFilter, restrictionsOf, withCategories, withRange } from '../../../src-renderer/trials/trialFilter.ts'

const named = (name: string, study: string | null): SavedFilter => ({ name, study, filter: noFilter })

describe('filters kept by name', () => {
  it('are offered by the study that they are for, before those of all', () => {
    const saved = [named('b', null), named('z', '/one'), named('a', '/two'), named('a', null)]
    expect(filtersOf(saved, '/one').map(({ name, study }) => [name, study])).toEqual([
      ['z', '/one'],
      ['a', null],
      ['b', null],
    ])
  })

  it('take the place of the one of the same name', () => {
    const again = { ...named('a', '/one'), filter: { ...noFilter, pinnedOnly: true } }
    const saved = withSaved([named('a', '/one'), named('a', null)], again)
    expect(saved).toEqual([named('a', null), again])
    expect(withoutSaved(saved, again)).toEqual([named('a', null)])
  })

  it('are refused without a name, and for all studies when trials were picked', () => {
    expect(whyNotSaved(' ', noFilter, false)).toMatch('name')
    expect(whyNotSaved('a', { ...noFilter, numbers: [1] }, true)).toMatch('this study')
    expect(whyNotSaved('a', { ...noFilter, numbers: [1] }, false)).toBeNull()
  })
})

describe('restrictions as people read them', () => {
  it('name the field and its values in the forms of the table', () => {
    const constraint = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
    const filter = {
      ...withCategories(withRange(noFilter, constraint.name, { low: 0, high: 0.05 }), 'decoder', ['all', 'vote']),
      tags: ['a', 'b', 'c', 'd', 'e'],
      numbers: [1, 2],
    }
    expect(
      restrictionsOf(filter).map((one) =>
        restrictionText(filter, one, { constraints: [constraint], limits: [], objective: 'accuracy' }),
      ),
    ).toEqual([
      'excitatory non-spiking share: 0.00\u00a0% to 5.00\u00a0%',
      'decoder: all, vote',
      '2\u00a0picked trials',
      'tags: a, b, c, 2 more',
    ])
  })
})

describe('a filter of a study of costs', () => {
  it('has readable names, and numbers as they were measured, the least first', () => {
    const filter = {
      ...noFilter,
      ranges: { objective: { low: -1204.46, high: -900 }, synapticOperationsPerSample: { low: 0, high: 20_000 } },
    }
    const limits = [
      {
        name: 'metric:synapticOperationsPerSample',
        metric: 'synapticOperationsPerSample',
        side: 'atMost',
        limit: 30_000,
      },
    ] as const
    const study = { constraints: [], limits, objective: 'spikesPerSample' } as const
    expect(restrictionsOf(filter).map((one) => restrictionText(filter, one, study))).toEqual([
      'Spikes per sample: 900.00 to 1,204.5',
      'Synaptic operations per sample: 0.0000 to 20,000',
    ])
  })
})

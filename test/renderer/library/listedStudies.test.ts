import { describe, expect, it } from 'vitest'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import { libraryColumns } from '../../../src-renderer/library/libraryColumns.ts'
import { searchedStudies, sortedStudies } from '../../../src-renderer/library/listedStudies.ts'
import { summarise } from '../../support/summarise.ts'
import { complete, input } from '../../core/progress/fixtures.ts'

const study = (id: string, objective: number | null): StudySummary =>
  summarise({ ...input({ id, folder: `/studies/${id}` }), trials: objective === null ? [] : [complete(0, objective)] })
const studies = [study('net-10', 0.5), study('Net-2', null), study('other-1', 0.75)]
const columnOf = (key: string) => {
  const column = libraryColumns.find((one) => one.key === key)
  if (column === undefined) throw new Error(`no column ${key}`)
  return column
}
const sorted = (key: string, descending: boolean): string[] =>
  sortedStudies(studies, columnOf(key), descending).map(({ id }) => id)

describe('the studies that the library lists', () => {
  it('are sorted by any column; what is not known comes last either way', () => {
    expect(sorted('name', false)).toEqual(['Net-2', 'net-10', 'other-1'])
    expect(sorted('name', true)).toEqual(['other-1', 'net-10', 'Net-2'])
    expect(sorted('best', true)).toEqual(['other-1', 'net-10', 'Net-2'])
    expect(sorted('best', false)).toEqual(['net-10', 'other-1', 'Net-2'])
    for (const column of libraryColumns) expect(sortedStudies(studies, column, false)).toHaveLength(3)
  })

  it('are those that have every word, whatever the case', () => {
    expect(searchedStudies(studies, 'NET 2').map(({ id }) => id)).toEqual(['Net-2'])
    expect(searchedStudies(studies, '  ')).toBe(studies)
    expect(searchedStudies(studies, 'nothing like it')).toEqual([])
  })
})

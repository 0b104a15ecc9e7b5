import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../src-renderer/model/csv.ts'

describe('tables as CSV', () => {
  it('quotes separators, quotes, line breaks and blanks at the ends, and nothing else', () => {
    expect(
      csvText(
        ['a', 'b, c'],
        [
          [1.25, 'plain text'],
          [null, 'says "no"'],
          [NaN, ' x'],
        ],
      ),
    ).toBe('a,"b, c"\n1.25,plain text\n,"says ""no"""\n," x"\n')
    expect(csvText(['a'], [['b,c'], ['d\te']], '\t')).toBe('a\nb,c\n"d\te"\n')
  })

  it('is read back by a CSV reader as it was', () => {
    const rows = [
      ['a note\nof two lines', '0.1'],
      ['"', ''],
      ['ä, ö', ' 7 '],
    ]
    expect(parse(csvText(['first', 'second'], rows))).toEqual([['first', 'second'], ...rows])
  })

  it('writes numbers in full', () => {
    expect(csvText(['x'], [[0.1 + 0.2], [1e-7], [-0]])).toBe('x\n0.30000000000000004\n1e-7\n0\n')
  })
})

import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { asWritten } from '../../../src-core/values/formulaText.ts'
import { csvText } from '../../../src-core/tables/csvText.ts'

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

  it('writes no formula that a spreadsheet would run, and gives back the same texts', () => {
    const texts = [
      '=1+1',
      '+cmd|x',
      '-1+2',
      '@SUM(1)',
      '\t=1',
      '\r=1',
      "'=1",
      "''@",
      "'plain",
      "it's",
      '-',
      '-5e-3',
      '',
    ]
    const text = csvText(
      ['=head'],
      texts.map((one) => [one]),
    )
    const cells = parse(text, { skip_empty_lines: false }).map(([cell = '']) => cell)
    expect(cells).toEqual([
      "'=head",
      ...[
        "'=1+1",
        "'+cmd|x",
        "'-1+2",
        "'@SUM(1)",
        "'\t=1",
        "'\r=1",
        "''=1",
        "'''@",
        "'plain",
        "it's",
        "'-",
        '-5e-3',
        '',
      ],
    ])
    expect(cells.slice(1).map(asWritten)).toEqual(texts)
    expect(csvText(['a'], [[-5], [-Infinity]])).toBe('a\n-5\n-Infinity\n')
  })

  it('writes numbers in full', () => {
    expect(csvText(['x'], [[0.1 + 0.2], [1e-7], [-0]])).toBe('x\n0.30000000000000004\n1e-7\n0\n')
  })
})

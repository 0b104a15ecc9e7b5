import { describe, expect, it } from 'vitest'
import { decimalNumber, problemOfNames, separatorOf } from '../../../src-core/tables/separatedText.ts'

describe('separatorOf', () => {
  it.each([
    ['a,b,c\n1;2;3;4', ','],
    ['a;b\n1,5;2', ';'],
    ['a\tb,c\td\r1,2,3', '\t'],
    ['"a,b,c";d\n', ';'],
    ['"a\nb,c";d', ';'],
    ['1,5;2,5;u', ';'],
    ['one', ','],
    ['', ','],
  ])('of %j is %j', (text, separator) => {
    expect(separatorOf(text)).toBe(separator)
  })
})

describe('decimalNumber', () => {
  it.each([
    ['1', 1],
    ['-1.5e3', -1500],
    ['+,5', 0.5],
    ['2,', 2],
    ['1e400', Infinity],
  ])('reads %j', (cell, value) => {
    expect(decimalNumber(cell)).toBe(value)
  })

  it.each(['', '.', ',', 'e5', '0x10', 'nan', 'Infinity', '1.5,2', '1,5.2', '1 5', '--1'])(
    'finds none in %j',
    (cell) => {
      expect(decimalNumber(cell)).toBeNaN()
    },
  )
})

describe('problemOfNames', () => {
  it('is what is wrong first, if anything', () => {
    expect(problemOfNames(['a', '0', 'species'])).toBeNull()
    expect(problemOfNames(['a'])).toBeNull()
    expect(problemOfNames(['7', '0,5', 'u'])).toMatch('its first line has numbers')
    expect(problemOfNames(['', 'a', 'b'])).toMatch('column 1 has no name')
    expect(problemOfNames(['a', 'b', 'a'])).toBe('its line of names has a twice')
  })
})

import { describe, expect, it } from 'vitest'
import { jsonPieces, printJson } from '../../../src-main/cli/text/jsonText.ts'

describe('JSON a part at a time', () => {
  it('reads as that of the whole, with what a generator makes as a list', () => {
    const value = {
      a: 1,
      gone: undefined,
      list: [{ b: [null, 'ü"'] }, 2],
      none: [],
      empty: {},
      deep: { c: { d: [true] } },
      n: null,
    }
    expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value))
    const list = function* (): Generator<number> {
      yield 1
      yield 2
    }
    expect([...jsonPieces({ list: list() })].join('')).toBe('{"list":[1,2]}')
  })

  it('never holds much of a long list', async () => {
    const written: string[] = []
    const terminal = {
      write: (text: string) => Promise.resolve(void written.push(text)),
      print: (text: string) => void written.push(text),
    }
    const value = { numbers: Array.from({ length: 50_000 }, (_, index) => index) }
    await printJson(terminal, value)
    expect(JSON.parse(written.join(''))).toEqual(value)
    expect(Math.max(...written.map(({ length }) => length))).toBeLessThan(70_000)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failureReasonSchema } from '../../../src-core/trial/measurement.ts'
import { exitCodeOf, exitCodes, signalExitCodes } from '../../../src-main/cli/exitCodes.ts'
import { jsonLineSchema } from '../../../src-main/cli/progress/jsonLines.ts'

const document = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')

/** The first column of the tables of a document, and what stands beside it. */
const rowsOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^\| `?([^|`]+?)`? +\| (.+) \|$/gm)].map(([, key = '', rest = '']) => [key, rest]))

describe('docs/errors.md', () => {
  const rows = rowsOf(document('errors.md'))

  it.each(Object.keys(exitCodeOf))('says what the error %s means and what to do', (code) => {
    expect(
      rows
        .get(code)
        ?.split('|')
        .map((cell) => cell.trim().length > 10),
    ).toEqual([true, true])
  })

  it.each(failureReasonSchema.options)('says what the failure %s means and what to do', (reason) => {
    expect(rows.get(reason)?.split('|')).toHaveLength(2)
  })
})

describe('docs/security.md', () => {
  const table = [...document('security.md').matchAll(/^\| (\d+)\. .+\| `(.+)` +\|$/gm)]
  const tests = readFileSync(new URL('../../window/hardening.test.ts', import.meta.url), 'utf8')

  it('names a test for each of the twenty items of Electron’s checklist, which says the number', () => {
    expect(table.map(([, item]) => Number(item))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    for (const [, item = '', title = ''] of table) {
      if (title.endsWith('.test.ts')) expect(existsSync(title), title).toBe(true)
      else expect(tests, `${item}: ${title}`).toMatch(new RegExp(`it\\('(\\d+, )*${item}(, \\d+)*: ${title}'`))
    }
  })
})

describe('docs/command-line.md', () => {
  const rows = rowsOf(document('command-line.md'))

  it('lists every exit code', () => {
    const listed = [...rows.keys()].flatMap((key) => key.split(', ')).filter((key) => /^\d+$/.test(key))
    const used = [...Object.values(exitCodes), ...Object.values(signalExitCodes)]
    expect(listed.map(Number).sort()).toEqual([...new Set(used)].sort())
  })

  it.each(jsonLineSchema.options.map((option) => [option.shape.type.value, Object.keys(option.shape)] as const))(
    'describes the JSON line %s with its fields',
    (type, fields) => {
      for (const field of fields.filter((name) => name !== 'type')) expect(rows.get(type)).toContain(`\`${field}\``)
    },
  )
})

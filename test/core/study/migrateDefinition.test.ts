import { describe, expect, it } from 'vitest'
import { migrateDefinition } from '../../../src-core/study/migrateDefinition.ts'
import type { Migration } from '../../../src-core/study/migrateDefinition.ts'

const migrations: Readonly<Record<number, Migration>> = {
  1: ({ title, ...rest }) => ({ ...rest, name: title }),
  2: (definition) => ({ ...definition, seeds: {} }),
}

describe('migrateDefinition', () => {
  it('goes from version to version up to the newest', () => {
    const third = { version: 3, name: 'a', seeds: {} }
    expect(migrateDefinition({ version: 1, title: 'a' }, migrations, 3)).toEqual({ value: third })
    expect(migrateDefinition({ version: 2, name: 'a' }, migrations, 3)).toEqual({ value: third })
    expect(migrateDefinition(third, migrations, 3)).toEqual({ value: third })
  })

  it('does not know a newer version', () => {
    expect(migrateDefinition({ version: 4 }, migrations, 3)).toBeNull()
  })

  it.each([{ version: 0 }, { version: '1' }, { version: 1.5 }, {}, null, 'text', [1]])(
    'leaves %j to the schema, which refuses it',
    (value) => {
      expect(migrateDefinition(value, migrations, 3)).toEqual({ value })
    },
  )
})

import { describe, expect, it } from 'vitest'
import { editableYaml } from '../../../src-core/study/yamlSource.ts'
import { emptyDefinition, nameIn } from '../../../src-renderer/editor/draft.ts'

const nameOf = (yaml: string): string | undefined => nameIn(editableYaml(yaml)?.toJS())

describe('the name of a draft', () => {
  it('is what its definition says, right or wrong; none where it has none', () => {
    expect(nameOf(emptyDefinition)).toBe('new-study')
    expect(nameOf(emptyDefinition.replace('new-study', "'By Hand '"))).toBe('By Hand')
    expect(nameOf(emptyDefinition.replace('new-study', ''))).toBeUndefined()
    expect([nameIn({ name: 7 }), nameIn({ name: ' ' }), nameIn(null)]).toEqual([undefined, undefined, undefined])
  })
})

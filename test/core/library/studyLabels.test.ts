import { describe, expect, it } from 'vitest'
import {
  changedLabels,
  labelProblem,
  noLabels,
  studyLabelsSchema,
  tagProblem,
  titleProblem,
  undoing,
} from '../../../src-core/library/studyLabels.ts'

describe('what people say of a study', () => {
  it('changes what is named and keeps the rest; tags are each there once, without space around them', () => {
    const one = changedLabels(noLabels, { title: '  Figure 3,   seed 1 ', addTags: [' paper ', 'paper', 'größe ✓'] })
    expect(one).toEqual({ title: 'Figure 3, seed 1', tags: ['paper', 'größe ✓'], note: '', archived: false })
    const two = changedLabels(one, { archived: true, removeTags: ['paper '], addTags: ['new'] })
    expect(two).toEqual({ ...one, tags: ['größe ✓', 'new'], archived: true })
    expect(studyLabelsSchema.parse(two)).toEqual(two)
    expect(new Set(changedLabels(two, undoing(one, two)).tags)).toEqual(new Set(one.tags))
    expect(changedLabels(two, undoing(one, two))).toMatchObject({ title: one.title, archived: false })
    expect(changedLabels(one, { title: ' ' }).title).toBe('')
  })

  it('says what is wrong with names and tags that are empty, too long, or cannot be seen', () => {
    expect(titleProblem('a'.repeat(120))).toBeNull()
    expect(titleProblem('a'.repeat(121))).toContain('at most 120')
    expect(titleProblem('two\nlines')).toContain('one line')
    expect(titleProblem('turned \u202e round')).toContain('cannot be seen')
    expect(titleProblem('../etc/passwd <b>"quoted"</b>')).toBeNull()
    expect(tagProblem(' ')).toContain('empty')
    expect(tagProblem('a,b')).toContain('comma')
    expect(tagProblem('x'.repeat(65))).toContain('at most 64')
    expect(tagProblem('a\tb')).toContain('one line')
    expect(labelProblem({ note: 'n'.repeat(100_001) })).toContain('note')
    expect(labelProblem({ addTags: ['good', ''] })).toContain('empty')
    expect(labelProblem({ title: 'good', addTags: ['good'] })).toBeNull()
  })
})

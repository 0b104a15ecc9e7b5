import { describe, expect, it } from 'vitest'
import { clicked, nothingChosen, pressed, type StudyChoice } from '../../../src-renderer/library/studyChoice.ts'

const folders = ['a', 'b', 'c', 'd', 'e', 'f']
const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
const shift = { ...none, shiftKey: true }
const control = { ...none, ctrlKey: true }
const chosenIn = (choice: StudyChoice | null): string => [...(choice?.chosen ?? [])].join('')
const press = (choice: StudyChoice, key: string, held = none, perRow = 1): StudyChoice | null =>
  pressed(choice, { folders, perRow, perPage: 3 }, { key, ...held })

describe('which studies of the library are chosen', () => {
  it('is by clicks as in lists of files', () => {
    const b = clicked(nothingChosen, folders, 'b', none)
    expect(chosenIn(b)).toBe('b')
    const range = clicked(b, folders, 'd', shift)
    expect(chosenIn(range)).toBe('bcd')
    expect(chosenIn(clicked(range, folders, 'a', shift))).toBe('ab')
    const more = clicked(range, folders, 'f', control)
    expect(chosenIn(more)).toBe('bcdf')
    expect(chosenIn(clicked(more, folders, 'c', control))).toBe('bdf')
    expect(chosenIn(clicked(nothingChosen, folders, 'c', shift))).toBe('c')
    expect(chosenIn(clicked(more, folders, 'e', none))).toBe('e')
  })

  it('is by keys: arrows and pages choose one, with Shift a range, Space single ones, Ctrl+A all, Escape none', () => {
    const first = press(nothingChosen, 'ArrowDown') ?? nothingChosen
    expect(chosenIn(first)).toBe('a')
    const range = press(press(first, 'ArrowDown', shift) ?? first, 'ArrowDown', shift) ?? first
    expect(chosenIn(range)).toBe('abc')
    expect(chosenIn(press(range, 'ArrowUp', shift))).toBe('ab')
    expect(chosenIn(press(range, 'PageDown'))).toBe('f')
    const moved = press(range, 'End', control) ?? range
    expect([chosenIn(moved), moved.at]).toEqual(['abc', 'f'])
    expect(chosenIn(press(moved, ' '))).toBe('abcf')
    expect(chosenIn(press(first, 'a', control))).toBe('abcdef')
    expect(chosenIn(press(range, 'Escape'))).toBe('')
    expect(press(nothingChosen, 'Escape')).toBeNull()
    expect(press(first, 'x')).toBeNull()
  })

  it('is among cards by rows and columns', () => {
    const at = (choice: StudyChoice | null): string | null => choice?.at ?? null
    const b = clicked(nothingChosen, folders, 'b', none)
    expect(at(press(b, 'ArrowDown', none, 3))).toBe('e')
    expect(at(press(b, 'ArrowRight', none, 3))).toBe('c')
    expect(at(press(b, 'ArrowUp', none, 3))).toBe('a')
    expect(press(b, 'ArrowRight')).toBeNull()
    expect(at(press(nothingChosen, 'ArrowDown', none, 3))).toBe('a')
  })
})

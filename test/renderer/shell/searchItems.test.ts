import { describe, expect, it } from 'vitest'
import { searchItems, searchScore } from '../../../src-renderer/shell/searchItems.ts'

const search = (query: string): string[] =>
  searchItems(
    ['Export the best configuration…', 'Stop the study…', 'Select the best trial', 'Dark theme'],
    query,
    (text) => text,
  )

describe('search', () => {
  it('keeps everything in its order for an empty query', () => {
    expect(search('')).toHaveLength(4)
    expect(search('')[0]).toBe('Export the best configuration…')
  })

  it('wants every word, and prefers the beginnings of words', () => {
    expect(search('best se')).toEqual(['Select the best trial'])
    expect(search('th')[0]).toBe('Export the best configuration…')
    expect(searchScore('Stop the study', 'stop')).toBeGreaterThan(searchScore('Nonstop study', 'stop') ?? Infinity)
  })

  it('finds letters in order, and nothing out of order', () => {
    expect(search('drkth')).toEqual(['Dark theme'])
    expect(search('krad')).toEqual([])
  })
})

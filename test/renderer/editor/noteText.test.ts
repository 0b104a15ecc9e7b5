import { describe, expect, it } from 'vitest'
import { notePieces } from '../../../src-renderer/editor/noteText.ts'

describe('a note on a device', () => {
  it('is text and commands', () => {
    expect(notePieces('Not set up: `npx spiketune setup cuda` installs it.')).toEqual([
      { text: 'Not set up: ', command: false },
      { text: 'npx spiketune setup cuda', command: true },
      { text: ' installs it.', command: false },
    ])
  })

  it('may begin or end with a command, or have none', () => {
    expect(notePieces('`a` and `b`').map(({ command }) => command)).toEqual([true, false, true])
    expect(notePieces('plain')).toEqual([{ text: 'plain', command: false }])
    expect(notePieces('')).toEqual([])
  })

  it('keeps a backtick that is alone', () => {
    expect(notePieces('it says `x')).toEqual([
      { text: 'it says ', command: false },
      { text: '`x', command: false },
    ])
  })
})

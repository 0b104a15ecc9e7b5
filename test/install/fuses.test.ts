import { describe, expect, it } from 'vitest'
import { fuse, packagedFuses, readFuses, setFuses } from '../../resources/install/electron/fuses.mjs'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A binary with a fuse wire in its middle. */
const binary = (wire: string, version = 1): Buffer => {
  const head = Buffer.from([version, wire.length])
  return Buffer.concat([Buffer.from(`code${sentinel}`), head, Buffer.from(`${wire}more code`)])
}

describe('setFuses', () => {
  it('sets the named fuses and touches nothing else', () => {
    const content = binary('10100110')
    setFuses(content, [
      [fuse.nodeCliInspect, true],
      [fuse.browserProcessSpecificV8Snapshot, false],
    ])
    expect(content).toEqual(binary('10110100'))
  })

  it('leaves a fuse that is already right', () => {
    const content = binary('0001')
    setFuses(content, [[fuse.nodeCliInspect, true]])
    expect(content).toEqual(binary('0001'))
  })

  it('refuses a file without a fuse wire', () => {
    expect(() => setFuses(Buffer.from('some program'), [[0, true]])).toThrow(/no fuse wire/)
  })

  it('refuses a wire of another version', () => {
    expect(() => setFuses(binary('0000', 2), [[0, true]])).toThrow(/version 2/)
  })

  it('refuses a fuse that the binary does not have, or that was removed', () => {
    expect(() => setFuses(binary('0000'), [[4, true]])).toThrow(/no fuse 4/)
    expect(() => setFuses(binary('00r0'), [[2, true]])).toThrow(/removed/)
  })
})

describe('the fuses of a package', () => {
  it('are run as Node and the archive only; NODE_OPTIONS, --inspect and privileges of file: are off', () => {
    const content = binary('10110001')
    setFuses(content, packagedFuses)
    expect(readFuses(content)).toBe('10000100')
  })
})

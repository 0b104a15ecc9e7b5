// Electron's fuses: switches in the binary itself, one byte each, behind a sentinel. Layout after
// https://www.electronjs.org/docs/latest/tutorial/fuses and @electron/fuses 1.8: sentinel, version byte, length byte, then
// one byte per fuse, '0' off, '1' on, 'r' removed.
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
const supportedVersion = 1

/** The fuses by their index in the wire, as far as they are changed here. */
export const fuse = /** @type {const} */ ({ nodeCliInspect: 3, browserProcessSpecificV8Snapshot: 6 })

/**
 * Sets fuses in an Electron binary, in place.
 *
 * @param {Buffer} binary the whole executable
 * @param {readonly (readonly [index: number, on: boolean])[]} settings
 * @returns {void}
 * @throws {RangeError} when the binary has no fuse wire, another version of it, or not these fuses
 */
export const setFuses = (binary, settings) => {
  const found = binary.indexOf(sentinel)
  if (found < 0) throw new RangeError('the binary has no fuse wire: it is not an Electron binary')
  const wire = found + sentinel.length
  const [version, length] = [binary[wire], binary[wire + 1] ?? 0]
  if (version !== supportedVersion)
    throw new RangeError(`the fuse wire has version ${version}, not ${supportedVersion}`)
  for (const [index, on] of settings) {
    const at = wire + 2 + index
    if (index >= length) throw new RangeError(`the fuse wire has ${length} fuses: there is no fuse ${index}`)
    if (binary[at] !== 0x30 && binary[at] !== 0x31) throw new RangeError(`fuse ${index} was removed from this binary`)
    binary[at] = on ? 0x31 : 0x30
  }
}

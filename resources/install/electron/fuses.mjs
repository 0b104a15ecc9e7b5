// Electron's fuses: switches in the binary itself, one byte each, behind a sentinel. Layout after
// https://www.electronjs.org/docs/latest/tutorial/fuses and @electron/fuses 1.8: sentinel, version byte, length byte, then
// one byte per fuse, '0' off, '1' on, 'r' removed.
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
const supportedVersion = 1

/** The fuses by their index in the wire. */
export const fuse = /** @type {const} */ ({
  runAsNode: 0,
  cookieEncryption: 1,
  nodeOptions: 2,
  nodeCliInspect: 3,
  asarIntegrity: 4,
  onlyLoadAppFromAsar: 5,
  browserProcessSpecificV8Snapshot: 6,
  fileProtocolPrivileges: 7,
})

/**
 * The fuses of a packaged Spiketune (docs/security.md, item 19).
 *
 * @type {readonly (readonly [index: number, on: boolean])[]}
 */
export const packagedFuses = [
  // The terminal and its workers run in the packaged runtime.
  [fuse.runAsNode, true],
  // No page has a cookie, and turning this on makes the system ask for the key of its key ring.
  [fuse.cookieEncryption, false],
  [fuse.nodeOptions, false],
  [fuse.nodeCliInspect, false],
  // Electron looks at it on macOS and Windows only.
  [fuse.asarIntegrity, false],
  [fuse.onlyLoadAppFromAsar, true],
  [fuse.browserProcessSpecificV8Snapshot, false],
  // The page is served as app://spiketune.
  [fuse.fileProtocolPrivileges, false],
]

/**
 * Sets fuses in an Electron binary, in place.
 *
 * @param {Buffer} binary the whole executable
 * @param {readonly (readonly [index: number, on: boolean])[]} settings
 * @returns {void}
 * @throws {RangeError} when the binary has no fuse wire, another version of it, or not these fuses
 */
export const setFuses = (binary, settings) => {
  const { start, length } = wireOf(binary)
  for (const [index, on] of settings) {
    const at = start + index
    if (index >= length) throw new RangeError(`the fuse wire has ${length} fuses: there is no fuse ${index}`)
    if (binary[at] !== 0x30 && binary[at] !== 0x31) throw new RangeError(`fuse ${index} was removed from this binary`)
    binary[at] = on ? 0x31 : 0x30
  }
}

/**
 * @param {Buffer} binary the whole executable
 * @returns {string} one character a fuse: `1` on, `0` off, `r` removed
 * @throws {RangeError} when the binary has no fuse wire, or another version of it
 */
export const readFuses = (binary) => {
  const { start, length } = wireOf(binary)
  return binary.toString('latin1', start, start + length)
}

/**
 * @param {Buffer} binary
 * @returns {{ start: number, length: number }} where the fuses lie
 */
const wireOf = (binary) => {
  const found = binary.indexOf(sentinel)
  if (found < 0) throw new RangeError('the binary has no fuse wire: it is not an Electron binary')
  const wire = found + sentinel.length
  const [version, length] = [binary[wire], binary[wire + 1] ?? 0]
  if (version !== supportedVersion)
    throw new RangeError(`the fuse wire has version ${version}, not ${supportedVersion}`)
  return { start: wire + 2, length }
}

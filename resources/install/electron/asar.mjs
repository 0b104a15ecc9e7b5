/**
 * Packs a few files into an asar archive, the format that Electron reads as a folder: a 16-byte prologue of two Chromium
 * pickles (sizes, little endian), the directory as JSON padded to 4 bytes, then the files one after another
 * (https://github.com/electron/asar, "Format").
 *
 * @param {Readonly<Record<string, Buffer>>} files contents by name, no folders
 * @returns {Buffer}
 */
export const packAsar = (files) => {
  let offset = 0
  /** @type {Record<string, { size: number, offset: string }>} */
  const directory = {}
  for (const [name, content] of Object.entries(files)) {
    directory[name] = { size: content.length, offset: String(offset) }
    offset += content.length
  }
  const json = Buffer.from(JSON.stringify({ files: directory }))
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4)
  json.copy(padded)
  const prologue = Buffer.alloc(16)
  prologue.writeUInt32LE(4, 0)
  prologue.writeUInt32LE(padded.length + 8, 4)
  prologue.writeUInt32LE(padded.length + 4, 8)
  prologue.writeUInt32LE(json.length, 12)
  return Buffer.concat([prologue, padded, ...Object.values(files)])
}

/**
 * Packs files into an asar archive, the format that Electron reads as a folder: a 16-byte prologue of two Chromium
 * pickles (sizes, little endian), the directory as JSON padded to 4 bytes, then the files one after another
 * (https://github.com/electron/asar, "Format"). What is unpacked stands in the directory alone, and lies in a folder beside the
 * archive, `<archive>.unpacked`: what the system itself must open, such as libraries.
 *
 * @param {Readonly<Record<string, Buffer>>} files contents by path, with `/` between folders
 * @param {Readonly<Record<string, number>>} unpacked sizes in bytes, by path
 * @returns {Buffer}
 */
export const packAsar = (files, unpacked = {}) => {
  let offset = 0
  /** @type {Folder} */
  const directory = { files: {} }
  for (const [path, content] of Object.entries(files)) {
    enter(directory, path, { size: content.length, offset: String(offset) })
    offset += content.length
  }
  for (const [path, size] of Object.entries(unpacked)) enter(directory, path, { size, unpacked: true })
  const json = Buffer.from(JSON.stringify(directory))
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4)
  json.copy(padded)
  const prologue = Buffer.alloc(16)
  prologue.writeUInt32LE(4, 0)
  prologue.writeUInt32LE(padded.length + 8, 4)
  prologue.writeUInt32LE(padded.length + 4, 8)
  prologue.writeUInt32LE(json.length, 12)
  return Buffer.concat([prologue, padded, ...Object.values(files)])
}

/** @typedef {{ size: number, offset: string } | { size: number, unpacked: true }} File */
/** @typedef {{ files: Record<string, Folder | File> }} Folder */

/**
 * @param {Folder} directory
 * @param {string} path
 * @param {File} file
 * @returns {void}
 */
const enter = (directory, path, file) => {
  const names = path.split('/')
  const last = names.pop() ?? ''
  let folder = directory
  for (const name of names) {
    const next = (folder.files[name] ??= { files: {} })
    if (!('files' in next)) throw new RangeError(`${path} lies in a file`)
    folder = next
  }
  if (last in folder.files) throw new RangeError(`${path} is there twice`)
  folder.files[last] = file
}

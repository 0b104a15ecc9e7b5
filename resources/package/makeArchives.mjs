// The two forms in which Spiketune is handed over: a package for Debian and Ubuntu, and an archive for any folder.
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { lastLines, runProcess } from '../scripts/common/runProcess.mjs'
import { SetupProblem } from '../scripts/common/steps.mjs'
import {
  controlFile,
  copyrightFile,
  debianArchitecture,
  debianChangelog,
  dependsField,
  neededSymbols,
} from './debianFiles.mjs'
import { desktopEntry, mediaTypesXml } from './desktopFiles.mjs'
import { binariesOf } from './makeTree.mjs'
import { filesBelow } from './shippedPackages.mjs'

/**
 * @typedef {object} Made
 * @property {string} tree the folder of an installed Spiketune
 * @property {string} root the project's folder
 * @property {string} version
 * @property {{ bash: string, zsh: string, manual: string }} reference what the program says of itself
 * @property {Date} date what every file is dated, so that one commit gives one package
 * @property {string} out where to write
 */

const installedIn = 'usr/lib/spiketune'

/**
 * @param {Made} made
 * @returns {Promise<string>} the file
 */
export const makeDebianPackage = async ({ tree, root, version, reference, date, out }) => {
  const architecture = debianArchitecture[process.arch]
  if (architecture === undefined) throw new SetupProblem(`Debian has no architecture for ${process.arch}.`)
  const staging = mkdtempSync(join(out, '.deb-'))
  try {
    cpSync(tree, join(staging, installedIn), { recursive: true })
    const write = (/** @type {string} */ path, /** @type {string | Buffer} */ content) => {
      mkdirSync(dirname(join(staging, path)), { recursive: true })
      writeFileSync(join(staging, path), content)
    }
    const packed = (/** @type {string} */ text) => gzipSync(text, { level: 9 })
    const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
    const icons = join(root, 'resources', 'icons')
    write('usr/share/applications/spiketune.desktop', desktopEntry(`/${installedIn}/spiketune`))
    write('usr/share/mime/packages/spiketune.xml', mediaTypesXml())
    write('usr/share/icons/hicolor/512x512/apps/spiketune.png', readFileSync(join(icons, 'spiketune.png')))
    write('usr/share/icons/hicolor/scalable/apps/spiketune.svg', readFileSync(join(icons, 'spiketune.svg')))
    write('usr/share/bash-completion/completions/spiketune', reference.bash)
    write('usr/share/zsh/vendor-completions/_spiketune', reference.zsh)
    write('usr/share/man/man1/spiketune.1.gz', packed(reference.manual))
    write('usr/share/doc/spiketune/copyright', copyrightFile(licence))
    write('usr/share/doc/spiketune/changelog.gz', packed(debianChangelog(version, date)))
    write('usr/share/doc/spiketune/CHANGELOG.md', readFileSync(join(tree, 'CHANGELOG.md')))
    rmSync(join(staging, installedIn, 'CHANGELOG.md'))
    mkdirSync(join(staging, 'usr', 'bin'))
    symlinkSync('../lib/spiketune/bin/spiketune', join(staging, 'usr', 'bin', 'spiketune'))
    // Where a system forbids users their own name spaces, Chromium's sandbox needs this to work.
    chmodSync(join(staging, installedIn, 'chrome-sandbox'), 0o4755)
    const depends = dependsField(neededSymbols(binariesOf(tree)))
    const installedBytes = bytesBelow(staging)
    write('DEBIAN/control', controlFile({ version, architecture, depends, installedBytes }))
    const file = join(out, `spiketune_${version}_${architecture}.deb`)
    // Folders that only root may read, from a narrow umask, would be so in every system.
    await tool('chmod', ['-R', 'u=rwX,go=rX', staging])
    await tool('chmod', ['4755', join(staging, installedIn, 'chrome-sandbox')])
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(date.getTime() / 1000)) }
    await tool('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', staging, file], env)
    return file
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/**
 * @param {Made} made
 * @returns {Promise<string>} the file
 */
export const makeTarball = async ({ tree, version, reference, date, out }) => {
  const name = `spiketune-${version}-linux-${process.arch}`
  const staging = mkdtempSync(join(out, '.tar-'))
  try {
    const folder = join(staging, name)
    cpSync(tree, folder, { recursive: true })
    for (const [path, text] of /** @type {const} */ ([
      ['share/bash-completion/completions/spiketune', reference.bash],
      ['share/zsh/site-functions/_spiketune', reference.zsh],
      ['share/man/man1/spiketune.1', reference.manual],
    ])) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    await tool('chmod', ['-R', 'u=rwX,go=rX', folder])
    const file = join(out, `${name}.tar.gz`)
    const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name']
    await tool('tar', ['-czf', file, ...owner, `--mtime=@${Math.floor(date.getTime() / 1000)}`, '-C', staging, name])
    return file
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @returns {number}
 */
export const bytesBelow = (folder) =>
  filesBelow(folder).reduce((sum, path) => sum + lstatSync(join(folder, path)).size, 0)

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
const tool = async (command, args, env) => {
  const ended = await runProcess(command, args, env === undefined ? {} : { env })
  if (ended.missing) throw new SetupProblem(`there is no ${command}, which comes with Debian and Ubuntu.`)
  if (ended.code !== 0) throw new SetupProblem(`${command} failed:\n${lastLines(ended)}`)
}

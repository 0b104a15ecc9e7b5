// What Debian's tools are told of the package (https://www.debian.org/doc/debian-policy/).
import { readFileSync } from 'node:fs'

/** What the runtime and the native parts are linked with, by its name before Debian 13. */
const linked = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcairo2',
  'libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0',
  'libgtk-3-0',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
]

/** Those whose time_t grew to 64 bits have another name since Debian 13 and Ubuntu 24.04. */
const renamed = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libglib2.0-0',
  'libgtk-3-0',
]

/** Which libstdc++6, by the GCC that it comes with, has which symbols (gcc.gnu.org, "ABI Policy and Guidelines"). */
const gccOfGlibcxx = /** @type {Readonly<Record<number, string>>} */ ({
  28: '10',
  29: '11',
  30: '12',
  31: '13.1',
  32: '13.2',
  33: '14',
})

const maintainer = 'The Spiketune developers <developers@spiketune.invalid>'

/**
 * The oldest C libraries that binaries run with, by the versions of the symbols that they name.
 *
 * @param {readonly string[]} binaries files
 * @returns {{ glibc: number, glibcxx: number }} the numbers behind `GLIBC_2.` and `GLIBCXX_3.4.`
 */
export const neededSymbols = (binaries) => {
  const newest = { glibc: 0, glibcxx: 0 }
  for (const file of binaries) {
    const text = readFileSync(file, 'latin1')
    for (const [, minor] of text.matchAll(/GLIBC_2\.(\d+)/g)) newest.glibc = Math.max(newest.glibc, Number(minor))
    for (const [, minor] of text.matchAll(/GLIBCXX_3\.4\.(\d+)/g))
      newest.glibcxx = Math.max(newest.glibcxx, Number(minor))
  }
  return newest
}

/**
 * @param {{ glibc: number, glibcxx: number }} symbols
 * @returns {string} the field Depends
 */
export const dependsField = ({ glibc, glibcxx }) => {
  const gcc = glibcxx < 28 ? '9' : (gccOfGlibcxx[glibcxx] ?? '14')
  const libraries = linked.map((name) => (renamed.includes(name) ? `${name}t64 | ${name}` : name))
  return [...libraries, `libc6 (>= 2.${glibc})`, `libstdc++6 (>= ${gcc})`].join(', ')
}

/** Names of the architectures as Debian has them, by those of Node. */
export const debianArchitecture = /** @type {Readonly<Record<string, string>>} */ ({
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'armhf',
})

/**
 * @param {{ version: string, architecture: string, depends: string, installedBytes: number }} facts
 * @returns {string} the file control
 */
export const controlFile = ({ version, architecture, depends, installedBytes }) =>
  `${[
    'Package: spiketune',
    `Version: ${version}`,
    'Section: science',
    'Priority: optional',
    `Architecture: ${architecture}`,
    `Installed-Size: ${Math.ceil(installedBytes / 1024)}`,
    `Depends: ${depends}`,
    'Recommends: fonts-dejavu-core | fonts-liberation | fonts-noto-core',
    'Suggests: npm, python3-venv, g++, make',
    `Maintainer: ${maintainer}`,
    'Description: hyperparameter search for spiking neural networks',
    ' Finds good hyperparameters for spiking neural networks on one workstation, and',
    ' shows the search while it runs. A rule that counts spikes ends silent networks',
    ' early, and their silence becomes a black-box constraint of the search.',
    ' .',
    ' Networks learn by STDP, by surrogate gradients or by evolution. Any of them is',
    ' inspected down to its spikes, in a window and in the terminal.',
  ].join('\n')}\n`

/**
 * @param {string} licence the text of Spiketune's own
 * @returns {string} the file copyright
 */
export const copyrightFile = (licence) => {
  const [, holder = 'The Spiketune developers'] = /Copyright \(c\) (.*)/.exec(licence) ?? []
  const indented = licence
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line}`))
  return `${[
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: Spiketune',
    'Comment:',
    ' The runtime is Electron, which holds Chromium and Node.js. Their licences are in',
    ' /usr/lib/spiketune/LICENSE.electron.txt and /usr/lib/spiketune/LICENSES.chromium.html,',
    ' those of every npm package that is part of Spiketune, whole, in',
    ' /usr/lib/spiketune/THIRD-PARTY-NOTICES.txt.',
    '',
    'Files: *',
    `Copyright: ${holder}`,
    'License: MIT',
    ...indented,
  ].join('\n')}\n`
}

/**
 * @param {string} version
 * @param {Date} date of the release
 * @returns {string} the file changelog, in Debian's form
 */
export const debianChangelog = (version, date) =>
  `spiketune (${version}) unstable; urgency=medium\n\n  * What is new stands in CHANGELOG.md, beside this file.\n\n` +
  ` -- ${maintainer}  ${date.toUTCString().replace('GMT', '+0000')}\n`

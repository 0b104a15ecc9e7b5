import { lastLines, runProcess } from '../../scripts/common/runProcess.mjs'
import { SetupProblem, say } from '../../scripts/common/steps.mjs'

/** What an Electron window needs from a Debian or Ubuntu system. */
export const windowPackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxrandr2',
  'libatspi2.0-0',
  'libdbus-1-3',
  'fonts-dejavu-core',
]

/** What the window tests need beyond that: a display without a screen. */
export const testPackages = [...windowPackages, 'xvfb', 'xauth']

/** What building better-sqlite3 needs. */
export const compilerPackages = ['g++', 'make', 'python3']

/**
 * Makes sure that Debian packages are installed: as root by installing them, else by saying how.
 *
 * @param {readonly string[]} packages
 * @param {string} purpose for the message: who needs them
 * @param {'required' | 'optional'} need whether the lack of them is a failure
 * @returns {Promise<string>} what was found or done
 * @throws {SetupProblem} with the exact command when required packages are missing and cannot be installed from here
 */
export const ensurePackages = async (packages, purpose, need) => {
  if (!(await isDebian())) return 'not a Debian-like system, so system packages are not looked at'
  if ((await missingPackages(packages)).length === 0) return `all ${packages.length} are installed`
  if (!mayInstall()) {
    if (need === 'optional') return 'some are missing'
    throw new SetupProblem(
      `${purpose} needs system packages that are not installed. Run\n\n  ${await installLine(packages)}`,
    )
  }
  return installAsRoot(packages, purpose)
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<string>} the command that installs those which are missing
 */
export const installLine = async (packages) => {
  const names = await knownNames(await missingPackages(packages))
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${names.join(' ')}`
}

/**
 * @returns {Promise<boolean>} whether this system has Debian's package tools
 */
export const isDebian = async () => {
  const tools = await Promise.all([runProcess('dpkg-query', ['--version']), runProcess('apt-get', ['--version'])])
  return tools.every((ended) => ended.code === 0)
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<string[]>} those of them that are not installed, under either of their names
 */
export const missingPackages = async (packages) => {
  const ended = await runProcess('dpkg-query', [
    '--show',
    '--showformat=${Package} ${db:Status-Status}\\n',
    ...packages.flatMap(bothNames),
  ])
  return notInstalled(packages, ended.stdout)
}

/**
 * @param {readonly string[]} packages
 * @param {string} listing of dpkg-query: a name and a state in each line
 * @returns {string[]}
 */
export const notInstalled = (packages, listing) => {
  const installed = new Set(listing.split('\n').flatMap((line) => /^(\S+) installed$/.exec(line)?.[1] ?? []))
  return packages.filter((name) => !bothNames(name).some((either) => installed.has(either)))
}

/**
 * Chooses the names that this release of Debian or Ubuntu knows.
 *
 * @param {readonly string[]} packages
 * @param {string} policy what `apt-cache policy` says about both names of each
 * @returns {string[]} the old name where neither is known
 */
export const chooseNames = (packages, policy) => {
  const known = new Set(
    [...policy.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map((m) => m[1]),
  )
  return packages.map((name) => bothNames(name).find((either) => known.has(either)) ?? name)
}

/**
 * Since Debian 13 and Ubuntu 24.04 the libraries whose time_t grew to 64 bits have a suffix to their names, and the old
 * names are virtual packages, which apt-get may refuse to install.
 *
 * @param {string} name
 * @returns {string[]} the newer name first
 */
const bothNames = (name) => (name.startsWith('lib') ? [`${name}t64`, name] : [name])

/**
 * @param {readonly string[]} packages
 * @returns {Promise<string[]>}
 */
const knownNames = async (packages) => {
  const env = { ...process.env, LC_ALL: 'C' }
  const policy = await runProcess('apt-cache', ['policy', ...packages.flatMap(bothNames)], { env })
  return chooseNames(packages, policy.stdout)
}

/**
 * @returns {boolean} whether this process can and is allowed to install packages
 */
const mayInstall = () => process.getuid?.() === 0 && !process.env.SPIKETUNE_NO_APT

/**
 * @param {readonly string[]} packages
 * @param {string} purpose
 * @returns {Promise<string>}
 */
const installAsRoot = async (packages, purpose) => {
  const missing = await missingPackages(packages)
  say(announcement(await knownNames(missing), purpose))
  // A fresh container has no package lists at all, and old lists name packages that are gone: a first failure may be theirs.
  let ended = await aptInstall(missing)
  if (ended.code !== 0) {
    await apt(['update'])
    ended = await aptInstall(missing)
  }
  const left = await missingPackages(packages)
  if (left.length === 0) return `installed ${missing.join(', ')}`
  throw new SetupProblem(
    `apt-get could not install ${left.join(', ')}:\n${lastLines(ended)}\nThe command was\n\n  ${await installLine(packages)}`,
  )
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<import('../../scripts/common/runProcess.mjs').Ended>}
 */
const aptInstall = async (packages) =>
  apt(['install', '-y', '--no-install-recommends', ...(await knownNames(packages))])

/**
 * What is said before a system is changed. Nobody could answer a question in a container or in CI.
 *
 * @param {readonly string[]} names
 * @param {string} purpose
 * @returns {string}
 */
export const announcement = (names, purpose) =>
  `${purpose} needs ${names.length} Debian packages that this system lacks: ${names.join(', ')}.\n` +
  'spiketune: Since this runs as root, they are installed now, for the whole system, by\n' +
  `spiketune:   apt-get install -y --no-install-recommends ${names.join(' ')}\n` +
  'spiketune: SPIKETUNE_NO_APT=1 prevents this; what is missing is then printed as a command to type.'

/**
 * @param {readonly string[]} args
 * @returns {Promise<import('../../scripts/common/runProcess.mjs').Ended>}
 */
const apt = (args) => {
  // Another apt-get at work (a machine that has just started updates itself) holds a lock: wait for it.
  const lock = ['-o', 'DPkg::Lock::Timeout=300']
  return runProcess('apt-get', [...lock, ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

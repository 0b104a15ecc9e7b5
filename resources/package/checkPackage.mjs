// Installs the package on a copy of this Debian, uses it as a person does, and removes it: `npm run check:package`. The copy is a layer over
// the system's files in a name space of its own: what is installed there is nowhere when this ends. Takes minutes; needs root, or
// user name spaces, and Xvfb.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { readFuses } from '../install/electron/fuses.mjs'
import { projectRoot } from '../scripts/common/projectRoot.mjs'
import { lastLines, runAttached, runProcess } from '../scripts/common/runProcess.mjs'
import { SetupProblem, runScript, step } from '../scripts/common/steps.mjs'
import { treeHash } from '../scripts/common/treeHash.mjs'

const out = join(projectRoot, 'out', 'package')
const limitMs = 20 * 60_000
const inside = 'SPIKETUNE_CHECK_ROOT'

const tinyStudy = `version: 2
name: tiny
dataset: { name: mnist, trainSamples: 200, testSamples: 100 }
network: { type: diehl-cook }
training: { algorithm: post-pre, updateInterval: 50 }
space: { mapSize: { type: integer, low: 20, high: 40 } }
optimiser: { type: random }
budget: { trials: 2 }
`

const evolvedStudy = `version: 2
name: evolved
dataset: { name: iris }
network: { type: neuroprocessor }
training: { algorithm: eons }
space: { populationSize: { type: integer, low: 20, high: 30 } }
fixed: { generations: 2 }
optimiser: { type: random }
budget: { trials: 1 }
`

/**
 * Begins anew in name spaces whose root is a layer over the system's files.
 *
 * @returns {Promise<number>}
 */
const enterLayer = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-check-'))
  const asRoot = process.getuid?.() === 0
  // The layer is kept in memory: one that lies on the layered disk itself is refused by some systems.
  const script = `set -e
mount -t tmpfs none "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
for place in dev proc sys; do mount --rbind "/$place" "$1/root/$place"; done
mount -t tmpfs none "$1/root/tmp"
mkdir -p "$1/root$2" && mount --rbind "$2" "$1/root$2"
exec chroot "$1/root" /usr/bin/env ${inside}=1 "$3" "$4"`
  try {
    return await runAttached('unshare', [
      ...(asRoot ? [] : ['--user', '--map-root-user']),
      '--mount',
      'sh',
      '-c',
      script,
      'sh',
      folder,
      projectRoot,
      process.execPath,
      join(projectRoot, 'resources', 'package', 'checkPackage.mjs'),
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @type {NodeJS.ProcessEnv} */
const person = {
  PATH: '/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp/person',
  LANG: 'de_DE.UTF-8',
  TMPDIR: '/tmp',
  // A shell's setting for other programs, which must not matter.
  NODE_OPTIONS: '--require /there/is/no/such/file.js',
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} [expected] its exit code
 * @returns {Promise<string>} what it printed
 */
const must = async (command, args, expected = 0) => {
  const ended = await runProcess(command, args, { env: person, cwd: '/tmp/person', timeoutMs: limitMs })
  if (ended.code !== expected) {
    throw new SetupProblem(
      `${command} ${args.join(' ')} ended with ${ended.code ?? ended.signal}:\n${lastLines(ended, 40)}`,
    )
  }
  return ended.stdout
}

const refuse = (/** @type {boolean} */ wrong, /** @type {string} */ what) => {
  if (wrong) throw new SetupProblem(what)
}

/**
 * Opens the window on a display without a screen, and answers what it shows.
 *
 * @param {string} command
 * @param {readonly string[]} words
 * @param {string} expected a text that it shows
 * @param {string} picture file
 * @returns {Promise<void>}
 */
const lookAtWindow = async (command, words, expected, picture) => {
  const port = '9339'
  const args = ['-a', '-s', '-screen 0 1600x1000x24', command, `--remote-debugging-port=${port}`, ...words]
  const ended = runProcess('xvfb-run', args, { env: person, cwd: '/tmp/person', timeoutMs: limitMs })
  let over = false
  void ended.then(() => {
    over = true
  })
  const connected = await (async () => {
    for (;;) {
      if (over) throw new SetupProblem(`the window ended before it was shown:\n${lastLines(await ended, 30)}`)
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null)
      const page = browser?.contexts()[0]?.pages()[0]
      if (browser && page) return { browser, page }
      await browser?.close()
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  })()
  const { browser, page } = connected
  await page.getByText(expected).first().waitFor({ timeout: 300_000 })
  await page.screenshot({ path: picture })
  const session = await browser.newBrowserCDPSession()
  await session.send('Browser.close').catch(() => undefined)
  await ended
}

const checkInside = async () => {
  mkdirSync('/tmp/person', { recursive: true })
  const newest = (/** @type {string} */ ending) => {
    const file = readdirSync(out).find((name) => name.endsWith(ending))
    if (file === undefined) throw new SetupProblem(`there is no ${ending} in ${out}. Run \`npm run package\` first.`)
    return join(out, file)
  }
  const [deb, tar] = [newest('.deb'), newest('.tar.gz')]
  const rootArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  writeFileSync('/tmp/person/tiny.spiketune.yaml', tinyStudy)
  writeFileSync('/tmp/person/evolved.yaml', evolvedStudy)
  await step('install', async () => {
    await must('dpkg', ['--install', deb])
    const unmet = await must('dpkg-query', ['--show', '--showformat=${db:Status-Status}', 'spiketune'])
    refuse(unmet !== 'installed', `the package is ${unmet}`)
    const linked = await must('ldd', ['/usr/lib/spiketune/spiketune'])
    refuse(linked.includes('not found'), `libraries are missing:\n${linked}`)
    await must('dpkg', ['--verify', 'spiketune'])
    return `${deb.split('/').at(-1)}, all that it depends on is here`
  })
  await step('fuses', async () => {
    const wire = readFuses(readFileSync('/usr/lib/spiketune/spiketune'))
    refuse(!wire.startsWith('10000100'), `the fuses are ${wire}`)
    return wire
  })
  await step('terminal', async () => {
    const version = (await must('spiketune', ['--version'])).trim()
    await must('spiketune', ['run', '/tmp/person/tiny.spiketune.yaml', '--quiet'])
    await must('spiketune', ['run', '/tmp/person/evolved.yaml', '--quiet'])
    const shown = await must('spiketune', ['show', 'tiny-1'])
    refuse(shown.includes('npx') || shown.includes('npm start'), `it speaks of npm:\n${shown}`)
    await must('spiketune', ['export', 'tiny-1', '--best'])
    await must('spiketune', ['check', 'tiny-1'])
    await must('spiketune', ['no-such-command'], 2)
    await must('bash', ['-c', 'source /usr/share/bash-completion/completions/spiketune && complete -p spiketune'])
    refuse(!(await must('sh', ['-c', 'man spiketune | cat'])).includes('spiketune resume'), 'man has no spiketune')
    return `${version}: two studies run, shown, exported, checked`
  })
  await step('window', async () => {
    const picture = join(out, 'window.png')
    await lookAtWindow(
      '/usr/lib/spiketune/spiketune',
      [...rootArguments, '/tmp/person/.local/share/spiketune/studies/tiny-1/study.sqlite'],
      'tiny-1',
      picture,
    )
    await lookAtWindow(
      '/usr/lib/spiketune/spiketune',
      [...rootArguments, '/tmp/person/tiny.spiketune.yaml'],
      'tiny.spiketune.yaml',
      join(out, 'window-file.png'),
    )
    return `a study and a definition, as in ${picture}`
  })
  await step('archive', async () => {
    const folder = '/tmp/some where else'
    mkdirSync(folder)
    await must('tar', ['-xzf', tar, '-C', folder])
    const installed = join(folder, readdirSync(folder)[0] ?? '')
    await must(join(installed, 'bin', 'spiketune'), ['run', '/tmp/person/tiny.spiketune.yaml', '--quiet'])
    await lookAtWindow(
      join(installed, 'spiketune'),
      [...rootArguments, 'tiny-2'],
      'tiny-2',
      join(out, 'window-archive.png'),
    )
    return `from “${folder}”`
  })
  await step('remove', async () => {
    const studies = '/tmp/person/.local/share/spiketune/studies'
    const before = await treeHash(studies)
    await must('dpkg', ['--purge', 'spiketune'])
    refuse((await treeHash(studies)) !== before, 'studies were changed by removing the package')
    for (const left of ['/usr/lib/spiketune', '/usr/bin/spiketune', '/usr/share/applications/spiketune.desktop']) {
      refuse(existsSync(left), `${left} was left`)
    }
    return `nothing is left of it, all of ${readdirSync(studies).length} studies are as they were`
  })
}

await runScript(async () => {
  if (process.env[inside] === '1') return checkInside()
  return enterLayer()
})

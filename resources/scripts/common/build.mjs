import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from './cacheFolder.mjs'
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs'
import { buildKernels } from './kernels.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { SetupProblem } from './steps.mjs'

/** Whatever the build's result depends on. */
const inputs = [
  'src-core',
  'src-main',
  'src-renderer',
  'src-worker',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]
const outputs = ['out/main', 'out/preload', 'out/renderer', 'out/bundled']

/**
 * Builds the kernels and the application into out/, each only when its sources changed since its last build.
 *
 * @param {string} root the project's folder
 * @returns {Promise<string>} what was done
 * @throws {SetupProblem} with the compilers' messages when it does not build
 */
export const buildAll = async (root) => {
  const kernels = await buildKernels(root)
  const stamp = join(root, 'out', '.build.stamp')
  // Taken before the build: a source written during it makes the next one build again.
  const current = await fingerprint(root, inputs)
  const complete = await Promise.all(outputs.map((folder) => exists(join(root, folder))))
  if ((await readStamp(stamp)) === current && complete.every(Boolean)) {
    return kernels.built.length > 0 ? `compiled the kernels ${kernels.built.join(', ')}` : 'up to date'
  }
  await rm(stamp, { force: true })
  const bundler = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const ended = await runProcess(process.execPath, [bundler, 'build', '--logLevel', 'warn'], { cwd: root })
  if (ended.code !== 0) throw new SetupProblem(`the application does not build:\n${lastLines(ended, 60)}`)
  await writeStamp(stamp, current)
  return ['built the application', ...kernels.built.map((name) => `the kernel ${name}`)].join(', ')
}

import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from './cacheFolder.mjs'
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { SetupProblem } from './steps.mjs'

const compiler = join('node_modules', 'assemblyscript', 'bin', 'asc.js')

/**
 * Compiles the WebAssembly kernels whose sources changed: src-worker/kernels/<name>/assembly/index.ts to
 * out/kernels/<name>.wasm. A kernel's own asconfig.json adds to and overrides the options set here.
 *
 * @param {string} root the project's folder
 * @returns {Promise<{ built: string[], upToDate: string[] }>} the kernels' names
 * @throws {SetupProblem} with the compiler's messages when a kernel does not compile
 */
export const buildKernels = async (root) => {
  /** @type {{ built: string[], upToDate: string[] }} */
  const result = { built: [], upToDate: [] }
  for (const name of await kernelNames(root)) {
    const stamp = join(root, 'out', 'kernels', `.${name}.stamp`)
    const current = await fingerprint(root, [
      join('src-worker', 'kernels', name, 'assembly'),
      join('src-worker', 'kernels', name, 'asconfig.json'),
      join('node_modules', 'assemblyscript', 'package.json'),
      join('resources', 'scripts', 'common', 'kernels.mjs'),
    ])
    if ((await readStamp(stamp)) === current && (await exists(wasmFile(root, name)))) {
      result.upToDate.push(name)
    } else {
      await compile(root, name)
      await writeStamp(stamp, current)
      result.built.push(name)
    }
  }
  return result
}

/**
 * @param {string} outFile
 * @param {boolean} hasConfig whether the kernel has an asconfig.json; without one it gets the runtime without collector
 * @returns {string[]} the compiler's arguments, relative to the kernel's folder
 */
export const kernelArguments = (outFile, hasConfig) => {
  const config = hasConfig ? ['--config', 'asconfig.json'] : ['--runtime', 'stub']
  return ['assembly/index.ts', '--outFile', outFile, '-O3', '--enable', 'simd', '--enable', 'bulk-memory', ...config]
}

/**
 * @param {string} root
 * @returns {Promise<string[]>} sorted; empty while there are none
 */
const kernelNames = async (root) => {
  const folder = join(root, 'src-worker', 'kernels')
  const names = (await exists(folder)) ? (await readdir(folder)).sort() : []
  const found = await Promise.all(names.map((name) => exists(join(folder, name, 'assembly', 'index.ts'))))
  return names.filter((_, index) => found[index])
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {string}
 */
const wasmFile = (root, name) => join(root, 'out', 'kernels', `${name}.wasm`)

/**
 * @param {string} root
 * @param {string} name
 * @returns {Promise<void>}
 */
const compile = async (root, name) => {
  const folder = join(root, 'src-worker', 'kernels', name)
  await mkdir(join(root, 'out', 'kernels'), { recursive: true })
  // Moved into place when complete: a test that runs beside this never loads half a module.
  const partial = join(root, 'out', 'kernels', `.${name}-${process.pid}.wasm`)
  const args = kernelArguments(partial, await exists(join(folder, 'asconfig.json')))
  const ended = await runProcess(process.execPath, [join(root, compiler), ...args], { cwd: folder })
  if (ended.code !== 0) {
    await rm(partial, { force: true })
    throw new SetupProblem(`the kernel ${name} does not compile:\n${lastLines(ended, 60)}`)
  }
  await rename(partial, wasmFile(root, name))
}

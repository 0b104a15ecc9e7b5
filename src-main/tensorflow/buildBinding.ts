import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runTool, ToolMissing, type ToolOptions } from './runTool.ts'
import { setupFailed, toolFailed } from './setupErrors.ts'

/** Fetches the package into a folder of its own; `scripts`: its own download of libraries runs. */
export const fetchPackage = async (
  name: string,
  folder: string,
  scripts: boolean,
  options: ToolOptions,
): Promise<void> => {
  const words = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save']
  const result = await npm([...words, ...(scripts ? [] : ['--ignore-scripts']), name], options)
  if (result.code === 0) return
  const what = `npm could not install ${name}`
  if (!scripts) throw toolFailed(what, result, 'The details say why.')
  const advice =
    'Without --download, current libraries are taken from the Python package index, or from a wheel: --wheel <file>.'
  throw toolFailed(
    `${what} with the libraries that it downloads`,
    result,
    `They do not fit this machine. ${advice}`,
    `The place that they are downloaded from cannot be reached. ${advice}`,
  )
}

/** Builds the binding against the libraries that are linked in `deps`. Its interface is that of any Node from 12 on. */
export const buildBinding = async (bindingFolder: string, options: ToolOptions): Promise<void> => {
  const words = ['rebuild', '--release', '--jobs=max', '--napi_build_version=8', '--module_name=tfjs_binding']
  const headers = join(dirname(process.execPath), '..')
  // The headers that came with this Node; otherwise they are fetched.
  const own = existsSync(join(headers, 'include', 'node', 'node_api.h')) ? [`--nodedir=${headers}`] : []
  const target = `--module_path=${join(bindingFolder, 'lib', 'napi-v8')}`
  const result = await npm(['exec', '--yes', '--', 'node-gyp@10', ...words, target, ...own], {
    ...options,
    folder: bindingFolder,
  })
  if (result.code !== 0) throw toolFailed('The binding could not be built', result, 'The details say why.')
}

const neededTools = [
  ['python3', 'Install Python 3 (Debian: apt install python3), or use --download.'],
  ['make', 'Install a C++ compiler (Debian: apt install build-essential), or use --download.'],
  ['g++', 'Install a C++ compiler (Debian: apt install build-essential), or use --download.'],
] as const

/** @throws {SpiketuneError} setup-failed when there is nothing to build with */
export const checkTools = async (options: ToolOptions): Promise<void> => {
  for (const [tool, advice] of neededTools) {
    try {
      await runTool(tool, ['--version'], { ...options, line: () => undefined })
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error
      throw setupFailed(`There is no ${tool}. ${advice}`)
    }
  }
}

const npm = async (words: readonly string[], options: ToolOptions): ReturnType<typeof runTool> => {
  try {
    return await runTool('npm', words, options)
  } catch (error) {
    if (error instanceof ToolMissing)
      throw setupFailed('There is no npm. It comes with Node: install that, and try again.')
    throw error
  }
}

/** Where the libraries of TensorFlow come from: a wheel of Python's package index, which has current CUDA. */
import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Variant } from './installation.ts'
import { runTool, ToolMissing, type ToolOptions } from './runTool.ts'
import { setupFailed, toolFailed } from './setupErrors.ts'
import { checkWheel, unpackWheel } from './wheel.ts'

export type LibrarySource =
  | { readonly kind: 'pip' }
  | { readonly kind: 'wheel'; readonly file: string }
  | { readonly kind: 'site-packages'; readonly folder: string }

/** Requirements by variant; any release with the C interface does, 2.21 is the one that was tried. */
const requirements: Readonly<Record<Variant, string>> = {
  cpu: 'tensorflow-cpu>=2.15,<3',
  cuda: 'tensorflow[and-cuda]>=2.15,<3',
}

const pairs = [
  ['libtensorflow_cc.so.2', ['libtensorflow_cc.so.2', 'libtensorflow.so']],
  ['libtensorflow_framework.so.2', ['libtensorflow_framework.so.2', 'libtensorflow_framework.so']],
] as const

/** The folder of Python packages that holds TensorFlow, fetched into `folder` where it is not given. */
export const fetchLibraries = async (
  source: LibrarySource,
  variant: Variant,
  folder: string,
  options: ToolOptions,
): Promise<string> => {
  const packages = await packagesFrom(source, variant, folder, options)
  checkPackages(source, packages)
  if (variant === 'cuda') await checkCuda(packages)
  return packages
}

const packagesFrom = async (
  source: LibrarySource,
  variant: Variant,
  folder: string,
  options: ToolOptions,
): Promise<string> => {
  if (source.kind === 'site-packages') return resolve(source.folder)
  const python = join(folder, 'python')
  if (source.kind === 'pip') {
    // Of the CPU's wheel the libraries need nothing else, of CUDA's the packages with CUDA.
    const words = variant === 'cpu' ? ['--no-deps'] : []
    return installPackages(python, [...words, requirements[variant]], options)
  }
  const file = resolve(source.file)
  await checkWheel(file, variant, options)
  if (variant === 'cpu') {
    await unpackWheel(file, join(folder, 'libraries'), options)
    return join(folder, 'libraries')
  }
  // The packages with CUDA may lie beside the wheel; those that do not come from the index.
  return installPackages(python, ['--find-links', dirname(file), `${file}[and-cuda]`], options)
}

/** Installs by pip into an environment of its own. @returns the folder of its packages */
const installPackages = async (python: string, wanted: readonly string[], options: ToolOptions): Promise<string> => {
  await makeEnvironment(python, options)
  // Nothing of it is run by Python, so nothing is compiled.
  const words = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off', '--no-compile']
  const result = await runTool(join(python, 'bin', 'python3'), [...words, ...wanted], options)
  if (result.code !== 0) {
    const others = 'give a wheel: --wheel <file>, or a TensorFlow that is there: --site-packages <folder>.'
    throw toolFailed(
      `pip could not install ${basename(wanted.at(-1) ?? '')}`,
      result,
      `${wordsOfPip(result.output)}TensorFlow has wheels for Python 3.10 to 3.13 on x86-64 and arm64; with another Python, ${others}`,
      `The Python package index cannot be reached: try again with a network, or ${others}`,
    )
  }
  return sitePackagesOf(python)
}

/** Its last error, which names the package that is not to be had. */
const wordsOfPip = (output: string): string => {
  const said = [...output.matchAll(/^ERROR: (.+)$/gm)].at(-1)?.[1]
  return said === undefined ? '' : `It says: ${said}. `
}

const makeEnvironment = async (python: string, options: ToolOptions): Promise<void> => {
  const advice = 'Install it (Debian: apt install python3-venv), or use --site-packages <folder> or --wheel <file>.'
  try {
    const result = await runTool('python3', ['-m', 'venv', python], options)
    if (result.code !== 0) throw toolFailed('Python could not make an environment by its module venv', result, advice)
  } catch (error) {
    if (error instanceof ToolMissing) throw setupFailed(`There is no python3 with its module venv. ${advice}`)
    throw error
  }
}

const sitePackagesOf = async (python: string): Promise<string> => {
  const [version] = (await readdir(join(python, 'lib'))).filter((name) => name.startsWith('python'))
  return join(python, 'lib', version ?? 'python3', 'site-packages')
}

const checkPackages = (source: LibrarySource, packages: string): void => {
  const missing = ['include/tensorflow/c/c_api.h', ...pairs.map(([library]) => library)].filter(
    (file) => !existsSync(join(packages, 'tensorflow', file)),
  )
  if (missing.length === 0) return
  const lacks = `has no tensorflow/${missing.join(', tensorflow/')}. It must be`
  throw setupFailed(
    source.kind === 'site-packages'
      ? `${packages} ${lacks} the site-packages folder that holds TensorFlow for Linux, 2.15 or later.`
      : `${source.kind === 'wheel' ? basename(source.file) : 'What pip installed'} ${lacks} TensorFlow for Linux, 2.15 or later.`,
  )
}

/** TensorFlow says in a file of its own whether it was built with CUDA; one that says nothing is tried. */
const checkCuda = async (folder: string): Promise<void> => {
  const file = join(folder, 'tensorflow', 'python', 'platform', 'build_info.py')
  const said = existsSync(file) ? await readFile(file, 'utf8') : ''
  if (!/is_cuda_build\W+False/.test(said)) return
  throw setupFailed(
    `The TensorFlow of ${folder} has no CUDA: it computes on processors alone. For GPUs it must be \`tensorflow[and-cuda]\`, which there is for x86-64; for the processor, \`npx spiketune setup tensorflow\` takes this one.`,
  )
}

/**
 * Links headers and libraries to where the package builds against them.
 * @param own the folder of the installation, within which links stay right when it is moved
 */
export const linkLibraries = async (packages: string, bindingFolder: string, own: string): Promise<void> => {
  const tensorflow = join(packages, 'tensorflow')
  const library = join(bindingFolder, 'deps', 'lib')
  const link = async (target: string, path: string): Promise<void> => {
    if (await lstat(path).catch(() => null)) await rm(path, { recursive: true })
    await symlink(target.startsWith(`${own}${sep}`) ? relative(dirname(path), target) : target, path)
  }
  await mkdir(library, { recursive: true })
  await link(join(tensorflow, 'include'), join(bindingFolder, 'deps', 'include'))
  for (const [file, names] of pairs) for (const name of names) await link(join(tensorflow, file), join(library, name))
}

/** Folders of the libraries that TensorFlow looks for when it starts: those of CUDA's Python packages. */
export const libraryFoldersOf = async (packages: string): Promise<string[]> => {
  const nvidia = join(packages, 'nvidia')
  if (!existsSync(nvidia)) return []
  const names = await readdir(nvidia)
  return names.map((name) => join(nvidia, name, 'lib')).filter((folder) => existsSync(folder))
}

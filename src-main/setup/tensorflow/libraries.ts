/** Where the libraries of TensorFlow come from: a wheel of Python's package index, which has current CUDA. */
import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Variant } from './installation.ts'
import { runTool, ToolMissing } from './runTool.ts'
import type { ToolOptions } from './runTool.ts'
import { setupFailed, toolFailed } from './setupErrors.ts'

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
export async function fetchLibraries(
  source: LibrarySource,
  variant: Variant,
  folder: string,
  options: ToolOptions,
): Promise<string> {
  if (source.kind === 'site-packages') return checkedPackages(resolve(source.folder))
  if (source.kind === 'wheel' && !existsSync(source.file)) {
    throw setupFailed(`There is no file ${source.file}. --wheel names a wheel of TensorFlow, a .whl file.`)
  }
  const python = join(folder, 'python')
  await makeEnvironment(python, options)
  const wanted = source.kind === 'wheel' ? resolve(source.file) : requirements[variant]
  // Only the libraries are used: of the CPU's wheel they need nothing else, of CUDA's the packages with CUDA.
  const alone = variant === 'cpu' ? ['--no-deps'] : []
  const words = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off', ...alone, wanted]
  const result = await runTool(join(python, 'bin', 'python3'), words, options)
  if (result.code !== 0) {
    throw toolFailed(
      `pip could not install ${basename(wanted)}`,
      result,
      'TensorFlow has wheels for Python 3.10 to 3.13 on x86-64 and arm64; with another Python, give one: --wheel <file> or --site-packages <folder>.',
    )
  }
  return checkedPackages(await sitePackagesOf(python))
}

async function makeEnvironment(python: string, options: ToolOptions): Promise<void> {
  const advice = 'Install it (Debian: apt install python3-venv), or use --site-packages <folder> or --download.'
  try {
    const result = await runTool('python3', ['-m', 'venv', python], options)
    if (result.code !== 0) throw toolFailed('Python could not make an environment', result, advice)
  } catch (error) {
    if (error instanceof ToolMissing) throw setupFailed(`There is no python3 with its module venv. ${advice}`)
    throw error
  }
}

async function sitePackagesOf(python: string): Promise<string> {
  const [version] = (await readdir(join(python, 'lib'))).filter((name) => name.startsWith('python'))
  return join(python, 'lib', version ?? 'python3', 'site-packages')
}

function checkedPackages(folder: string): string {
  const missing = ['include/tensorflow/c/c_api.h', ...pairs.map(([library]) => library)].filter(
    (file) => !existsSync(join(folder, 'tensorflow', file)),
  )
  if (missing.length === 0) return folder
  throw setupFailed(
    `${join(folder, 'tensorflow')} has no ${missing.join(', ')}. It must be the site-packages folder that holds TensorFlow for Linux, 2.15 or later.`,
  )
}

/** Links headers and libraries to where the package builds against them. */
export async function linkLibraries(packages: string, bindingFolder: string): Promise<void> {
  const tensorflow = join(packages, 'tensorflow')
  const library = join(bindingFolder, 'deps', 'lib')
  await mkdir(library, { recursive: true })
  await link(join(tensorflow, 'include'), join(bindingFolder, 'deps', 'include'))
  for (const [file, names] of pairs) for (const name of names) await link(join(tensorflow, file), join(library, name))
}

/** Folders of the libraries that TensorFlow looks for when it starts: those of CUDA's Python packages. */
export async function libraryFoldersOf(packages: string): Promise<string[]> {
  const nvidia = join(packages, 'nvidia')
  if (!existsSync(nvidia)) return []
  const names = await readdir(nvidia)
  return names.map((name) => join(nvidia, name, 'lib')).filter((folder) => existsSync(folder))
}

async function link(target: string, path: string): Promise<void> {
  if (await lstat(path).catch(() => null)) await rm(path, { recursive: true })
  await symlink(target, path)
}

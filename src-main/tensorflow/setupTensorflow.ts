import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { buildBinding, checkTools, fetchPackage } from './buildBinding.ts'
import {
  bindingVersion,
  findInstallation,
  type FoundInstallation,
  type Installation,
  installationText,
  type Variant,
} from './installation.ts'
import { fetchLibraries, libraryFoldersOf, type LibrarySource, linkLibraries } from './libraries.ts'
import type { ToolOptions } from './runTool.ts'
import { setupFailed } from './setupErrors.ts'
import { alone, removeInstalled, replacing } from './staging.ts'
import { type Verified, verifyFresh, verifyInstalled } from './verify.ts'

export interface SetupRequest {
  readonly variant: Variant
  /** Folder of all installations. */
  readonly folder: string
  /** `download`: the libraries that the package itself fetches, which are older. */
  readonly source: LibrarySource | { readonly kind: 'download' }
  /** Anew, even where a working one is there. */
  readonly force: boolean
  readonly environment: NodeJS.ProcessEnv
  /** Stops it; what was there before stays. */
  readonly signal?: AbortSignal
}

export interface SetupProgress {
  /** A step begins, of how many. */
  step(index: number, steps: number, what: string): void
  /** A line of the tool that does it. */
  line(text: string): void
}

export interface SetupResult extends Verified {
  readonly installation: FoundInstallation
  /** It was there already. */
  readonly unchanged: boolean
}

/**
 * Installs TensorFlow and its binding, and tries them. What is there and works stays; a new one takes its place only when
 * it works too.
 * @throws {SpiketuneError} setup-failed, disk-full, folder-not-writable, with what to do; the signal's reason
 */
export const setupTensorflow = async (request: SetupRequest, progress: SetupProgress): Promise<SetupResult> => {
  const { variant, folder, source, force, environment, signal } = request
  const found = force ? null : findInstallation(folder, variant)
  if (found !== null) {
    progress.step(1, 1, 'trying what is installed')
    return { installation: found, unchanged: true, ...(await verifyInstalled(found, environment, signal)) }
  }
  if (process.platform === 'win32') {
    throw setupFailed(
      'The binding is built on Linux only. On Windows, run Spiketune in the Windows Subsystem for Linux.',
    )
  }
  if (source.kind !== 'download' && process.platform !== 'linux') {
    throw setupFailed('Libraries for it are taken from Python on Linux only. Elsewhere use --download.')
  }
  return alone(folder, () => replacing(folder, variant, (staging) => installInto(staging, request, progress)))
}

/** Removes an installation. @returns whether there was anything */
export const removeTensorflow = async (folder: string, variant: Variant): Promise<boolean> =>
  existsSync(folder) ? alone(folder, () => removeInstalled(folder, variant)) : false

const installInto = async (staging: string, request: SetupRequest, progress: SetupProgress): Promise<SetupResult> => {
  const { variant, folder, environment, signal } = request
  const temporary = join(staging, 'temporary')
  await mkdir(temporary)
  await writeFile(join(staging, 'package.json'), '{ "private": true }\n')
  const made = await install(request, staging, {
    environment: toolEnvironment(environment, temporary),
    ...(signal === undefined ? {} : { signal }),
    progress,
  })
  const verified = await verifyFresh(staging, made, environment, signal)
  await rm(temporary, { recursive: true, force: true })
  const own = join(folder, variant)
  const installation: Installation = {
    ...made,
    libraryFolders: made.libraryFolders.map((path) => movedPath(path, staging, own)),
    variant,
    bindingVersion,
    tensorflowVersion: verified.tensorflowVersion,
  }
  await writeFile(join(staging, 'installation.json'), installationText(installation))
  return { installation: { ...installation, folder: own }, unchanged: false, ...verified }
}

const movedPath = (path: string, from: string, to: string): string =>
  path.startsWith(`${from}${sep}`) ? join(to, relative(from, path)) : path

/**
 * What the tools are run with. What they keep for a moment lies beside what they make: it is removed with it however they
 * end, and gigabytes fit there, which a folder in memory has no room for.
 */
const toolEnvironment = (environment: NodeJS.ProcessEnv, temporary: string): NodeJS.ProcessEnv => {
  // With packages of another Python in sight, pip would take them for installed.
  const { PYTHONPATH: _path, PYTHONHOME: _home, ...rest } = environment
  return { ...rest, TMPDIR: temporary }
}

type Made = Pick<Installation, 'package' | 'source' | 'libraryFolders'>

const install = async (
  { variant, source }: SetupRequest,
  own: string,
  { progress, ...tools }: Omit<ToolOptions, 'line'> & { readonly progress: SetupProgress },
): Promise<Made> => {
  const options: ToolOptions = {
    ...tools,
    line: (text) => {
      progress.line(text)
    },
  }
  if (source.kind === 'download') {
    const name = variant === 'cuda' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node'
    progress.step(1, 2, `fetching ${name} ${bindingVersion} with its own TensorFlow`)
    await fetchPackage(`${name}@${bindingVersion}`, own, true, options)
    progress.step(2, 2, 'multiplying two matrices')
    return { package: name, source: 'the download of the package', libraryFolders: [] }
  }
  const name = '@tensorflow/tfjs-node'
  progress.step(1, 4, whatIsFetched(source, variant))
  // What may be missing is looked for before anything large is fetched.
  await checkTools(options)
  const packages = await fetchLibraries(source, variant, own, options)
  progress.step(2, 4, `fetching ${name} ${bindingVersion}`)
  await fetchPackage(`${name}@${bindingVersion}`, own, false, options)
  const bindingFolder = join(own, 'node_modules', ...name.split('/'))
  await linkLibraries(packages, bindingFolder, own)
  progress.step(3, 4, 'building the binding')
  await buildBinding(bindingFolder, options)
  progress.step(4, 4, 'multiplying two matrices')
  return { package: name, source: sourceText(source), libraryFolders: await libraryFoldersOf(packages) }
}

const sourceText = (source: LibrarySource): string => {
  switch (source.kind) {
    case 'pip':
      return 'the Python package index'
    case 'wheel':
      return `the wheel ${basename(source.file)}`
    case 'site-packages':
      return `${resolve(source.folder)}, which must stay`
  }
}

const whatIsFetched = (source: LibrarySource, variant: Variant): string => {
  switch (source.kind) {
    case 'pip':
      return variant === 'cuda'
        ? 'fetching TensorFlow with CUDA from the Python package index, some 4 GB'
        : 'fetching TensorFlow from the Python package index, some 0.3 GB'
    case 'wheel':
      return `unpacking ${source.file}`
    case 'site-packages':
      return `taking TensorFlow from ${source.folder}`
  }
}

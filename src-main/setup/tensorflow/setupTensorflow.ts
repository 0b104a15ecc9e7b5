import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildBinding, checkCompiler, fetchPackage } from './buildBinding.ts'
import { bindingVersion, findInstallation, installationText } from './installation.ts'
import type { FoundInstallation, Installation, Variant } from './installation.ts'
import { fetchLibraries, libraryFoldersOf, linkLibraries } from './libraries.ts'
import type { LibrarySource } from './libraries.ts'
import { setupFailed } from './setupErrors.ts'
import { verifyBinding } from './verify.ts'
import type { Verified } from './verify.ts'

export interface SetupRequest {
  readonly variant: Variant
  /** Folder of all installations. */
  readonly folder: string
  /** `download`: the libraries that the package itself fetches, which are older. */
  readonly source: LibrarySource | { readonly kind: 'download' }
  /** Anew, even where a working one is there. */
  readonly force: boolean
  readonly environment: NodeJS.ProcessEnv
}

export interface SetupProgress {
  /** A step begins, of so many. */
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
 * Installs TensorFlow and its binding, and tries them. What is there and works stays; what is half there is made anew.
 * @throws {SpiketuneError} setup-failed, with what to do
 */
export async function setupTensorflow(request: SetupRequest, progress: SetupProgress): Promise<SetupResult> {
  const { variant, folder, source, force, environment } = request
  const found = force ? null : findInstallation(folder, variant)
  if (found !== null) {
    progress.step(1, 1, 'trying what is installed')
    return { installation: found, unchanged: true, ...(await verifyBinding(found.folder, found, environment)) }
  }
  if (process.platform === 'win32') {
    throw setupFailed(
      'The binding is built on Linux only. On Windows, run Spiketune in the Windows Subsystem for Linux.',
    )
  }
  if (source.kind !== 'download' && process.platform !== 'linux') {
    throw setupFailed('Libraries for it are taken from Python on Linux only. Elsewhere use --download.')
  }
  const own = join(folder, variant)
  await rm(own, { recursive: true, force: true })
  await mkdir(own, { recursive: true })
  await writeFile(join(own, 'package.json'), '{ "private": true }\n')
  const made = await install(request, own, progress)
  const verified = await verifyBinding(own, made, environment)
  const installation: Installation = { ...made, variant, bindingVersion, tensorflowVersion: verified.tensorflowVersion }
  await writeFile(join(own, 'installation.json'), installationText(installation))
  return { installation: { ...installation, folder: own }, unchanged: false, ...verified }
}

/** Removes an installation. @returns whether there was anything */
export async function removeTensorflow(folder: string, variant: Variant): Promise<boolean> {
  const existed = findInstallation(folder, variant) !== null
  await rm(join(folder, variant), { recursive: true, force: true })
  return existed
}

type Made = Pick<Installation, 'package' | 'source' | 'libraryFolders'>

async function install(
  { variant, source, environment }: SetupRequest,
  own: string,
  progress: SetupProgress,
): Promise<Made> {
  const options = {
    environment,
    line: (text: string) => {
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
  await checkCompiler(options)
  const packages = await fetchLibraries(source, variant, own, options)
  progress.step(2, 4, `fetching ${name} ${bindingVersion}`)
  await fetchPackage(`${name}@${bindingVersion}`, own, false, options)
  const bindingFolder = join(own, 'node_modules', ...name.split('/'))
  await linkLibraries(packages, bindingFolder)
  progress.step(3, 4, 'building the binding')
  await buildBinding(bindingFolder, options)
  progress.step(4, 4, 'multiplying two matrices')
  return { package: name, source: packages, libraryFolders: await libraryFoldersOf(packages) }
}

function whatIsFetched(source: LibrarySource, variant: Variant): string {
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

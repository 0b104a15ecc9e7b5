/**
 * The TensorFlow that a person has set up: beside the studies, not in the application, so that an update leaves it alone.
 *
 *   <folder>/<variant>/node_modules/@tensorflow/tfjs-node   the package and the binding that was built for it
 *   <folder>/<variant>/python                               the Python environment whose libraries are linked, if any
 *   <folder>/<variant>/libraries                            those of a wheel, if they are from one
 *   <folder>/<variant>/installation.json                    written last, when it has multiplied two matrices
 *   <folder>/<variant>-<letters>                            what is under way, or was left by a set-up that was killed
 *   <folder>/setup.lock                                     held by the set-up under way
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { z } from 'zod'

export const variants = ['cpu', 'cuda'] as const
export type Variant = (typeof variants)[number]

/** The release of the binding that is installed. */
export const bindingVersion = '4.22.0'

const installationSchema = z.strictObject({
  variant: z.enum(variants),
  /** The package, by which a worker loads it from the folder. */
  package: z.enum(['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu']),
  bindingVersion: z.string(),
  tensorflowVersion: z.string(),
  /** Where its libraries are from, for people. */
  source: z.string(),
  /** Folders that the system must look for libraries in, such as those of CUDA. */
  libraryFolders: z.array(z.string()),
})
export type Installation = z.infer<typeof installationSchema>

export interface FoundInstallation extends Installation {
  readonly folder: string
}

/** Where installations are: the folder that $SPIKETUNE_TENSORFLOW names, else one of this user. */
export const tensorflowFolder = (environment: Readonly<Record<string, string | undefined>>): string => {
  const named = environment['SPIKETUNE_TENSORFLOW']
  return named === undefined || named === ''
    ? join(envPaths('spiketune', { suffix: '' }).data, 'tensorflow')
    : resolve(named)
}

/** What is installed of a variant; null: nothing whole. */
export const findInstallation = (folder: string, variant: Variant): FoundInstallation | null => {
  const own = join(folder, variant)
  const file = join(own, 'installation.json')
  if (!existsSync(file)) return null
  try {
    const installation = installationSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return installation.success ? { ...installation.data, folder: own } : null
  } catch {
    // A file that is no JSON says that the installation was not finished: it is made anew.
    return null
  }
}

export const installationText = (installation: Installation): string =>
  `${JSON.stringify(installationSchema.parse(installation), null, 2)}\n`

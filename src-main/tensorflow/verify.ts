import { z } from 'zod'
import { bindingEnvironment } from './bindingEnvironment.ts'
import type { FoundInstallation, Installation } from './installation.ts'
import { runTool, type ToolResult } from './runTool.ts'
import { endOf, setupFailed } from './setupErrors.ts'
import { programName } from '../files/programName.ts'

const answerSchema = z.object({ tensorflow: z.string(), product: z.array(z.number()), gpu: z.boolean() })

/** Loads the binding as a worker does, and multiplies [[1, 2], [3, 4]] with [[5, 6], [7, 8]]. */
const program = `
const { createRequire } = require('node:module')
const util = require('node:util')
util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
const [folder, name] = process.argv.slice(1)
const tf = createRequire(folder + '/package.json')(name)
const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])).dataSync()
const { binding, isUsingGpuDevice } = tf.backend()
process.stdout.write('\\n' + JSON.stringify({ tensorflow: binding.TF_Version, product: [...product], gpu: isUsingGpuDevice }))
`

export interface Verified {
  readonly tensorflowVersion: string
  /** Whether it computes on a GPU. */
  readonly gpu: boolean
}

type Loadable = Pick<Installation, 'package' | 'libraryFolders'>

/** Tries an installation in a process of its own. @throws {SpiketuneError} setup-failed */
export const verifyInstalled = async (
  found: FoundInstallation,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Verified> => {
  const answer = await multiply(found.folder, found, environment, signal)
  if (!('problem' in answer)) return answer
  const command = `${programName} setup ${found.variant === 'cuda' ? 'cuda' : 'tensorflow'} --force`
  throw setupFailed(
    `TensorFlow is set up, from ${found.source}, but ${answer.problem}. \`${command}\` sets it up anew.`,
    answer.output,
  )
}

/** Tries what has just been built, which is not kept unless it works. @throws {SpiketuneError} setup-failed */
export const verifyFresh = async (
  folder: string,
  made: Loadable,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Verified> => {
  const answer = await multiply(folder, made, environment, signal)
  if (!('problem' in answer)) return answer
  throw setupFailed(
    `This TensorFlow ${answer.problem}. Nothing was changed; take its libraries from another source.`,
    answer.output,
  )
}

type Answer = Verified | { readonly problem: string; readonly output: string }

const multiply = async (
  folder: string,
  loadable: Loadable,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<Answer> => {
  const result = await runTool(process.execPath, ['-e', program, folder, loadable.package], {
    environment: { ...bindingEnvironment(loadable, environment), ELECTRON_RUN_AS_NODE: '1' },
    ...(signal === undefined ? {} : { signal }),
  })
  const answer = result.code === 0 ? parsed(result.stdout.trim().split('\n').at(-1) ?? '') : null
  if (answer?.product.join() === '19,22,43,50') return { tensorflowVersion: answer.tensorflow, gpu: answer.gpu }
  const output = result.output.trim()
  const problem =
    result.code === 0 ? 'gives a wrong product of two matrices' : `cannot be loaded (${reasonOf(output, result)})`
  return { problem, output }
}

/** The line that says why, if one does, its file by name: `libcudart.so.12: cannot open shared object file`. */
const reasonOf = (output: string, result: ToolResult): string => {
  const [, said] = /^(?:.* symbol lookup error|\w*Error): (.+)$/m.exec(output) ?? []
  return said?.replace(/^\S*\/([^/\s]+: )/, '$1') ?? endOf(result)
}

const parsed = (line: string): z.infer<typeof answerSchema> | null => {
  try {
    return answerSchema.parse(JSON.parse(line))
  } catch {
    // Whatever else it printed is no answer: the caller says so, with all of its output.
    return null
  }
}

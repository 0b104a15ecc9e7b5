import { z } from 'zod'
import type { Installation } from './installation.ts'
import { bindingEnvironment } from './bindingEnvironment.ts'
import { runTool } from './runTool.ts'
import { setupFailed } from './setupErrors.ts'

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

/** Tries an installation in a process of its own. @throws {SpiketuneError} setup-failed */
export async function verifyBinding(
  folder: string,
  installation: Pick<Installation, 'package' | 'libraryFolders'>,
  environment: NodeJS.ProcessEnv,
): Promise<Verified> {
  const result = await runTool(process.execPath, ['-e', program, folder, installation.package], {
    environment: { ...bindingEnvironment(installation, environment), ELECTRON_RUN_AS_NODE: '1' },
  })
  const line = result.stdout.trim().split('\n').at(-1) ?? ''
  const answer = result.code === 0 ? parsed(line) : null
  if (answer === null || answer.product.join() !== '19,22,43,50') {
    const why =
      result.code === 0
        ? 'gives a wrong product of two matrices'
        : `cannot be loaded (exit code ${result.code ?? 'none'})`
    throw setupFailed(
      `TensorFlow is installed but ${why}. Install it anew with --force, or from another source.`,
      result.output.trim(),
    )
  }
  return { tensorflowVersion: answer.tensorflow, gpu: answer.gpu }
}

function parsed(line: string): z.infer<typeof answerSchema> | null {
  try {
    return answerSchema.parse(JSON.parse(line))
  } catch {
    // Whatever else it printed is no answer: the caller says so, with all of its output.
    return null
  }
}

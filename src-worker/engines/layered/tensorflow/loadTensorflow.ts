import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { TensorflowApi } from './tensorComputation.ts'

const packages = createRequire(import.meta.url)

/**
 * TensorFlow by the binding that is installed in a folder (`spiketune setup`), its backend set.
 * @param name of the package, such as `@tensorflow/tfjs-node`
 * @throws {Error} when it cannot be loaded: a library is missing, or of another machine
 */
export const loadTensorflow = (folder: string, name: string): TensorflowApi => {
  restoreUtilities(packages('node:util') as Utilities)
  return createRequire(join(folder, 'package.json'))(name) as TensorflowApi
}

interface Utilities {
  isNullOrUndefined?: (value: unknown) => boolean
  isArray?: (value: unknown) => boolean
}

/** The binding calls helpers of Node's that Node 23 took away. */
const restoreUtilities = (utilities: Utilities): void => {
  utilities.isNullOrUndefined ??= (value) => value === null || value === undefined
  utilities.isArray ??= Array.isArray
}

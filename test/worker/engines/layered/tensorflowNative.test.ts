import { describe, expect, test } from 'vitest'
import { findInstallation, tensorflowFolder } from '../../../../src-main/tensorflow/installation.ts'
import { loadTensorflow } from '../../../../src-worker/engines/layered/tensorflow/loadTensorflow.ts'
import { describeTensorflowKernels } from './tensorflowSuite.ts'

/** The contract on the TensorFlow that is set up on this machine; without one, visibly skipped. */
const installation = findInstallation(tensorflowFolder(process.env), 'cpu')

describe.skipIf(installation === null)('TensorFlow as `spiketune setup tensorflow` installs it', () => {
  if (installation === null) {
    test('is not set up')
    return
  }
  describeTensorflowKernels(`native, TensorFlow ${installation.tensorflowVersion}`, () =>
    Promise.resolve(loadTensorflow(installation.folder, installation.package)),
  )
  test('computes by the library, not in TypeScript', () => {
    const tf = loadTensorflow(installation.folder, installation.package)
    expect(tf.getBackend()).toBe('tensorflow')
  })
})

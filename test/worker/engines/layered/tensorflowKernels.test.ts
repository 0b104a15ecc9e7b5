import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { describeTensorflowKernels } from './tensorflowSuite.ts'

describeTensorflowKernels('in plain TypeScript', async () => {
  await tf.setBackend('cpu')
  return tf
})

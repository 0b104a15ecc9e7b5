import { createReferenceKernels } from '../../../../src-worker/engines/layered/reference/createReferenceKernels.ts'
import { describeKernelSet } from './kernelContract.ts'

describeKernelSet('reference', createReferenceKernels)

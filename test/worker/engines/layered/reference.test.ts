import { expect, it } from 'vitest'
import { OutOfMemory } from '../../../../src-core/diehlCook/networkFailure.ts'
import { createReferenceKernels } from '../../../oracles/layered/createReferenceKernels.ts'
import { describeKernelSet } from './kernelContract.ts'

describeKernelSet('reference', createReferenceKernels)

it('says when there is no memory', () => {
  expect(() => createReferenceKernels().block([2 ** 20, 2 ** 20])).toThrow(OutOfMemory)
})

it('refuses blocks of another set', () => {
  expect(() => createReferenceKernels().read({ shape: [1], size: 1 })).toThrow(TypeError)
})

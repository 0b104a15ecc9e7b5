/**
 * What every kernel set computes: each operation against a formula written out here, on random and on extreme shapes,
 * and neurons, delays and a small network against values of lava-dl. Outputs hold NaN before, so that nothing old can leak into them.
 */
import { describe } from 'vitest'
import type { KernelSet } from '../../../../src-worker/engines/layered/kernelSet.ts'
import { describeBlocks } from './contract/blockContract.ts'
import { describeConvolutions } from './contract/convContract.ts'
import { describeDelays } from './contract/delayContract.ts'
import { describeDense } from './contract/denseContract.ts'
import { describeNetworks } from './contract/networkContract.ts'
import { describeNeuronGradients } from './contract/neuronGradientContract.ts'
import { describeNeurons } from './contract/neuronContract.ts'
import { describeOptimiser } from './contract/optimiserContract.ts'
import { describeSpikes } from './contract/spikeContract.ts'
import { contractSeed, withKernelSet } from './contract/support.ts'
import { describeWeights } from './contract/weightContract.ts'

/** @param create a new set; it is disposed at the end of each part */
export const describeKernelSet = (name: string, create: () => KernelSet | Promise<KernelSet>): void => {
  describe(`kernel set ${name} (fast-check seed ${contractSeed})`, () => {
    const parts = [
      describeBlocks,
      describeDense,
      describeConvolutions,
      describeNeurons,
      describeNeuronGradients,
      describeDelays,
      describeWeights,
      describeSpikes,
      describeOptimiser,
      describeNetworks,
    ]
    for (const part of parts) withKernelSet(create, part)
  })
}

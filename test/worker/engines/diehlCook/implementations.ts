import { readFileSync } from 'node:fs'
import { createReferenceDiehlCook } from '../../../oracles/diehlCook/referenceDiehlCook.ts'
import type { DiehlCookNetwork, RateEncoding } from '../../../../src-core/diehlCook/diehlCookNetwork.ts'
import type { DiehlCookParameters } from '../../../../src-core/diehlCook/diehlCookParameters.ts'
import { createDiehlCookNetwork } from '../../../../src-worker/engines/diehlCook/network.ts'

export type CreateNetwork = (
  parameters: DiehlCookParameters,
  encoding: RateEncoding,
  initialWeightsSeed: number,
) => DiehlCookNetwork

export const kernel = new WebAssembly.Module(
  readFileSync(new URL('../../../../out/kernels/stdp.wasm', import.meta.url)),
)

export const createKernelNetwork: CreateNetwork = (parameters, encoding, seed) =>
  createDiehlCookNetwork(kernel, parameters, encoding, seed)

/** Every implementation of DiehlCookNetwork; the contract suites run over all of them. */
export const implementations: readonly (readonly [string, CreateNetwork])[] = [
  ['plain model', createReferenceDiehlCook],
  ['WebAssembly kernel', createKernelNetwork],
]

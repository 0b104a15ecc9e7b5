/**
 * Speed of the operations of layered networks in WebAssembly, `npm run bench -- slayerKernels [part of a name]`; a part
 * of `npm run bench -- slayer`.
 */
import { readFileSync } from 'node:fs'
import { createWasmKernels } from '../src-worker/engines/layered/wasm/createWasmKernels.ts'
import { measureKernels } from './slayer/kernels.ts'
import { measureTraining } from './slayer/training.ts'

const module = new WebAssembly.Module(readFileSync('out/kernels/layered.wasm'))
const [wanted] = process.argv.slice(2)

console.log('operation                         activity       ms   GFLOP/s or ns/entry')
for (const { operation, activity, milliseconds, work } of measureKernels(() => createWasmKernels(module), wanted)) {
  const product = !operation.startsWith('neurons')
  const speed = product
    ? `${((2 * work) / milliseconds / 1e6).toFixed(1)} GFLOP/s`
    : `${((milliseconds * 1e6) / work).toFixed(2)} ns`
  const share = activity === null ? '' : `${(activity * 100).toFixed(0)} %`
  console.log(`${operation.padEnd(34)}${share.padStart(7)}${milliseconds.toFixed(2).padStart(9)}   ${speed}`)
}
if (wanted === undefined || wanted === 'training') {
  for (const { network, millisecondsPerBatch, samplesPerSecond } of measureTraining(() => createWasmKernels(module))) {
    console.log(`${network}: ${millisecondsPerBatch.toFixed(1)} ms a batch, ${samplesPerSecond.toFixed(0)} samples/s`)
  }
}

/** Entry of a process that holds one network and looks into it. Composes, nothing else. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname } from 'node:path'
import { version } from '../package.json'
import type { AnsweredMessage } from '../src-core/contracts/channel.ts'
import { cacheFolder, createDatasetCache } from './datasets/loadDataset.ts'
import { answerOfCache } from './datasets/converted/datasetCache.ts'
import { createWasmKernels } from './engines/layered/wasm/createWasmKernels.ts'
import { connectToHost } from './host/hostPort.ts'
import { Inspector } from './inspection/inspector.ts'
import { serveInspector } from './inspection/inspectorSession.ts'

const packages = createRequire(import.meta.url)

// Training comes first where both want the same core.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const layeredKernel = new WebAssembly.Module(readFileSync(new URL('../kernels/layered.wasm', import.meta.url)))

const inspector = new Inspector({
  kernel: new WebAssembly.Module(readFileSync(new URL('../kernels/stdp.wasm', import.meta.url))),
  neuroprocessorKernel: new WebAssembly.Module(
    readFileSync(new URL('../kernels/neuroprocessor.wasm', import.meta.url)),
  ),
  kernels: () => createWasmKernels(layeredKernel),
  loadDataset: createDatasetCache({
    packageFolder: (name) => dirname(packages.resolve(`${name}/package.json`)),
    hdf5Reader: new URL('./hdf5Reader.js', import.meta.url),
    tables: new URL('../../resources/tables/', import.meta.url),
  }),
  cache: (request) => answerOfCache(cacheFolder(process.env), request, Date.now()),
  nowMs: () => performance.now(),
  version,
})
serveInspector(inspector, connectToHost<AnsweredMessage>(), () => process.exit(0))

/** Entry of a worker process, whichever host starts it. Composes, nothing else. */
import { readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { version } from '../package.json'
import { createDatasetCache } from './datasets/loadDataset.ts'
import { createWasmKernels } from './engines/layered/wasm/createWasmKernels.ts'
import { connectToHost } from './host/hostPort.ts'
import { chooseDevice } from './host/workerDevice.ts'
import { beginOwnSession } from './host/ownSession.ts'
import { serveHost } from './host/workerSession.ts'

await beginOwnSession()

const layeredKernel = new WebAssembly.Module(readFileSync(new URL('../kernels/layered.wasm', import.meta.url)))
const packages = createRequire(import.meta.url)

serveHost({
  host: connectToHost(),
  version,
  kernel: new WebAssembly.Module(readFileSync(new URL('../kernels/stdp.wasm', import.meta.url))),
  neuroprocessorKernel: new WebAssembly.Module(
    readFileSync(new URL('../kernels/neuroprocessor.wasm', import.meta.url)),
  ),
  ...chooseDevice(process.argv[3], () => createWasmKernels(layeredKernel)),
  loadDataset: createDatasetCache({
    packageFolder: (name) => dirname(packages.resolve(`${name}/package.json`)),
    hdf5Reader: new URL('./hdf5Reader.js', import.meta.url),
    tables: new URL('../../resources/tables/', import.meta.url),
  }),
  nowMs: () => performance.now(),
  exit: () => process.exit(0),
  fail: (message) => {
    writeSync(2, `${message}\n`)
    process.exit(1)
  },
})

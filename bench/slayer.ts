/**
 * Speed of layered networks, `npm run bench -- slayer [part]`: of training 784-1000-10 on MNIST (mnist), of one layer
 * (layer), and of the network in the middle of experiment 3's space (experiment3), for each kernel set. Times are those on
 * the processor, of the fastest of several calls. bench/slayer/pytorch.py does the first in PyTorch on one thread, for
 * comparison; `npm run bench -- slayerKernels` measures single operations. The kernel set of TensorFlow is measured where it
 * is set up, on as many cores as it takes: its times are sums over them. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { decodeDefinition } from '../src-core/study/decodeDefinition.ts'
import { createDatasetCache } from '../src-worker/datasets/loadDataset.ts'
import { findInstallation, tensorflowFolder } from '../src-main/tensorflow/installation.ts'
import { createTensorflowKernels } from '../src-worker/engines/layered/tensorflow/createTensorflowKernels.ts'
import { loadTensorflow } from '../src-worker/engines/layered/tensorflow/loadTensorflow.ts'
import { createWasmKernels } from '../src-worker/engines/layered/wasm/createWasmKernels.ts'
import {
  type CreateKernels,
  measureLayer,
  measureMiddle,
  measureMnist,
  middlePlan,
  type Row,
} from './slayer/measures.ts'

/** Milliseconds of one layer 512 to 512, 500 steps, batch 10, forward and backward, on an RTX 2070, as published. */
const publishedLayer = { 'SpikingJelly CuPy': 1.5, 'lava-dl': 4.1, snnTorch: 213, Norse: 259 }

const encoderKernel = new WebAssembly.Module(readFileSync(join('out', 'kernels', 'stdp.wasm')))
const module = new WebAssembly.Module(readFileSync(join('out', 'kernels', 'layered.wasm')))

/** The kernel set of the TensorFlow that `spiketune setup tensorflow` has installed; none where it has not. */
const installedTensorflow = (): Record<string, CreateKernels> => {
  const installation = findInstallation(tensorflowFolder(process.env), 'cpu')
  if (installation === null) return {}
  const tensorflow = loadTensorflow(installation.folder, installation.package)
  return { tensorflow: () => createTensorflowKernels(tensorflow, `TensorFlow ${installation.tensorflowVersion}`) }
}
const sets: Readonly<Record<string, CreateKernels>> = {
  wasm: () => createWasmKernels(module),
  ...installedTensorflow(),
}

/** One row, or several, of each kernel set. */
const forEachSet = (rows: (create: CreateKernels) => readonly Row[]): Row[] =>
  Object.entries(sets).flatMap(([set, create]) => rows(create).map((row) => ({ set, ...row })))

const mnist = async (): Promise<void> => {
  const dataset = await createDatasetCache({
    packageFolder: (name) => join('node_modules', name),
    hdf5Reader: new URL('hdf5Reader.js', import.meta.url),
    tables: new URL('../../resources/tables/', import.meta.url),
  })({ name: 'mnist', trainFraction: 0.8 })
  console.log('\n784-1000-10, lif, 25 steps, batches of 128 images of MNIST by their rates')
  console.table(forEachSet((create) => [measureMnist(create, dataset, encoderKernel)]))
  console.log('The same in PyTorch on one thread: python bench/slayer/pytorch.py')
}

const layer = (): void => {
  console.log('\n512-512, lif, 500 steps, batches of 10')
  console.table(forEachSet((create) => [0.05, 0.13, 0.5].map((activity) => measureLayer(create, activity))))
  const published = Object.entries(publishedLayer).map(([name, milliseconds]) => `${name} ${milliseconds} ms`)
  console.log(`Published for an RTX 2070: ${published.join(', ')}`)
}

const experiment3 = (): void => {
  const definition = decodeDefinition(
    readFileSync(join('resources', 'presets', 'mnist-slayer.yaml'), 'utf8'),
    'mnist-slayer.yaml',
  )
  const { plan, batchSize } = middlePlan(definition)
  const layers = plan.layers.map(
    ({ name, output }) => `${name} ${output.channels} x ${output.rows} x ${output.columns}`,
  )
  console.log(`\nThe middle of mnist-slayer: ${layers.join(', ')}; ${plan.steps} steps, batches of ${batchSize}`)
  const activities = [0.01, 0.05, 0.13, 0.3]
  console.table(forEachSet((create) => activities.map((activity) => measureMiddle(create, definition, activity))))
  // That one is silent behind its first convolution; with larger weights the others have something to do too.
  console.log('The same with initial weights six times as large')
  console.table(
    forEachSet((create) =>
      activities.map((activity) => measureMiddle(create, definition, activity, { weightGain: 6 })),
    ),
  )
}

const parts: Readonly<Record<string, () => void | Promise<void>>> = { mnist, layer, experiment3 }
const [wanted] = process.argv.slice(2)
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, one core`)
for (const [name, measure] of Object.entries(parts)) {
  if (wanted === undefined || wanted === name) await measure()
}

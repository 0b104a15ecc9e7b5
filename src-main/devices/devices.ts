import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Device, MachineDevices } from '../../src-core/contracts/window/controlCalls.ts'
import { findInstallation, type FoundInstallation, tensorflowFolder } from '../tensorflow/installation.ts'
import type { LostDevices } from './lostDevices.ts'
import { type Gpu, type GpuReport, queryGpus } from './nvidiaSmi.ts'
import { programName } from '../files/programName.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface DevicesOptions {
  /** A compiled kernel of the engine, which this runtime must be able to compile. */
  readonly kernel: URL
  readonly environment: Environment
  readonly lost: LostDevices
  readonly gpus?: () => Promise<GpuReport>
}

/** The processor first, which is always there, then the GPUs as the driver numbers them. */
export const listDevices = async (options: DevicesOptions): Promise<MachineDevices> => {
  const { environment, lost, gpus = () => queryGpus({ ...environment }) } = options
  const [problem, report] = await Promise.all([whyNotReady(options.kernel), gpus()])
  const folder = tensorflowFolder(environment)
  const [onProcessor, cuda] = [findInstallation(folder, 'cpu'), findInstallation(folder, 'cuda')]
  const found = report.gpus.map((gpu) => gpuDevice(gpu, cuda, lost.reasonOf(gpu.id)))
  return {
    devices: [processor(problem, onProcessor ?? cuda), ...found],
    tensorflow: (onProcessor ?? cuda)?.tensorflowVersion ?? null,
    missing: whatIsMissing(report, cuda, found),
  }
}

const processor = (problem: string | null, tensorflow: FoundInstallation | null): Device => {
  const cores = availableParallelism()
  const memoryBytes = totalmem()
  return {
    id: 'cpu',
    kind: 'cpu',
    name: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores,
    engine:
      tensorflow === null
        ? 'WebAssembly SIMD, 128 bit'
        : `WebAssembly SIMD, 128 bit; TensorFlow ${tensorflow.tensorflowVersion}`,
    driver: null,
    memoryBytes,
    freeMemoryBytes: Math.min(freemem(), memoryBytes),
    utilisation: null,
    ready: problem === null,
    notes:
      problem === null
        ? [
            'Trains every kind of network: Diehl & Cook by STDP, networks of layers by surrogate gradients.',
            `A worker is a process that trains one network on one core; without a GPU that is set up, ${cores} at the same time by default.`,
            ...(tensorflow === null
              ? []
              : ['Workers named tensorflow train networks of layers by TensorFlow instead.']),
          ]
        : [`${problem}; run \`npm run build\` and try again`],
  }
}

const gpuDevice = (gpu: Gpu, cuda: FoundInstallation | null, lost: string | null): Device => {
  const notes =
    cuda === null
      ? [`TensorFlow for it is not set up: \`${programName} setup cuda\` installs it.`]
      : lost !== null
        ? [`Lost: ${lost}. Its workers died twice in a row; it is tried again when a study starts.`]
        : [
            'Trains networks of layers by surrogate gradients. Diehl & Cook networks train on the processor alone.',
            `One worker by default; others by --device ${gpu.id}=2, or workers: { ${gpu.id}: 2 } in a definition.`,
          ]
  return {
    id: gpu.id,
    kind: 'gpu',
    name: gpu.name,
    cores: 0,
    engine: cuda === null ? 'none' : `TensorFlow ${cuda.tensorflowVersion}`,
    driver: gpu.driver,
    memoryBytes: gpu.memoryBytes,
    freeMemoryBytes: Math.max(0, gpu.memoryBytes - gpu.usedBytes),
    utilisation: gpu.utilisation,
    ready: cuda !== null && lost === null,
    notes,
  }
}

const whatIsMissing = (report: GpuReport, cuda: FoundInstallation | null, found: readonly Device[]): string | null => {
  if (report.problem !== null) return report.problem
  if (cuda === null) return `TensorFlow is not set up: \`${programName} setup cuda\` installs it.`
  return found.some(({ ready }) => ready) ? null : 'No GPU is ready.'
}

const whyNotReady = async (kernel: URL): Promise<string | null> => {
  try {
    await WebAssembly.compile(await readFile(kernel))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

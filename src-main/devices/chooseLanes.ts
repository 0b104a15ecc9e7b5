import type { WorkerDevice } from '../../src-core/contracts/worker.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type StudyWorkers, type WorkerMachine, workersByDevice } from '../../src-core/study/workersSchema.ts'
import { bindingEnvironment } from '../tensorflow/bindingEnvironment.ts'
import { findInstallation, type FoundInstallation, tensorflowFolder } from '../tensorflow/installation.ts'
import type { Gpu, GpuReport } from './nvidiaSmi.ts'
import { processorLane, type WorkerLane } from './workerLanes.ts'
import { programName } from '../files/programName.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where the workers of a study run, with what their processes need.
 * @param machine what `auto` is made of
 * @param environment of this process
 * @param gpus asked only where the study runs on a GPU
 * @throws {SpiketuneError} worker-unavailable
 */
export const chooseLanes = async (
  study: StudyWorkers,
  machine: WorkerMachine,
  environment: Environment,
  gpus: () => Promise<GpuReport>,
): Promise<readonly WorkerLane[]> => {
  const wanted = workersByDevice(study, machine)
  const report = wanted.some(([device]) => device.startsWith('gpu')) ? await gpus() : null
  return wanted.flatMap(([device, count]) => {
    const launch = device === 'cpu' ? null : launchOf(device, report, environment)
    return Array.from({ length: count }, (_, index): WorkerLane =>
      launch === null ? processorLane(index) : { name: `${device}-${index}`, device, launch },
    )
  })
}

const launchOf = (
  device: string,
  report: GpuReport | null,
  environment: Environment,
): NonNullable<WorkerLane['launch']> => {
  const folder = tensorflowFolder(environment)
  if (device === 'tensorflow') {
    const installation = findInstallation(folder, 'cpu') ?? findInstallation(folder, 'cuda')
    if (installation === null) throw notSetUp(device, 'tensorflow')
    return {
      environment: { ...addedBy(installation, environment), CUDA_VISIBLE_DEVICES: '-1' },
      device: workerDevice(installation, `the processor, TensorFlow ${installation.tensorflowVersion}`, false),
    }
  }
  const gpu = report?.gpus.find(({ id }) => id === device)
  if (gpu === undefined) throw noSuchGpu(device, report)
  const installation = findInstallation(folder, 'cuda')
  if (installation === null) throw notSetUp(`${device}, ${gpu.name},`, 'cuda')
  return {
    environment: { ...addedBy(installation, environment), ...gpuEnvironment(gpu) },
    device: workerDevice(installation, `${gpu.name} (${device}), TensorFlow ${installation.tensorflowVersion}`, true),
  }
}

/** One process sees one GPU, takes its memory as it needs it, and computes in single precision rather than in TF32. */
const gpuEnvironment = ({ uuid }: Gpu): Record<string, string> => ({
  CUDA_VISIBLE_DEVICES: uuid,
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  NVIDIA_TF32_OVERRIDE: '0',
})

const addedBy = (installation: FoundInstallation, environment: Environment): Record<string, string> => {
  const whole = bindingEnvironment(installation, environment)
  return Object.fromEntries(Object.entries(whole).filter(([name, value]) => environment[name] !== value))
}

const workerDevice = (installation: FoundInstallation, device: string, gpu: boolean): WorkerDevice => ({
  kernels: 'tensorflow',
  folder: installation.folder,
  package: installation.package,
  device,
  gpu,
})

const notSetUp = (device: string, what: 'cuda' | 'tensorflow'): SpiketuneError =>
  new SpiketuneError(
    'worker-unavailable',
    `The study asks for workers on ${device} which needs TensorFlow. \`${programName} setup ${what}\` installs it.`,
  )

const noSuchGpu = (device: string, report: GpuReport | null): SpiketuneError => {
  const known = report?.gpus.map(({ id, name }) => `${id} (${name})`).join(', ') ?? ''
  const found = known === '' ? (report?.problem ?? 'There is no GPU.') : `There are ${known}.`
  return new SpiketuneError(
    'worker-unavailable',
    `The study asks for workers on ${device}, which this machine does not have. ${found} \`--device cpu=2\` trains on the processor.`,
  )
}

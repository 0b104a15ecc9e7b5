import { z } from 'zod'
import type { NetworkDefinition } from './networkSchema.ts'

/**
 * What networks are trained on: `cpu`, by WebAssembly; `tensorflow`, the processor by TensorFlow; `gpu0`, ... by TensorFlow
 * on CUDA, numbered as nvidia-smi does.
 */
export const deviceIdSchema = z.string().regex(/^(cpu|tensorflow|gpu\d{1,2})$/, 'cpu, tensorflow, gpu0, gpu1, ...')

const totalOf = (workers: DeviceWorkers): number => Object.values(workers).reduce((sum, count) => sum + count, 0)

/** Workers on each device. */
export const deviceWorkersSchema = z
  .record(deviceIdSchema, z.int().min(0).max(256))
  .refine((workers) => totalOf(workers) >= 1 && totalOf(workers) <= 256, '1 to 256 workers in all')

export const workersSchema = z.union([z.literal('auto'), z.int().min(1).max(256), deviceWorkersSchema])

export type DeviceWorkers = Readonly<Record<string, number>>

/** How many workers a study has, and where: what decides it of a definition. */
export interface StudyWorkers {
  readonly workers: 'auto' | number | DeviceWorkers
  readonly network: { readonly type: NetworkDefinition['type'] }
}

/** What `auto` is made of. */
export interface WorkerMachine {
  /** Of the processor. */
  readonly cores: number
  /** GPUs that TensorFlow is set up for, such as `gpu0`. */
  readonly gpus: readonly string[]
}

/** Whether a study trains on the GPUs of a machine without naming them: `auto`, of layers. */
export const usesGpusByItself = ({ workers, network }: StudyWorkers): boolean =>
  workers === 'auto' && network.type === 'layered'

/**
 * Workers on each device, in the order in which they are started. `auto` is one worker for each GPU, where there is one and
 * the network can be trained on it, and otherwise one for each core: beside GPUs the processor would hold trials for hours
 * that a GPU ends in minutes, and its cores feed the GPUs.
 */
export const workersByDevice = (
  study: StudyWorkers,
  { cores, gpus }: WorkerMachine,
): readonly (readonly [device: string, count: number])[] => {
  const { workers } = study
  if (typeof workers === 'object') return Object.entries(workers).filter(([, count]) => count > 0)
  if (usesGpusByItself(study) && gpus.length > 0) return gpus.map((gpu) => [gpu, 1])
  return [['cpu', workers === 'auto' ? cores : workers]]
}

export const workersInAll = (study: StudyWorkers, machine: WorkerMachine): number =>
  workersByDevice(study, machine).reduce((sum, [, count]) => sum + count, 0)

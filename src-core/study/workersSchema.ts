import { z } from 'zod'

/**
 * What networks are trained on: `cpu`, by WebAssembly; `tensorflow`, the processor by TensorFlow; `gpu0`, ... by TensorFlow
 * on CUDA, numbered as nvidia-smi does.
 */
export const deviceIdSchema = z.string().regex(/^(cpu|tensorflow|gpu\d{1,2})$/)

export const workersSchema = z.union([
  z.literal('auto'),
  z.int().min(1).max(256),
  z
    .record(deviceIdSchema, z.int().min(0).max(256))
    .refine((workers) => totalOf(workers) >= 1 && totalOf(workers) <= 256, 'allowed: 1 to 256 workers in all'),
])

type Workers = 'auto' | number | Readonly<Record<string, number>>

/** Workers on each device, in the order in which they are started. @param cores of the processor, which `auto` means */
export function workersByDevice(
  workers: Workers,
  cores: number,
): readonly (readonly [device: string, count: number])[] {
  if (typeof workers === 'object') return Object.entries(workers).filter(([, count]) => count > 0)
  return [['cpu', workers === 'auto' ? cores : workers]]
}

export const workersInAll = (workers: Workers, cores: number): number =>
  workersByDevice(workers, cores).reduce((sum, [, count]) => sum + count, 0)

function totalOf(workers: Readonly<Record<string, number>>): number {
  return Object.values(workers).reduce((sum, count) => sum + count, 0)
}

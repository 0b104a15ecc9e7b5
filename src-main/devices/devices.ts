import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Device } from '../../src-core/contracts/window/controlCalls.ts'

/**
 * What this machine can train on: its processor. It is ready when the kernel of the engine is there and this runtime
 * compiles it, SIMD instructions included.
 */
export async function listDevices(kernel: URL): Promise<Device[]> {
  const problem = await whyNotReady(kernel)
  const cores = availableParallelism()
  return [
    {
      id: 'cpu',
      name: cpus()[0]?.model.trim() ?? 'unknown processor',
      cores,
      simd: 'WebAssembly SIMD, 128 bit',
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem(),
      ready: problem === null,
      notes:
        problem === null
          ? [
              'Trains every network of this version: Diehl & Cook, by STDP.',
              `A worker is a process that trains one network on one core; ${cores} at the same time by default.`,
            ]
          : [`${problem}; run \`npm run build\` and try again`],
    },
  ]
}

async function whyNotReady(kernel: URL): Promise<string | null> {
  try {
    await WebAssembly.compile(await readFile(kernel))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

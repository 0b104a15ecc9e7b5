import type { WorkerLaunch } from '../workers/workerHost.ts'

/** Where one worker runs: its name, by which trials say where they were trained, and what its process is started with. */
export interface WorkerLane {
  readonly name: string
  /** Id of the device, as in a definition's `workers`. */
  readonly device: string
  readonly launch?: WorkerLaunch
}

export const processorLane = (index: number): WorkerLane => ({ name: `cpu-${index}`, device: 'cpu' })

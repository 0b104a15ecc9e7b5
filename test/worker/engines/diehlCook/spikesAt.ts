import type { InputEvents } from '../../../../src-core/encoding/inputEvents.ts'

/** Spikes from the inputs that spike in each step. */
export const spikesAt = (lists: readonly (readonly number[])[]): InputEvents => ({
  steps: Uint16Array.from(lists.flatMap((inputs, step) => inputs.map(() => step))),
  inputs: Uint32Array.from(lists.flat()),
  values: null,
})

import type { Confirmation } from '../../src-core/confirmation/confirmation.ts'

/** Stored confirmations as they are now: what is stored as running runs only while an application has the study. */
export const confirmationsNow = (stored: readonly Confirmation[], isHeld: boolean): Confirmation[] =>
  stored.map((found) => (found.state === 'running' && !isHeld ? { ...found, state: 'stopped' } : found))

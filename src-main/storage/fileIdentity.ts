import { statSync } from 'node:fs'

/** Which file or folder a path leads to: its device and its number there, whatever it is called. */
export interface FileIdentity {
  readonly device: bigint
  readonly number: bigint
}

/** Null: there is none, or it cannot be reached. */
export const identityOf = (path: string): FileIdentity | null => {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? null : { device: found.dev, number: found.ino }
  } catch {
    return null
  }
}

/** Whether a path leads to what it led to before. */
export const isStillAt = (path: string, before: FileIdentity | null): boolean => {
  const now = identityOf(path)
  return before !== null && now !== null && now.device === before.device && now.number === before.number
}

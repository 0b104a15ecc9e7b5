import { readdirSync, readFileSync } from 'node:fs'

/** The worker processes of an application, by its process number (Linux). */
export const workersOf = (parent: number | undefined): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)

export const isAlive = (pid: number): boolean => parentOf(pid) !== null

/** Resolves when none of the processes lives; rejects after five minutes. */
export const untilGone = async (pids: readonly number[]): Promise<void> => {
  const deadline = performance.now() + 300_000
  while (pids.some(isAlive)) {
    if (performance.now() > deadline) throw new Error(`still alive: ${pids.filter(isAlive).join(', ')}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Null for a process that has gone, or is only waiting to be collected. */
const parentOf = (pid: number): number | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which is in parentheses and may hold anything: state, then parent.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? null : Number(parent)
  } catch {
    return null
  }
}

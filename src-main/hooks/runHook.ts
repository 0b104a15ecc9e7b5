import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Clock } from '../scheduler/clock.ts'

export interface HookRun {
  /** Program and arguments; no shell is asked. */
  readonly command: readonly string[]
  /** What it reads from its standard input. */
  readonly input: string
  /** Where it runs, where that is still there. */
  readonly folder: string
  readonly timeLimitSeconds: number
  readonly clock: Pick<Clock, 'after'>
}

/** A hook that runs. */
export interface RunningHook {
  /** Resolves when it has ended, and whatever it started has closed its output: with what went wrong, or null. Never rejects. */
  readonly ended: Promise<string | null>
  /** Ends it at once. */
  kill(): void
}

/** Of what a hook writes, the end is told where it fails. */
const toldBytes = 2000

/**
 * Runs a hook in a process group of its own: Ctrl-C in the terminal is not meant for it, and it is ended with all that it has
 * started.
 */
export const startHook = ({ command, input, folder, timeLimitSeconds, clock }: HookRun): RunningHook => {
  const [program = '', ...words] = command
  let child: ChildProcessWithoutNullStreams
  try {
    child = spawn(program, words, {
      ...(existsSync(folder) ? { cwd: folder } : {}),
      env: environment(),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  } catch (error) {
    return { ended: Promise.resolve(notStarted(program, error)), kill: () => undefined }
  }
  let said = Buffer.alloc(0)
  for (const output of [child.stdout, child.stderr])
    output.on('data', (part: Buffer) => (said = Buffer.concat([said, part]).subarray(-toldBytes)))
  // One that does not read, or has gone, need not.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)

  let end: (problem: string | null) => void = () => undefined
  const ended = new Promise<string | null>((resolve) => (end = resolve))
  const kill = (problem: string): void => {
    endGroup(child)
    // A process that has left the group may hold the output open; nobody waits for it.
    for (const stream of child.stdio) stream?.destroy()
    child.unref()
    end(withOutput(problem, said))
  }
  const cancelTimer = clock.after(timeLimitSeconds * 1000, () => {
    kill(`it took longer than ${timeLimitSeconds} s (hooks.timeLimitSeconds), and was ended`)
  })
  child.on('error', (error) => {
    end(notStarted(program, error))
  })
  child.on('close', (code, signal) => {
    end(
      code === 0 ? null : withOutput(signal === null ? `it ended with exit code ${code}` : `${signal} ended it`, said),
    )
  })
  return {
    ended: ended.finally(cancelTimer),
    kill() {
      kill('it was called off')
    },
  }
}

/** The application's, but for what makes a program of Electron's run as Node. */
const environment = (): NodeJS.ProcessEnv => {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = process.env
  return rest
}

const endGroup = ({ pid }: { readonly pid?: number | undefined }): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

const notStarted = (program: string, error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return `${program} is not there. Name a program of the system, or a file by its path`
  if (code === 'EACCES') return `${program} may not be run. Make it executable: chmod +x`
  return `${program} could not be started: ${error instanceof Error ? error.message : String(error)}`
}

const withOutput = (problem: string, said: Buffer): string => {
  const text = said.toString('utf8').trim()
  return text === '' ? problem : `${problem}. It said: ${text}`
}

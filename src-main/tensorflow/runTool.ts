import { spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { endProcess } from '../workers/endProcess.ts'

export interface ToolResult {
  /** null: a signal ended it. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  /** The end of all that it wrote. */
  readonly output: string
}

export interface ToolOptions {
  readonly folder?: string
  readonly environment: NodeJS.ProcessEnv
  /** Ends it, and all that it started. */
  readonly signal?: AbortSignal
  /** Told each line that it writes. */
  readonly line?: (text: string) => void
}

/** A program that is not on this machine. */
export class ToolMissing extends Error {
  override readonly name = 'ToolMissing'
}

const keptLength = 8000

/**
 * Runs a program to its end.
 * @throws {ToolMissing} when there is none of that name; the signal's reason when that ended it
 */
export const runTool = (program: string, words: readonly string[], options: ToolOptions): Promise<ToolResult> =>
  new Promise((resolve, reject) => {
    const { signal: stop } = options
    if (stop?.aborted) {
      reject(stoppedBy(stop))
      return
    }
    // A group of its own, so that compilers and downloads that the program started end with it.
    const child = spawn(program, [...words], {
      cwd: options.folder,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    const end = (): void => {
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
      else endProcess(-child.pid)
    }
    stop?.addEventListener('abort', end)
    let [stdout, output] = ['', '']
    const tell = (line: string): void => {
      if (line.trim() !== '') options.line?.(line.trim())
    }
    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8')
      let rest = ''
      stream.on('data', (chunk: Buffer) => {
        const text = decoder.write(chunk)
        output = (output + text).slice(-keptLength)
        if (stream === child.stdout) stdout += text
        const lines = (rest + text).split(/\r?\n|\r/)
        rest = lines.pop() ?? ''
        lines.forEach(tell)
      })
      stream.on('end', () => {
        tell(rest)
      })
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      stop?.removeEventListener('abort', end)
      reject(error.code === 'ENOENT' ? new ToolMissing(program) : error)
    })
    child.on('exit', () => {
      // Its number may be another program's from here on.
      stop?.removeEventListener('abort', end)
    })
    child.on('close', (code, signal) => {
      if (stop?.aborted) reject(stoppedBy(stop))
      else resolve({ code, signal, stdout, output })
    })
  })

const stoppedBy = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error(String(reason)))

import { spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'

export interface ToolResult {
  /** null: it was killed. */
  readonly code: number | null
  readonly stdout: string
  /** The end of all that it wrote. */
  readonly output: string
}

export interface ToolOptions {
  readonly folder?: string
  readonly environment: NodeJS.ProcessEnv
  /** Told each line that it writes. */
  readonly line?: (text: string) => void
}

/** A program that is not on this machine. */
export class ToolMissing extends Error {
  override readonly name = 'ToolMissing'
}

const keptLength = 8000

/** Runs a program to its end. @throws {ToolMissing} when there is none of that name */
export function runTool(program: string, words: readonly string[], options: ToolOptions): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words], {
      cwd: options.folder,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, output] = ['', '']
    for (const stream of [child.stdout, child.stderr]) {
      const decoder = new StringDecoder('utf8')
      let rest = ''
      stream.on('data', (chunk: Buffer) => {
        const text = decoder.write(chunk)
        output = (output + text).slice(-keptLength)
        if (stream === child.stdout) stdout += text
        const lines = (rest + text).split(/\r?\n|\r/)
        rest = lines.pop() ?? ''
        for (const line of lines) if (line.trim() !== '') options.line?.(line.trim())
      })
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new ToolMissing(program) : error)
    })
    child.on('close', (code) => {
      resolve({ code, stdout, output })
    })
  })
}

import type { Socket } from 'node:net'
import { StringDecoder } from 'node:string_decoder'
import { fromLine, toLine } from './wireText.ts'

/** The rows of a large study come a part at a time; a longer line is none of ours. */
const longestLine = 256 * 1024 * 1024

export interface LineStream {
  post(message: unknown): void
  /** Calls back when what was posted is on its way: at once, unless the other reads slower than this writes. */
  whenSent(callback: () => void): void
  /** What was posted before still goes out. */
  end(): void
}

interface Listener {
  /** @throws where the message is none that is expected: the socket is closed then */
  readonly received: (message: unknown) => void
  /** Once, when nothing goes over any more; `problem` where the other has not just gone. */
  readonly closed: (problem: string | null) => void
}

/** Messages over a local socket, one a line. */
export const lineStream = (socket: Socket, { received, closed }: Listener): LineStream => {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  let length = 0
  let problem: string | null = null
  const take = (text: string): void => {
    const lines = text.split('\n')
    const rest = lines.pop() ?? ''
    for (const [index, line] of lines.entries()) {
      const whole = index === 0 ? parts.join('') + line : line
      if (index === 0) [parts, length] = [[], 0]
      received(fromLine(whole))
    }
    parts.push(rest)
    length += rest.length
    if (length > longestLine) throw new Error('a line does not end')
  }
  socket.on('data', (bytes) => {
    if (problem !== null) return
    try {
      take(typeof bytes === 'string' ? bytes : decoder.write(bytes))
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
      socket.destroy()
    }
  })
  socket.on('error', (error) => {
    problem ??= error.message
  })
  socket.on('close', () => {
    closed(problem)
  })
  return {
    post(message) {
      if (socket.writable) socket.write(toLine(message))
    },
    whenSent(callback) {
      if (socket.writableNeedDrain) socket.once('drain', callback)
      else queueMicrotask(callback)
    },
    end() {
      socket.end()
    },
  }
}

import { createInterface } from 'node:readline'
import type { WriteStream } from 'node:tty'
import { createStyles, type Styles } from './text/styledLine.ts'

/** A stream that may be a terminal, a pipe or a file. */
type Stream = NodeJS.WriteStream

/** Where the command line writes to, and whom it may ask. */
export interface Terminal {
  readonly stdout: Stream
  /** stdout is a terminal in which lines can be redrawn. */
  readonly interactive: boolean
  readonly unicode: boolean
  readonly styles: Styles
  /** Width to lay out for; 80 where stdout is no terminal. */
  readonly columns: number
  readonly rows: number
  /** Aborted when the reader of stdout or the terminal has gone. */
  readonly closed: AbortSignal
  /** Somebody sits before it: what is typed comes from a terminal, and what is printed goes to one. */
  readonly attended: boolean
  /** Asks who sits there for a line; null: the input has ended, or Ctrl-C was pressed. */
  ask(question: string): Promise<string | null>
  /** Lines for people or scripts, on stdout. */
  print(text: string): void
  /** The same without ending the line; resolves when there is room for more, so that a slow reader is not run ahead of. */
  write(text: string): Promise<void>
  /** Warnings and errors, on stderr. */
  warn(text: string): void
  /** Resolves when all is written; to what became of the output otherwise. */
  flush(): Promise<OutputState>
}

/** `lost`: something could not be written although someone wants it, as on a full disk. */
type OutputState = 'written' | 'closed' | 'lost'

interface TerminalSettings {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: Stream
  readonly stderr: Stream
  readonly environment: Readonly<Record<string, string | undefined>>
}

export const createTerminal = ({ stdin, stdout, stderr, environment }: TerminalSettings): Terminal => {
  const closed = new AbortController()
  let state: OutputState = 'written'
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (state !== 'written') return
    state = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'lost' : 'closed'
    if (state === 'closed') closed.abort()
    else stderr.write(`Error: the output cannot be written: ${error.message}\n`)
  })
  // Where stderr is gone too, nobody is left to be told.
  stderr.on('error', () => undefined)
  const interactive = isTerminal(stdout) && environment['TERM'] !== 'dumb' && !isSet(environment['CI'])
  return {
    stdout,
    interactive,
    unicode: /utf-?8/i.test(environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || ''),
    styles: createStyles(colourWanted(stdout, environment)),
    get columns() {
      return isTerminal(stdout) ? Math.max(20, stdout.columns || 80) : 80
    },
    get rows() {
      return isTerminal(stdout) ? stdout.rows || 24 : 24
    },
    closed: closed.signal,
    attended: stdin.isTTY && isTerminal(stdout) && !isSet(environment['CI']),
    ask: (question) => askedLine(stdin, stdout, question),
    print(text) {
      if (!closed.signal.aborted) stdout.write(`${text}\n`)
    },
    write(text) {
      if (state !== 'written' || stdout.write(text)) return Promise.resolve()
      return new Promise((resolve) => {
        // One of them comes: there is room, or nobody reads any more.
        const events = ['drain', 'error', 'close'] as const
        const go = (): void => {
          for (const event of events) stdout.off(event, go)
          resolve()
        }
        for (const event of events) stdout.on(event, go)
      })
    },
    warn(text) {
      stderr.write(`${text}\n`)
    },
    flush: () =>
      new Promise((resolve) => {
        stdout.write('', () => {
          // The stream reports an error after it has called back.
          setImmediate(() => {
            resolve(state)
          })
        })
      }),
  }
}

const askedLine = (stdin: NodeJS.ReadStream, stdout: Stream, question: string): Promise<string | null> =>
  new Promise((resolve) => {
    const reader = createInterface({ input: stdin, output: stdout })
    reader.once('close', () => {
      resolve(null)
    })
    reader.question(question, (line) => {
      // The first of both counts.
      resolve(line)
      reader.close()
    })
  })

const isTerminal = (stream: Stream): stream is Stream & WriteStream => stream.isTTY

const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== 'false' && value !== '0'

/** NO_COLOR and FORCE_COLOR as no-color.org and force-color.org say; otherwise colour in a terminal that has it. */
const colourWanted = (stdout: Stream, environment: TerminalSettings['environment']): boolean => {
  if (environment['NO_COLOR']) return false
  if (isSet(environment['FORCE_COLOR'])) return true
  return isTerminal(stdout) && environment['TERM'] !== 'dumb'
}

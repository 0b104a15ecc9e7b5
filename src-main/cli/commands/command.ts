import type { Command } from 'commander'
import type { GlobalOptions } from '../application.ts'

/** Makes a commander action of a function from options and arguments to the exit code. */
export type RunAction = <Options extends GlobalOptions>(
  action: (options: Options, ...words: string[]) => Promise<number>,
) => (this: Command, ...parameters: unknown[]) => Promise<void>

/** The examples below a command's help. */
export function examples(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length))
  return ['', 'Examples:', ...lines.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}`)].join('\n')
}

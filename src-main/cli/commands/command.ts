import type { Command } from 'commander'
import type { GlobalOptions } from '../application.ts'

/** Makes a commander action of a function from options and arguments to the exit code. */
export type RunAction = <Options extends GlobalOptions>(
  action: (options: Options, ...words: string[]) => Promise<number>,
) => (this: Command, ...parameters: unknown[]) => Promise<void>

/** Help is this wide everywhere. */
const helpColumns = 80

/** The examples below a command's help: in two columns where these fit, else what each means below it. */
export const examples = (lines: readonly (readonly [command: string, meaning: string])[]): string => {
  const width = Math.max(...lines.map(([command]) => command.length))
  const beside = lines.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}`)
  const fits = beside.every((line) => line.length <= helpColumns)
  const below = lines.flatMap(([command, meaning]) => [`  ${command}`, `      ${meaning}`])
  return ['', 'Examples:', ...(fits ? beside : below)].join('\n')
}

/** The words that the command line understands, read from the program itself: completion and manual cannot go stale. */
import type { EventEmitter } from 'node:events'
import type { Argument, Command, Option } from 'commander'

/** What stands for a value, so that a shell can offer some. */
export type ValueKind =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'study' }
  | { readonly kind: 'definition' }
  | { readonly kind: 'preset' }
  | { readonly kind: 'file' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'text' }

export interface OptionWords {
  /** `--workers`, and `-w` before it where there is one. */
  readonly flags: readonly string[]
  /** As help shows it: `-w, --workers <number>`. */
  readonly term: string
  readonly description: string
  /** null: it is a flag. */
  readonly value: { readonly name: string; readonly kind: ValueKind } | null
}

export interface ArgumentWords {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly variadic: boolean
  readonly kind: ValueKind
}

export interface CommandWords {
  /** From the program on: `['cache', 'clear']`; empty for the program. */
  readonly path: readonly string[]
  readonly summary: string
  readonly description: string
  readonly arguments: readonly ArgumentWords[]
  readonly options: readonly OptionWords[]
  readonly commands: readonly CommandWords[]
  /** What help says behind the options, such as examples. */
  readonly after: string
}

export const programWords = (command: Command, path: readonly string[] = []): CommandWords => {
  const help = command.createHelp()
  return {
    path,
    summary: command.summary() || command.description(),
    description: command.description(),
    arguments: command.registeredArguments.map(argumentWords),
    options: help.visibleOptions(command).map(optionWords),
    commands: help.visibleCommands(command).map((next) => programWords(next, [...path, next.name()])),
    after: textAfterHelp(command),
  }
}

/** Commander keeps this text as a listener, and does not say in its types that a command is an emitter. */
const textAfterHelp = (command: Command): string => {
  let text = ''
  const write = (more: string): void => {
    text += more
  }
  const emitter = command as unknown as EventEmitter
  emitter.emit('afterHelp', { error: false, command, write })
  return text.trim()
}

const argumentWords = (argument: Argument): ArgumentWords => ({
  name: argument.name(),
  description: argument.description,
  required: argument.required,
  variadic: argument.variadic,
  kind: kindOf(argument.name(), argument.description, argument.argChoices),
})

const optionWords = (option: Option): OptionWords => {
  const [, name] = /[<[]([^>\]]*?)(?:\.\.\.)?[>\]]/.exec(option.flags) ?? []
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    term: option.flags,
    description: option.description,
    value: name === undefined ? null : { name, kind: kindOf(name, option.description, option.argChoices) },
  }
}

/** What a value is follows from how it is called, and from what is said of it. */
const kindOf = (name: string, description: string, choices: readonly string[] | undefined): ValueKind => {
  if (choices !== undefined) return { kind: 'words', words: choices }
  if (name === 'study' || name === 'definition') {
    return { kind: /\bfile\b/i.test(description) ? 'definition' : name === 'study' ? 'study' : 'file' }
  }
  if (name === 'preset' || /\bpreset\b/i.test(description)) return { kind: 'preset' }
  if (name.includes('folder')) return { kind: 'folder' }
  return { kind: name.includes('file') ? 'file' : 'text' }
}

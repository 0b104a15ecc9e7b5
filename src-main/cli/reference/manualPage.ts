import type { CommandWords, OptionWords } from './programWords.ts'

const environment = [
  ['SPIKETUNE_LIBRARY', 'The folder of the studies, where --library does not name one.'],
  ['SPIKETUNE_CACHE', 'The folder of what can be made anew: converted datasets, summaries.'],
  ['SPIKETUNE_TENSORFLOW', 'The folder of what spiketune setup installs.'],
] as const

const files = [
  ['~/.local/share/spiketune/studies', 'The studies, a folder each. Nothing removes them but you.'],
  ['~/.local/share/spiketune/tensorflow', 'What spiketune setup has installed.'],
  ['~/.cache/spiketune', 'Converted datasets; spiketune cache says how much they take.'],
  ['~/.config/spiketune', 'What the window remembers.'],
] as const

/** The manual page in roff, for `man`, made of what the program says of itself. */
export const manualPage = (program: CommandWords, version: string): string =>
  [
    `.TH SPIKETUNE 1 "" "spiketune ${text(version)}" "User Commands"`,
    '.SH NAME',
    'spiketune \\- find good hyperparameters for spiking neural networks',
    '.SH SYNOPSIS',
    ...synopsis('[options] <command> ...'),
    '.SH DESCRIPTION',
    text(program.description),
    'Each command explains itself: \\fBspiketune\\fR \\fIcommand\\fR \\fB\\-\\-help\\fR.',
    '.SH OPTIONS',
    ...program.options.flatMap(option),
    '.SH COMMANDS',
    ...program.commands.flatMap((command) => commandLines(command)),
    '.SH EXIT STATUS',
    ...exitStatus(program.after),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, meaning]) => ['.TP', `.B ${text(name)}`, text(meaning)]),
    '.SH FILES',
    ...files.flatMap(([path, meaning]) => ['.TP', `.I ${text(path)}`, text(meaning)]),
    '',
  ].join('\n')

const commandLines = (command: CommandWords): string[] => [
  `.SS "spiketune ${text(command.path.join(' '))}"`,
  ...synopsis(usageOf(command)),
  '.PP',
  text(command.description || command.summary),
  ...command.arguments
    .filter(({ description }) => description !== '')
    .flatMap(({ name, description }) => ['.TP', `.I ${text(name)}`, text(description)]),
  ...command.options.filter(({ flags }) => !flags.includes('--help')).flatMap(option),
  ...(command.after === '' ? [] : ['.PP', ...literal(command.after)]),
  ...command.commands.flatMap((next) => commandLines(next)),
]

const usageOf = ({ path, commands, arguments: words }: CommandWords): string =>
  [
    ...path,
    '[options]',
    ...(commands.length > 0 ? ['[command]'] : []),
    ...words.map(({ name, required, variadic }) => {
      const shown = `${name}${variadic ? '...' : ''}`
      return required ? `<${shown}>` : `[${shown}]`
    }),
  ].join(' ')

const synopsis = (usage: string): string[] => [`.B spiketune`, text(usage)]

const option = ({ term, description }: OptionWords): string[] => ['.TP', `.B "${text(term)}"`, text(description)]

/** The table that help ends with. */
const exitStatus = (after: string): string[] =>
  (after.split('Exit codes:')[1] ?? '').split('\n').flatMap((line) => {
    const [, codes, meaning] = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line) ?? []
    return codes === undefined || meaning === undefined ? [] : ['.TP', `.B ${text(codes)}`, text(meaning)]
  })

const literal = (lines: string): string[] => ['.nf', ...lines.split('\n').map(text), '.fi']

/** Plain text as roff takes it: hyphens that can be copied, and no line that begins as a request does. */
const text = (plain: string): string =>
  plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/gm, '\\&')

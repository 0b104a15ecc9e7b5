import type { ArgumentWords, CommandWords, OptionWords, ValueKind } from './programWords.ts'

/** A function for zsh that completes commands, options with what they mean, studies of the library, presets and files. */
export const zshCompletion = (program: CommandWords, presets: readonly string[]): string => `#compdef spiketune
# Completion of spiketune in zsh, made by \`spiketune completion zsh\`.

_spiketune_studies() {
  local library=\${SPIKETUNE_LIBRARY:-\${XDG_DATA_HOME:-$HOME/.local/share}/spiketune/studies}
  local -a studies
  studies=($library/*/study.sqlite(N:h:t))
  _alternative 'studies:study:compadd -a studies' 'folders:folder of a study:_directories'
}

_spiketune_presets() {
  local -a presets
  presets=(${presets.join(' ')})
  _wanted presets expl preset compadd -a presets
}

_spiketune_definitions() {
  _alternative 'presets:preset:_spiketune_presets' 'files:file:_files'
}

${functionsOf(program, program.options).join('\n\n')}

if [[ $funcstack[1] == _spiketune ]]; then
  _spiketune "$@"
else
  compdef _spiketune spiketune
fi
`

/** A function for each command: its options, then its arguments, or the commands below it. */
const functionsOf = (command: CommandWords, everywhere: readonly OptionWords[]): string[] => {
  const general = command.path.length === 0 ? [] : everywhere.filter(({ flags }) => !flags.includes('--version'))
  const options = [...command.options, ...general]
  const known = options.filter(
    ({ flags }, index) => options.findIndex((other) => other.flags.at(-1) === flags.at(-1)) === index,
  )
  const specifications = [...known.flatMap(optionSpecifications), ...argumentSpecifications(command)]
  const name = functionName(command)
  const lines = specifications.map((specification) => `    ${specification}`).join(' \\\n')
  if (command.commands.length === 0) return [`${name}() {\n  _arguments -S \\\n${lines}\n}`]
  const described = command.commands.map(
    ({ path, summary }) => `    ${quoted(`${path.at(-1) ?? ''}:${summary.replaceAll(':', '\\:')}`)}`,
  )
  const chosen = command.commands.map((next) => `        ${next.path.at(-1) ?? ''}) ${functionName(next)} ;;`)
  return [
    `${name}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${described.join('\n')}
  )
  _arguments -C -S \\
${lines}
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${chosen.join('\n')}
      esac
      ;;
  esac
}`,
    ...command.commands.flatMap((next) => functionsOf(next, everywhere)),
  ]
}

const functionName = ({ path }: CommandWords): string => ['_spiketune', ...path].join('_')

const argumentSpecifications = ({ arguments: words, commands }: CommandWords): string[] =>
  commands.length > 0 ? [quoted('1:command:->command'), quoted('*::rest:->rest')] : words.map(argumentSpecification)

const argumentSpecification = ({ name, required, variadic, kind }: ArgumentWords, index: number): string => {
  const place = variadic ? '*' : `${String(index + 1)}${required ? '' : ':'}`
  return quoted(`${place}:${name}:${actionOf(kind)}`)
}

const optionSpecifications = ({ flags, description, value }: OptionWords): string[] => {
  const meaning = `[${description.replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:')}]`
  const [first = '', second] = flags
  const taken = value === null ? '' : `:${value.name.replaceAll(':', '\\:')}:${actionOf(value.kind)}`
  return second === undefined
    ? [quoted(`${first}${meaning}${taken}`)]
    : [`${quoted(`(${first} ${second})`)}{${first},${second}}${quoted(`${meaning}${taken}`)}`]
}

const actionOf = (kind: ValueKind): string => {
  switch (kind.kind) {
    case 'words':
      return `(${kind.words.join(' ')})`
    case 'study':
      return '_spiketune_studies'
    case 'definition':
      return '_spiketune_definitions'
    case 'preset':
      return '_spiketune_presets'
    case 'file':
      return '_files'
    case 'folder':
      return '_directories'
    case 'text':
      return ' '
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

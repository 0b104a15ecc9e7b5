import type { CommandWords, ValueKind } from './programWords.ts'
import { shellQuote } from '../text/format.ts'

/** A script for bash that completes commands, options, studies of the library, presets and files. */
export const bashCompletion = (program: CommandWords, presets: readonly string[]): string => {
  const all = flattened(program)
  const cases = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('')
  return `# Completion of spiketune in bash, made by \`spiketune completion bash\`.

_spiketune_studies() {
  local library=\${SPIKETUNE_LIBRARY:-\${XDG_DATA_HOME:-$HOME/.local/share}/spiketune/studies} at folder
  for ((at = 1; at + 1 < \${#COMP_WORDS[@]}; at++)); do
    [[ \${COMP_WORDS[at]} == --library ]] && library=\${COMP_WORDS[at + 1]}
  done
  for folder in "$library"/*/; do
    [[ -e \${folder}study.sqlite ]] || continue
    folder=\${folder%/}
    printf '%s\\n' "\${folder##*/}"
  done
}

# The commands and options of a command.
_spiketune_words() {
  case "$1" in
${cases(all.map((command) => `${pattern(command)}) printf '%s\\n' ${wordsOf(command).map(shellQuote).join(' ')} ;;`))}  esac
}

# What kind of value an option takes; nothing where it takes none.
_spiketune_value() {
  case "$1:$2" in
${cases(
  all.flatMap((command) =>
    command.options.flatMap(({ flags, value }) =>
      value === null
        ? []
        : [
            `${flags.map((flag) => shellQuote(`${keyOf(command)}:${flag}`)).join(' | ')}) printf '%s' ${shellQuote(kindWord(value.kind))} ;;`,
          ],
    ),
  ),
)}  esac
}

# What kind of word the argument at a place is.
_spiketune_argument() {
  case "$1:$2" in
${cases(
  all.flatMap((command) =>
    command.arguments.map(
      ({ kind, variadic }, index) =>
        `${shellQuote(`${keyOf(command)}:`)}${variadic ? '*' : String(index)}) printf '%s' ${shellQuote(kindWord(kind))} ;;`,
    ),
  ),
)}  esac
}

_spiketune_complete() {
  local current=$2
  case "$1" in
    words:*) mapfile -t COMPREPLY < <(compgen -W "\${1#words:}" -- "$current") ;;
    study)
      mapfile -t COMPREPLY < <(
        compgen -W "$(_spiketune_studies)" -- "$current"
        compgen -d -- "$current"
      )
      ;;
    preset) mapfile -t COMPREPLY < <(compgen -W ${shellQuote(presets.join(' '))} -- "$current") ;;
    definition)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(
        compgen -W ${shellQuote(presets.join(' '))} -- "$current"
        compgen -f -- "$current"
      )
      ;;
    file)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    folder)
      compopt -o filenames 2> /dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
  esac
}

_spiketune() {
  local current=\${COMP_WORDS[COMP_CWORD]} path='' place=0 at word kind
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ $word == -* ]]; then
      kind=$(_spiketune_value "$path" "$word")
      [[ -n $kind ]] || kind=$(_spiketune_value '' "$word")
      [[ -n $kind ]] || continue
      if ((at + 1 == COMP_CWORD)); then
        _spiketune_complete "$kind" "$current"
        return
      fi
      at=$((at + 1))
    elif _spiketune_words "$path" | grep -qxF -- "$word"; then
      path="\${path:+$path }$word"
    else
      place=$((place + 1))
    fi
  done
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_spiketune_words "$path" | grep '^-')" -- "$current")
    return
  fi
  kind=$(_spiketune_argument "$path" "$place")
  if [[ -n $kind ]]; then
    _spiketune_complete "$kind" "$current"
  else
    mapfile -t COMPREPLY < <(compgen -W "$(_spiketune_words "$path" | grep -v '^-')" -- "$current")
  fi
}

complete -F _spiketune spiketune
`
}

const flattened = (command: CommandWords): CommandWords[] => [command, ...command.commands.flatMap(flattened)]

const keyOf = ({ path }: CommandWords): string => path.join(' ')

const pattern = (command: CommandWords): string => shellQuote(keyOf(command))

const wordsOf = ({ path, commands, options }: CommandWords): string[] => [
  ...commands.flatMap((next) => next.path.at(-1) ?? []),
  ...options.flatMap(({ flags }) => flags),
  // Options of the program are options of every command.
  ...(path.length > 0 ? ['--library', '--json', '--verbose'] : []),
]

const kindWord = (kind: ValueKind): string => (kind.kind === 'words' ? `words:${kind.words.join(' ')}` : kind.kind)

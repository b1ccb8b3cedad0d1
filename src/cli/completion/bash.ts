import type { CommandNames, Value } from './names.ts'
import { branches, quoted } from './posix.ts'

/**
 * A script for bash 3.2 and newer. `=` is a word of its own there, so that a value after `--flag=` has its flag two
 * words back.
 */
export function bash(commands: readonly CommandNames[]): string {
  const subcommands = commands.map(({ name }) => name).filter((name) => name !== '')
  return `# bash completion for authwalk
_authwalk() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command='' words='' files='' word
  if [ "$current" = '=' ]; then current=''
  elif [ "$before" = '=' ]; then before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${subcommands.join('|')}) command="$word"; break ;;
    esac
  done
  case "$current" in -*) before='' ;; esac
  case "$command $before" in
${branches(commands).map(({ labels, value }) => `    ${labels.join('|')}) ${offer(value)} ;;`).join('\n')}
    *) case "$command:$current" in
${commands.flatMap((command) => places(command, subcommands)).join('\n')}
    esac ;;
  esac
  COMPREPLY=()
  if [ -n "$files" ]; then
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$current"))
    type compopt >/dev/null 2>&1 && compopt -o filenames 2>/dev/null
    return 0
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case "\${COMPREPLY[0]}" in
    *=) type compopt >/dev/null 2>&1 && compopt -o nospace 2>/dev/null ;;
  esac
  return 0
}
complete -F _authwalk authwalk
`
}

/** What can stand where no value is due: a flag, or a word of the command. */
function places({ name, flags, value }: CommandNames, subcommands: readonly string[]): string[] {
  const spellings = flags.flatMap((flag) => flag.spellings)
  const words = name === '' ? [...subcommands, ...value.words] : value.words
  return [
    `      ${name}:-*) words=${quoted(spellings.join(' '))} ;;`,
    `      ${name}:*) ${offer({ words, file: value.file })} ;;`,
  ]
}

function offer({ words, file }: Value): string {
  return file ? 'files=yes' : `words=${quoted(words.join(' '))}`
}

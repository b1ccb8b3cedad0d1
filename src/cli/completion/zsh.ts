import type { CommandNames, Value } from './names.ts'
import { branches, quoted } from './posix.ts'

/** A function for a folder of `$fpath`, named `_authwalk`. */
export function zsh(commands: readonly CommandNames[]): string {
  const subcommands = commands.filter(({ name }) => name !== '')
  return `#compdef authwalk
_authwalk() {
  local command='' before="\${words[CURRENT-1]}" current="\${words[CURRENT]}" word
  local -a names
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in
      (${subcommands.map(({ name }) => name).join('|')}) command="$word"; break ;;
    esac
  done
  case "$current" in
    (--*=*) before="\${current%%=*}"; compset -P '*=' ;;
    (-*) before='' ;;
  esac
  case "$command $before" in
${branches(commands).map(({ labels, value }) => `    (${labels.join('|')}) ${offer(value)} ;;`).join('\n')}
    (*) case "$command:$current" in
${commands.flatMap((command) => places(command, subcommands)).join('\n')}
    esac ;;
  esac
}
if [ "$funcstack[1]" = _authwalk ]; then _authwalk "$@"; else compdef _authwalk authwalk; fi
`
}

function places({ name, flags, value }: CommandNames, subcommands: readonly CommandNames[]): string[] {
  const described = flags.flatMap(({ spellings, says }) => spellings.map((spelling) => pair(spelling, says)))
  const commands = subcommands.map((command) => pair(command.name, command.says)).join(' ')
  const words = name === '' ? `names=(${commands}); _describe 'command' names` : offer(value)
  return [
    `      (${name}:-*) names=(${described.join(' ')}); _describe -o 'option' names ;;`,
    `      (${name}:*) ${words} ;;`,
  ]
}

function pair(name: string, says: string): string {
  return quoted(`${name}:${says}`)
}

function offer({ words, file }: Value): string {
  if (file) return '_files'
  return words.length > 0 ? `compadd -- ${words.map(quoted).join(' ')}` : ':'
}

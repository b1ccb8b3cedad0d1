import type { CommandNames, FlagNames, Value } from './names.ts'

/** Lines of `complete`, for ~/.config/fish/completions/authwalk.fish. */
export function fish(commands: readonly CommandNames[]): string {
  const subcommands = commands.filter(({ name }) => name !== '')
  const none = `not __fish_seen_subcommand_from ${subcommands.map(({ name }) => name).join(' ')}`
  return [
    '# fish completion for authwalk',
    'complete -c authwalk -f',
    ...subcommands.map(({ name, says }) => `complete -c authwalk -n ${quoted(none)} -a ${quoted(name)} -d ${quoted(says)}`),
    ...commands.flatMap(({ name, flags, value }) => {
      const start = `complete -c authwalk -n ${quoted(name === '' ? none : `__fish_seen_subcommand_from ${name}`)}`
      const words = value.file || value.words.length > 0 ? [`${start}${offer(value)}`] : []
      return [...flags.map((flag) => `${start} ${flagWords(flag)}`), ...words]
    }),
    '',
  ].join('\n')
}

function flagWords({ spellings, says, value, optional }: FlagNames): string {
  const names = spellings.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  return `${names.join(' ')} -d ${quoted(says)}${value && !optional ? ' -r' : ''}${value ? offer(value) : ''}`
}

function offer({ words, file }: Value): string {
  if (file) return ' -F'
  return words.length > 0 ? ` -f -a ${quoted(words.join(' '))}` : ' -f'
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}

import type { CommandNames, Value } from './names.ts'

/** A native argument completer, for `$PROFILE`. Where nothing is offered, PowerShell offers files by itself. */
export function powershell(commands: readonly CommandNames[]): string {
  const values = commands.flatMap(({ name, flags }) =>
    flags.flatMap(({ spellings, value }) =>
      value ? spellings.map((spelling) => `    ${quoted(`${name} ${spelling}`)} = ${list(value.words)}`) : []))
  return `# PowerShell completion for authwalk
Register-ArgumentCompleter -Native -CommandName authwalk -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $values = @{
${values.join('\n')}
  }
  $flags = @{
${commands.map(({ name, flags }) => `    ${quoted(name)} = ${list(flags.flatMap(({ spellings }) => spellings))}`).join('\n')}
  }
  $places = @{
${commands.map(({ name, value }) => `    ${quoted(name)} = ${list(placed(name, value, commands))}`).join('\n')}
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
  $command = $before | Select-Object -Skip 1 | Where-Object { $_ -ne '' -and $flags.ContainsKey($_) } | Select-Object -First 1
  $key = "$command $($before[-1])"
  $offered = if ($wordToComplete -like '-*') { $flags["$command"] }
    elseif ($values.ContainsKey($key)) { $values[$key] }
    else { $places["$command"] }
  $offered | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`
}

function placed(name: string, value: Value, commands: readonly CommandNames[]): string[] {
  const subcommands = name === '' ? commands.map((command) => command.name).filter((one) => one !== '') : []
  return [...subcommands, ...value.words]
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(', ')})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

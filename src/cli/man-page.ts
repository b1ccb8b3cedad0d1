import type { Argument, Command, Option } from 'commander'
import { AFTER, EXAMPLES, groupsOf, optionsOf } from './help.ts'

/** The whole command line as a page of section 1, in the man macros of roff. */
export function manPage(program: Command): string {
  return [
    `.TH AUTHWALK 1 "" "authwalk ${program.version()}" ""`,
    '.SH NAME',
    `authwalk \\- ${escaped(program.description())}`,
    '.SH SYNOPSIS',
    '.B authwalk',
    escaped(program.usage()),
    ...described(program),
    ...groupsOf(program).flatMap(([heading, options]) => [`.SH ${escaped(heading.replace(/:$/, '').toUpperCase())}`, ...options.flatMap(option)]),
    '.SH COMMANDS',
    ...program.commands.flatMap((command) => [
      `.SS "authwalk ${escaped(command.name())} ${escaped(command.usage())}"`,
      escaped(command.description()),
      ...described(command),
      ...optionsOf(command).flatMap(option),
    ]),
    '.SH EXAMPLES',
    ...verbatim(EXAMPLES),
    '.SH NOTES',
    ...verbatim(AFTER.trim()),
    '',
  ].join('\n')
}

function described(command: Command): string[] {
  return command.registeredArguments.flatMap((argument: Argument) => item(argument.name(), argument.description))
}

function option({ flags, description, defaultValue }: Option): string[] {
  return item(flags, defaultValue === undefined ? description : `${description} (default: ${String(defaultValue)})`)
}

function item(term: string, says: string): string[] {
  return ['.TP', `\\fB${escaped(term)}\\fR`, escaped(says)]
}

function verbatim(text: string): string[] {
  return ['.nf', ...text.trimEnd().split('\n').map(escaped), '.fi']
}

/** A backslash, a hyphen, and a dot or an apostrophe that begins a line mean something to roff, which reads ASCII. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^[.']/, '\\&$&')
    .replaceAll(/[^\x20-\x7e]/gu, (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
}

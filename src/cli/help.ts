import { Command, type Option } from 'commander'
import { wrap } from '../render/layout.ts'

export const EXAMPLES = `  authwalk --practice                                everything on this machine
  authwalk https://accounts.example.com --client-id abc
  authwalk practice                                  the server in one terminal,
  authwalk http://127.0.0.1:4455 --client-id walkthrough  the client in another
`

export const AFTER = `
The secret is never a flag: AUTHWALK_CLIENT_SECRET, a file, or a masked prompt.
Exit codes: 0 walked to the end · 1 a bug of ours · 2 usage · 3 the server said no
  4 a check failed · 5 malformed · 6 network · 7 nobody logged in · 8 this machine
`

const WIDTH = 80

/** `--help`: every name, on one screen. */
export function overview(program: Command): string {
  const groups = groupsOf(program).map(([heading, options]) => [heading, options.map(({ long, short }) => long ?? short ?? '')] as const)
  const rows = [...groups, ['Commands:', program.commands.map((command) => command.name())] as const]
  const left = Math.max(...rows.map(([heading]) => heading.length)) + 3
  return [
    EXAMPLES,
    `Usage: authwalk ${program.usage()}`,
    '',
    ...rows.flatMap(([heading, names]) => {
      const lines = wrap(names.join(' '), WIDTH - left)
      return lines.map((line, at) => (at === 0 ? `  ${heading}` : '').padEnd(left) + line)
    }),
    '',
    'What each of them means: authwalk help, authwalk help <command>',
    'The secret is never a flag: AUTHWALK_CLIENT_SECRET, a file, or a masked prompt.',
    '',
  ].join('\n')
}

/** `authwalk help`: every name and what it means. */
export function wholeHelp(program: Command): string {
  return `Examples:\n${EXAMPLES}\n${Command.prototype.helpInformation.call(program)}${AFTER}`
}

/** Options under the headings that they were given. */
export function groupsOf(command: Command): [string, Option[]][] {
  const options = optionsOf(command)
  const heading = ({ helpGroupHeading = 'Options:' }: Option) => helpGroupHeading
  return [...new Set(options.map(heading))].map((group) => [group, options.filter((one) => heading(one) === group)])
}

export function optionsOf(command: Command): Option[] {
  return command.createHelp().visibleOptions(command)
}

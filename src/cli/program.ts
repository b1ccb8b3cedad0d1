import manifest from '../../package.json' with { type: 'json' }
import { Command, CommanderError, type Option } from 'commander'
import { UsageError } from '../errors.ts'
import { overview } from './help.ts'
import { type Flags, type PracticeFlags, practiceOptions, walkOptions } from './options.ts'
import { secretOnCommandLine } from './usage.ts'

/** What the commands do; a test passes others. */
export interface Commands {
  walk(issuer: string | undefined, flags: Flags): Promise<void>
  practice(flags: PracticeFlags): Promise<void>
  /** Adds the commands that begin no walk. */
  more(program: Command): void
}

/**
 * Reads the command line and runs the command that it names.
 * @throws UsageError
 */
export async function runProgram(argv: readonly string[], commands: Commands): Promise<void> {
  refuseSecrets(argv)
  const program = programOf(commands)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const command = program.commands.find((one) => one.name() === argv[0])
    if (error.exitCode !== 0) throw usageErrorOf(error, command ? `authwalk help ${command.name()}` : 'authwalk --help')
  }
}

function programOf(commands: Commands): Command {
  const program = new Command('authwalk')
    .description('Walk the Authorization Code Flow, one step at a time, with every check shown.')
    .argument('[issuer]', 'an issuer, or a whole metadata URL; asked for on a terminal')
    .enablePositionalOptions()
    .configureHelp({ optionDescription })
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .action((issuer: string | undefined, flags: Flags) => commands.walk(issuer, flags))
  for (const [group, options] of Object.entries(walkOptions())) {
    program.optionsGroup(group)
    for (const option of options) program.addOption(option)
  }
  program.optionsGroup('Other:')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this')
  const practice = program.command('practice')
    .description('start the practice provider alone and print its settings')
    .helpOption('-h, --help', 'print this')
    .action((flags: PracticeFlags) => commands.practice(flags))
  for (const option of practiceOptions()) practice.addOption(option)
  commands.more(program)
  program.helpInformation = () => overview(program)
  return program.helpCommand(false)
}

/** The choices are told in our own words already. */
function optionDescription({ description, defaultValue }: Option): string {
  return defaultValue === undefined ? description : `${description} (default: ${JSON.stringify(defaultValue)})`
}

const SECRET_FLAG = /^--?(?:client[-_]?)?(?:secret|password)(?==|$)/i

function refuseSecrets(argv: readonly string[]): void {
  for (const argument of argv) {
    const [flag] = SECRET_FLAG.exec(argument) ?? []
    if (flag) throw secretOnCommandLine(flag)
  }
}

/** Commander quotes what was typed. Only the flag's own name is repeated: the rest may be a secret. */
function usageErrorOf({ message }: CommanderError, help: string): UsageError {
  const [, unknown] = /^error: unknown option '(--[\w-]*|-.)/.exec(message) ?? []
  const [, meant] = /\(Did you mean (?:one of )?([^()]*)\?\)$/.exec(message) ?? []
  return new UsageError({
    happened: unknown === undefined ? message.replace(/^error: /, '') : `unknown option ${unknown}`,
    means: 'The walk has not begun and nothing was sent.',
    tries: meant === undefined ? [help] : meant.split(', '),
    read: [help],
  })
}

import { UsageError } from '../../errors.ts'
import { wholeHelp } from '../help.ts'
import type { Subcommand } from './subcommand.ts'

export const help: Subcommand = {
  name: 'help',
  register(program, { stdout }) {
    program.command('help')
      .description('every option with its meaning, of the walk or of a command')
      .argument('[command]', 'whose options to explain')
      .helpOption('-h, --help', 'print this')
      .action((name: string | undefined) => {
        const command = program.commands.find((one) => one.name() === name)
        if (name !== undefined && !command) throw noSuch(program.commands.map((one) => one.name()))
        stdout.write(command?.helpInformation() ?? wholeHelp(program))
      })
  },
}

function noSuch(names: readonly string[]): UsageError {
  return new UsageError({
    happened: 'there is no such command',
    means: 'The walk itself has no name: authwalk help explains its options.',
    tries: [`One of: ${names.join(', ')}`],
    read: ['authwalk --help'],
  })
}

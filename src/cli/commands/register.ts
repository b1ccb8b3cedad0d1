import { Option } from 'commander'
import { type Flags, optionsOfTheWalk } from '../options.ts'
import * as take from '../values.ts'
import type { Subcommand } from './subcommand.ts'

export interface RegisterFlags extends Flags {
  clientName: string
  initialAccessTokenFile?: string
}

/** What a walk and a registration have in common. */
const COMMON = new Set([
  '--provider', '--tenant', '--domain', '--app', '--metadata', '--ca', '--auth-method', '--redirect-uri', '--listen', '--scope',
  '--offline', '--timeout', '--save-profile',
])

export const register: Subcommand = {
  name: 'register',
  register(program, world, session) {
    const command = program.command('register')
      .description('let this client be registered by the server itself (RFC 7591)')
      .argument('[issuer]', 'an issuer, or a whole metadata URL')
      .helpOption('-h, --help', 'print this')
      .action(async (issuer: string | undefined, flags: RegisterFlags) => {
        const { runRegister } = await import('../register.ts')
        session.end(await runRegister({ issuer, flags }, world))
      })
    for (const option of [...optionsOfTheWalk(COMMON), ...own()]) command.addOption(option)
  },
}

const own = () => [
  new Option('--initial-access-token-file <path|->', 'the right to register, where the server asks for one; - is standard input')
    .argParser(take.nonEmpty('--initial-access-token-file', 'a path, or -', 'token.txt')),
  new Option('--client-name <name>', 'what people read at the consent')
    .argParser(take.nonEmpty('--client-name', 'a name', 'authwalk')).default('authwalk'),
]

import { Option } from 'commander'
import { type Flags, walkOptions } from '../options.ts'
import * as take from '../values.ts'
import type { Subcommand } from './subcommand.ts'

export interface DoctorFlags extends Omit<Flags, 'offline'> {
  /** A metadata document: nothing is sent. */
  offline?: string
  probeSecret?: true
  /** The redirect URI that the provider's console shows. */
  registered?: string
}

/** What the walk takes about itself and its reports is of no use here. */
const LEFT_OUT = new Set(['--offline', '--browser', '--no-pause', '--wait'])
const GROUPS = ['Where to walk:', 'As whom:', 'What to ask for:', 'How to walk:']

export const doctor: Subcommand = {
  name: 'doctor',
  register(program, world, session) {
    const command = program.command('doctor')
      .description('find out why a client does not work, without a login')
      .argument('[issuer]', 'an issuer, or a whole metadata URL')
      .helpOption('-h, --help', 'print this')
      .action(async (issuer: string | undefined, flags: DoctorFlags) => {
        const { runDoctor } = await import('../doctor.ts')
        session.end(await runDoctor({ issuer, flags, credentials: session.credentials }, world))
      })
    for (const [group, options] of Object.entries(walkOptions())) {
      if (!GROUPS.includes(group)) continue
      command.optionsGroup(group)
      for (const option of options) if (!LEFT_OUT.has(option.long ?? '')) command.addOption(option)
    }
    command.optionsGroup('How to examine:')
    for (const option of own()) command.addOption(option)
  },
}

const own = () => [
  new Option('--offline <file>', 'a metadata document: settings and metadata alone, nothing is sent')
    .argParser(take.nonEmpty('--offline', 'a file', 'metadata.json')),
  new Option('--probe-secret', 'send one token request with a made-up secret too; some providers count it as a failed login'),
  new Option('--registered <uri>', 'the redirect URI as the provider’s console shows it')
    .argParser(take.nonEmpty('--registered', 'a URI', 'http://localhost:8765/callback')),
  new Option('--json', 'the findings as JSON'),
]

import { Option } from 'commander'
import { sharedOptions } from '../doctor-line.ts'
import type { Flags } from '../options.ts'
import * as take from '../values.ts'
import type { Subcommand } from './subcommand.ts'

export interface DoctorFlags extends Omit<Flags, 'offline'> {
  /** A metadata document: nothing is sent. */
  offline?: string
  probeSecret?: true
  /** The redirect URI that the provider's console shows. */
  registered?: string
}

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
    for (const [group, options] of sharedOptions()) {
      command.optionsGroup(group)
      for (const option of options) command.addOption(option)
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

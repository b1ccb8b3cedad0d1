import { Argument } from 'commander'
import { choice } from '../values.ts'
import type { Subcommand } from './subcommand.ts'

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

const AFTER = `
Where to put it:
  bash        authwalk completion bash > ~/.local/share/bash-completion/completions/authwalk
  zsh         authwalk completion zsh > _authwalk, in a folder of $fpath
  fish        authwalk completion fish > ~/.config/fish/completions/authwalk.fish
  powershell  authwalk completion powershell >> $PROFILE
Profiles are those of that moment: do it again for others.
`

export const completion: Subcommand = {
  name: 'completion',
  register(program, world) {
    program.command('completion')
      .description('print what makes a shell complete names of flags, providers, checks and lies')
      .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS).argParser(choice('completion', SHELLS)))
      .helpOption('-h, --help', 'print this')
      .addHelpText('after', AFTER)
      .action(async (shell: Shell) => {
        const [{ completionFor }, { profileNames }] = await Promise.all([import('../completion/index.ts'), import('../profile.ts')])
        world.stdout.write(completionFor(shell, program, await profileNames(world.env)))
      })
  },
}

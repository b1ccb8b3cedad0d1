import type { World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

export const providers: Subcommand = {
  name: 'providers',
  register(program, world) {
    program.command('providers')
      .description('list the known providers, or tell what is known about one')
      .argument('[id]', 'for example google')
      .helpOption('-h, --help', 'print this')
      .action((id: string | undefined) => run(id, world))
  },
}

async function run(id: string | undefined, { stdout, env }: World): Promise<void> {
  const [{ findPreset }, { providerList, providerSheet }, { lookOf }, { penOf }] = await Promise.all([
    import('../provider.ts'),
    import('../provider-text.ts'),
    import('../../render/look.ts'),
    import('../../render/pen.ts'),
  ])
  const pen = penOf(lookOf(stdout, env))
  stdout.write(id === undefined ? providerList(pen) : providerSheet(findPreset(id), pen))
}

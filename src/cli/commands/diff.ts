import type { World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

export const diff: Subcommand = {
  name: 'diff',
  register(program, world) {
    program.command('diff')
      .description('show what differs between two saved walks: it works here and not there')
      .argument('<a>', 'one transcript')
      .argument('<b>', 'the other')
      .helpOption('-h, --help', 'print this')
      .action((one: string, other: string) => run([one, other], world))
  },
}

async function run([one, other]: readonly [string, string], { stdout, env }: World): Promise<void> {
  const [{ transcriptFrom }, { compare }, { drawDiff }, { lookOf }] = await Promise.all([
    import('../transcript-file.ts'),
    import('../../render/diff.ts'),
    import('../../render/draw-diff.ts'),
    import('../../render/look.ts'),
  ])
  const comparison = compare(await transcriptFrom(one, 'nothing'), await transcriptFrom(other, 'nothing'))
  stdout.write(drawDiff(comparison, [one, other], lookOf(stdout, env)))
}

import type { World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

interface Flags {
  json?: true
}

export const diff: Subcommand = {
  name: 'diff',
  register(program, world) {
    program.command('diff')
      .description('show what differs between two saved walks: it works here and not there')
      .argument('<a>', 'one transcript')
      .argument('<b>', 'the other')
      .option('--json', 'the differences as JSON')
      .helpOption('-h, --help', 'print this')
      .action((one: string, other: string, flags: Flags) => run([one, other], flags, world))
  },
}

async function run([one, other]: readonly [string, string], { json }: Flags, { stdout, env }: World): Promise<void> {
  const [{ transcriptFrom }, { compare }, { diffDocument, drawDiff }, { lookOf }] = await Promise.all([
    import('../transcript-file.ts'),
    import('../../render/diff.ts'),
    import('../../render/draw-diff.ts'),
    import('../../render/look.ts'),
  ])
  const comparison = compare(await transcriptFrom(one, 'nothing'), await transcriptFrom(other, 'nothing'))
  stdout.write(json ? diffDocument(comparison) : drawDiff(comparison, [one, other], lookOf(stdout, env)))
}

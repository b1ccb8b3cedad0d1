import { Option } from 'commander'
import type { World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

interface Flags {
  format: string
  out?: string
  showSecrets?: true
}

export const report: Subcommand = {
  name: 'report',
  register(program, world) {
    program.command('report')
      .description('show a saved walk in another form')
      .argument('<transcript>', 'what --save or --json wrote')
      .addOption(new Option('--format <format>', 'html, svg, mermaid, markdown, har, curl, json, text').makeOptionMandatory())
      .option('--out <file>', 'a new file, readable by you alone (default: standard output)')
      .option('--show-secrets', 'those that the walk was saved with')
      .helpOption('-h, --help', 'print this')
      .action((path: string, flags: Flags) => run(path, flags, world))
  },
}

async function run(path: string, { format, out, showSecrets }: Flags, { stdout }: World): Promise<void> {
  const [{ transcriptFrom }, { reportIn }, files] = await Promise.all([
    import('../transcript-file.ts'),
    import('../reports.ts'),
    import('../../io/files.ts'),
  ])
  const { render } = reportIn(format, '--format')
  if (out !== undefined) await files.requireAbsent(out)
  const rendered = render(await transcriptFrom(path, showSecrets ? 'everything' : 'nothing'))
  if (out === undefined) stdout.write(rendered)
  else await files.writePrivate(out, rendered)
}

import type { Transcript } from '../../events.ts'
import type { Reveal } from '../../redact.ts'
import { isInteractive, type World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

interface Flags {
  pause: boolean
  showSecrets?: true
}

export const replay: Subcommand = {
  name: 'replay',
  register(program, world) {
    program.command('replay')
      .description('walk a saved walk again, without a network')
      .argument('<transcript>', 'what --save or --json wrote')
      .option('--no-pause', 'run through')
      .option('--show-secrets', 'those that the walk was saved with')
      .helpOption('-h, --help', 'print this')
      .action((path: string, flags: Flags) => run(path, flags, world))
  },
}

async function run(path: string, { pause, showSecrets }: Flags, world: World): Promise<void> {
  const { transcriptFrom } = await import('../transcript-file.ts')
  const reveal: Reveal = showSecrets ? 'everything' : world.stdout.isTTY ? 'tokens' : 'nothing'
  await play(await transcriptFrom(path, reveal), pause && isInteractive(world), world)
}

/** The terminal of a walk: it rests before each step, and at the end. */
async function play({ events, outcome }: Transcript, pause: boolean, world: World): Promise<void> {
  const [{ lookOf }, { textRenderer }, { factsOf }, { terminalOn }] = await Promise.all([
    import('../../render/look.ts'),
    import('../../render/text.ts'),
    import('../../render/story/facts.ts'),
    import('../terminal.ts'),
  ])
  const { clientId = '', moment } = factsOf({ version: 1, events, outcome })
  const text = textRenderer(lookOf(world.stdout, world.env), () => moment ?? Date.now())
  const terminal = terminalOn(world, { text, pause, clientId, navigates: '' })
  for (const [index, event] of events.entries()) {
    if (event.type === 'step' && index > 0) await terminal.rest(event)
    terminal.show(event)
  }
  if (outcome.status === 'completed') await terminal.linger('who saw what')
  world.stdout.write(text.outcome(outcome))
}

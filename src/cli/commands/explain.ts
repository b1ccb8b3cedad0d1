import type { World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

export const explain: Subcommand = {
  name: 'explain',
  register(program, world) {
    program.command('explain')
      .description('what is known about an error, a check, a parameter or a step')
      .argument('[word...]', 'for example invalid_client, id-token-aud, nonce, step 5, or a message as it came')
      .helpOption('-h, --help', 'print this')
      .action((words: string[]) => run(words.join(' '), world))
  },
}

async function run(asked: string, { stdout, env }: World): Promise<void> {
  const [{ contents, lookUp }, { drawContents, drawEntry }, { lookOf }, { penOf }] = await Promise.all([
    import('../knowledge.ts'),
    import('../../render/entry.ts'),
    import('../../render/look.ts'),
    import('../../render/pen.ts'),
  ])
  const pen = penOf(lookOf(stdout, env))
  stdout.write(asked === '' ? drawContents(contents(), pen) : lookUp(asked).map((entry) => drawEntry(entry, pen)).join(''))
  stdout.write('\n')
}

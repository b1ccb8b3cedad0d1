import { Cancelled, WalkError } from '../errors.ts'
import type { Outcome } from '../events.ts'
import { subcommands } from './commands/index.ts'
import { takeCredentials } from './credentials.ts'
import { runProgram } from './program.ts'
import type { World } from './world.ts'

/**
 * Runs one command line to its end, whichever that is.
 * @returns the exit code
 * @throws whatever is a bug of ours
 */
export async function command(argv: readonly string[], world: World): Promise<number> {
  const credentials = takeCredentials(world.env)
  let exit = 0
  try {
    await runProgram(argv, {
      async walk(issuer, flags) {
        if (flags.practice) await beginPractice()
        const { runWalk } = await import('./run.ts')
        exit = (await runWalk({ issuer, flags, credentials }, world)).exit
      },
      async practice(flags) {
        await beginPractice()
        const { runPractice } = await import('./practice.ts')
        await runPractice(flags, world)
      },
      more: (program) => subcommands.forEach((subcommand) => subcommand.register(program, world, { credentials, end: (code) => void (exit = code) })),
    })
    return exit
  } catch (error) {
    if (error instanceof Cancelled) return error.exit
    if (!(error instanceof WalkError)) throw error
    await tellFailure(world.stderr, world.env, error)
    if (argv.includes('--json')) await printTranscript(world, outcomeOf(error))
    return error.exit
  }
}

async function beginPractice(): Promise<void> {
  const { beginSigningKey } = await import('../practice/signing-key.ts')
  beginSigningKey()
}

/** The four lines. */
export async function tellFailure(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, error: WalkError): Promise<void> {
  const [{ lookOf }, { textRenderer }] = await Promise.all([import('../render/look.ts'), import('../render/text.ts')])
  stream.write(textRenderer(lookOf(stream, env)).outcome(outcomeOf(error)))
}

/** A walk that never began is a transcript too. */
async function printTranscript({ stdout }: World, outcome: Outcome): Promise<void> {
  const { json } = await import('../render/reports/json.ts')
  stdout.write(json.render({ version: 1, events: [], outcome }))
}

function outcomeOf({ exit, explanation }: WalkError): Outcome {
  return { status: 'failed', exit, error: explanation }
}

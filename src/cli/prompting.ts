import { Cancelled } from '../errors.ts'
import type { World } from './world.ts'

/** What inquirer's prompts take besides their question. */
export interface PromptContext {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
  signal: AbortSignal
  clearPromptOnDone: boolean
}

interface Key {
  ctrl?: boolean
  name?: string
}

/**
 * Shows one prompt. Ctrl+C and Ctrl+D leave the program, and a signal ends the prompt: inquirer alone would never
 * settle after a Ctrl+D.
 * @throws Cancelled, or the reason of the signal
 */
export async function prompted<Answer>(
  world: World,
  prompt: (context: PromptContext) => Promise<Answer>,
  { signal = world.signal, clear = true }: { signal?: AbortSignal; clear?: boolean } = {},
): Promise<Answer> {
  const closed = new AbortController()
  const onKey = (_text: string, key: Key | undefined) => {
    if (key?.ctrl && key.name === 'd') closed.abort(new Cancelled('SIGINT'))
  }
  // readline pauses its input when the program comes back from Ctrl+Z, and inquirer leaves it at that.
  const onContinue = () => void setImmediate(() => world.stdin.resume())
  restoreAtExit(world)
  process.on('SIGCONT', onContinue)
  world.stdin.on('keypress', onKey)
  try {
    const either = AbortSignal.any([signal, closed.signal])
    return await prompt({ input: world.stdin, output: world.stdout, signal: either, clearPromptOnDone: clear })
  } catch (error) {
    signal.throwIfAborted()
    if (!closed.signal.aborted && !(error instanceof Error && error.name === 'ExitPromptError')) throw error
    world.interrupt()
    throw new Cancelled('SIGINT')
  } finally {
    process.off('SIGCONT', onContinue)
    world.stdin.off('keypress', onKey)
  }
}

let restores = false

/** A second Ctrl+C or a bug ends the process without unwinding, and may find the cursor hidden and the echo off. */
function restoreAtExit({ stdin, stdout }: World): void {
  if (restores) return
  restores = true
  process.once('exit', () => {
    if (stdin.isRaw) stdin.setRawMode(false)
    if (stdout.isTTY) stdout.write('\u001b[?25h')
  })
}

import { Cancelled, WalkError } from './errors.ts'
import type { Edits, Outcome, Walk, WalkEvent } from './events.ts'
import type { Redactor, Reveal } from './redact.ts'

/** Somebody who shows or stores events: the terminal, the transcript. */
export interface Reader {
  /** How much of the secret values this reader receives. What it does not receive it can't leak. */
  reveal: Reveal
  /** Takes its time: nothing happens in the flow until it resolves. May answer a message that goes out with edits. */
  show(event: WalkEvent): void | Promise<Edits | undefined | void>
}

export interface Ended<Result> {
  outcome: Outcome
  /** What the flow learned, where it completed. */
  result?: Result
  /** A bug of ours, for `--debug`. */
  bug?: unknown
}

/**
 * Pulls a flow to its end: takes the secrets out of each event, shows it to every reader in turn, and makes an outcome
 * of however it ends. A message that a reader edits never went out as it was, so the readers after it don't see it.
 */
export async function walk<Result>(flow: Walk<Result>, readers: readonly Reader[], redactor: Redactor, controller: AbortController): Promise<Ended<Result>> {
  let edits: Edits | undefined
  try {
    for (;;) {
      const next = await flow.next(edits)
      if (next.done) return { outcome: { status: 'completed', exit: 0 }, result: next.value }
      edits = await showTo(readers, next.value, redactor)
    }
  } catch (error) {
    controller.abort(error)
    await flow.return(undefined as never).catch(() => {})
    return ended(error, redactor)
  }
}

async function showTo(readers: readonly Reader[], event: WalkEvent, redactor: Redactor): Promise<Edits | undefined> {
  const versions = new Map<Reveal, WalkEvent>()
  for (const reader of readers) {
    const version = versions.get(reader.reveal) ?? redactor.event(event, reader.reveal)
    versions.set(reader.reveal, version)
    const edits = await reader.show(version)
    if (edits) return edits
  }
  return undefined
}

function ended<Result>(error: unknown, redactor: Redactor): Ended<Result> {
  if (error instanceof Cancelled) return { outcome: { status: 'cancelled', exit: error.exit } }
  if (error instanceof WalkError) return { outcome: { status: 'failed', exit: error.exit, error: redactor.explanation(error.explanation) } }
  return { outcome: { status: 'failed', exit: 1 }, bug: error }
}

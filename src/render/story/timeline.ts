import type { WalkEvent } from '../../events.ts'

/** When a message was sent, and how long its answer took. Milliseconds since the walk began, reading time left out. */
export interface Moment {
  /** Which event of the transcript it is. */
  event: number
  start: number
  /** Which event answers it, and after how many milliseconds. */
  answer?: { event: number; took: number }
}

const SENT: ReadonlySet<WalkEvent['type']> = new Set(['request', 'navigate', 'redirect'])

/**
 * A transcript has no clock: one request follows the other here as soon as its answer is there. Only the wait for the
 * browser was measured as a whole, from the moment at which the listener was bound.
 */
export function timelineOf(events: readonly WalkEvent[]): Moment[] {
  const moments: Moment[] = []
  let clock = 0
  let bound = 0
  for (const [index, event] of events.entries()) {
    const last = moments.at(-1)
    if (event.type === 'step' && event.step === 1) bound = clock
    if (event.type === 'response' && last && events[last.event]?.type === 'request') {
      last.answer = { event: index, took: event.milliseconds }
      clock += event.milliseconds
    }
    if (event.type === 'redirect') clock = Math.max(clock, bound + event.at)
    if (SENT.has(event.type)) moments.push({ event: index, start: clock })
  }
  return moments
}

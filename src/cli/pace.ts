import type { Edits, NavigateEvent, RequestEvent, StepEvent, StepNumber, WalkEvent } from '../events.ts'
import type { Reader } from '../walk.ts'
import type { Edited } from './edit.ts'
import type { Waiting } from './waiting.ts'

/** Where events are shown, and where somebody reads them. */
export interface Screen {
  show(event: WalkEvent): void
  /** Holds until the person wants what comes next: a step, or the message that was shown last on its way out. */
  rest(next: StepEvent | NavigateEvent | RequestEvent): Promise<Edited | undefined>
  /** The wait for the browser begins. `arrived` grows while it lasts. */
  wait(arrived: readonly WalkEvent[]): Waiting
}

export interface PacedReader extends Reader {
  /** Shows what is still held back, where the walk ended before step 7; `quietly`: forgets it. */
  finish: (quietly: boolean) => Promise<void>
}

/**
 * Gives a person time to read, and never at the cost of the code: from the moment the browser is open until the tokens
 * have been judged nothing is paused. What happens meanwhile is held back, and shown afterwards step by step.
 */
export function pacedReader(screen: Screen, reveal: Reader['reveal']): PacedReader {
  let step: StepNumber = 0
  let held: WalkEvent[] | undefined
  let waiting: Waiting | undefined
  let received: Promise<void> | undefined
  let ahead: Edits | undefined

  async function present(event: WalkEvent): Promise<void> {
    if (event.type === 'step' && restsBefore(event)) await screen.rest(event)
    screen.show(event)
  }

  function hold(event: WalkEvent, queue: WalkEvent[]): Edits | undefined {
    if (event.type === 'request' && step === 5 && ahead) {
      const edits = ahead
      ahead = undefined
      return edits
    }
    queue.push(event)
    if (event.type === 'step') received ??= waiting?.end()
    return undefined
  }

  async function release(quietly = false): Promise<void> {
    await (received ?? waiting?.end())
    const events = quietly ? [] : held ?? []
    held = undefined
    waiting = undefined
    received = undefined
    for (const event of events) await present(event)
  }

  async function edited(event: NavigateEvent | RequestEvent): Promise<Edits | undefined> {
    for (;;) {
      const answer = await screen.rest(event)
      if (answer?.message !== 'token request') return answer?.edits
      ahead = { ...ahead, ...answer.edits }
    }
  }

  return {
    reveal,
    async show(event) {
      if (event.type === 'step') step = event.step
      if (held && step < LAST) return hold(event, held)
      if (held) await release()
      await present(event)
      if (event.type === 'step' && step === 2) {
        held = []
        waiting = screen.wait(held)
      }
      return goesOut(event) && (step === 1 || step === LAST) ? await edited(event) : undefined
    },
    finish: release,
  }
}

const LAST: StepNumber = 7

/** Step 2 begins when the browser is already open. */
function restsBefore({ step }: StepEvent): boolean {
  return step !== 0 && step !== 2
}

function goesOut(event: WalkEvent): event is NavigateEvent | RequestEvent {
  return event.type === 'navigate' || event.type === 'request'
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WalkVerdict } from '../outside.ts'
import { type Receipt, sendReceipt } from './answers.ts'

/** Follows one browser from the 303 to the page behind it, and from there to the verdict. */
export interface Visit {
  sentOn(): void
  /** Answers a request for the page. */
  arrived(request: IncomingMessage, response: ServerResponse, received: Receipt['received']): void
  conclude(verdict: WalkVerdict): void
  /** Resolves once the browser has got the last page that it will ask for, or has had its time. */
  over(): Promise<void>
}

/** Milliseconds, from the answer that makes it ask again, in which a browser has done so or never will. */
const GRACE = 1_000
/** Seconds after which the page asks for the verdict. */
const SOON = 1
/** Milliseconds for which that question is held: less than a browser waits for an answer. */
const HELD = 60_000

/**
 * The page is there at once and asks for the verdict only once: the answer is held until the walk has one, so that the
 * page does not change under who reads it. It works without script. What is no browser gets the first page alone.
 */
export function createVisit(signal: AbortSignal): Visit {
  let patience = 0
  let verdict: WalkVerdict | undefined
  const held = new Set<() => void>()
  let leave = () => {}
  const left = new Promise<void>((resolve) => (leave = resolve))

  function expectAgain(milliseconds: number): void {
    patience = performance.now() + milliseconds + GRACE
  }

  function hold(response: ServerResponse, received: Receipt['received']): void {
    const answer = () => {
      clearTimeout(timer)
      held.delete(answer)
      if (verdict === undefined) expectAgain(0)
      else response.once('close', leave)
      sendReceipt(response, verdict === undefined ? { received, refresh: 0 } : { received, verdict })
    }
    const timer = setTimeout(answer, HELD)
    held.add(answer)
    response.once('close', () => {
      clearTimeout(timer)
      held.delete(answer)
    })
  }

  return {
    sentOn: () => expectAgain(0),
    arrived({ headers, url = '' }, response, received) {
      if (verdict === undefined && headers['sec-fetch-mode'] === 'navigate') {
        if (url.endsWith('?verdict')) return hold(response, received)
        expectAgain(SOON * 1_000)
        return sendReceipt(response, { received, refresh: SOON })
      }
      response.once('close', leave)
      sendReceipt(response, { received, ...(verdict === undefined ? {} : { verdict }) })
    },
    conclude(reached) {
      verdict ??= reached
      if (held.size > 0) expectAgain(0)
      for (const answer of held) answer()
    },
    async over() {
      const timer = setTimeout(leave, signal.aborted ? 0 : Math.max(0, patience - performance.now()))
      signal.addEventListener('abort', leave)
      await left
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
    },
  }
}

import type { Arrival } from '../outside.ts'

export interface Arrivals {
  push: (arrival: Arrival) => void
  /** What `next` throws once everything that came before has been taken. */
  fail: (error: Error) => void
  next: () => Promise<Arrival>
}

interface ArrivalsOptions {
  /** Seconds from the first `next`: reading time before it is nobody's delay. */
  wait: number
  signal: AbortSignal
  /** The error of a deadline that passed, told how many strangers came until then. */
  timedOut: (strangers: number) => Error
}

/** So many strangers are reported one by one; after that, one in `QUIET` milliseconds, with the number of the rest. */
const REPORTED = 100
const QUIET = 5_000
/** What a timer can hold. */
const LONGEST = 2 ** 31 - 1

/** What reached the redirection endpoint, in order. A flood of strangers neither fills it nor delays the deadline. */
export function createArrivals({ wait, signal, timedOut }: ArrivalsOptions): Arrivals {
  const queue: Arrival[] = []
  let wake = () => {}
  let failure: Error | undefined
  let deadline: number | undefined
  let strangers = 0
  let unreported = 0
  let quietUntil = 0

  function report(arrival: Arrival): Arrival | undefined {
    if (arrival.accepted || arrival.by === 'paste') return arrival
    strangers += 1
    if (arrival.at < quietUntil) {
      unreported += 1
      return undefined
    }
    if (strangers >= REPORTED) quietUntil = arrival.at + QUIET
    if (unreported === 0) return arrival
    const reason = `${arrival.reason} (and ${unreported} more before it that are not listed)`
    unreported = 0
    return { ...arrival, reason }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, Math.min(milliseconds, LONGEST))
      signal.addEventListener('abort', done)
      wake = done
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
    })
  }

  return {
    push(arrival) {
      const reported = report(arrival)
      if (!reported) return
      queue.push(reported)
      wake()
    },
    fail(error) {
      failure ??= error
      wake()
    },
    async next() {
      deadline ??= performance.now() + wait * 1000
      for (;;) {
        signal.throwIfAborted()
        const left = deadline - performance.now()
        const worthIt = left > 0 || failure !== undefined || queue.some(({ accepted }) => accepted)
        const arrival = worthIt ? queue.shift() : undefined
        if (arrival) return arrival
        if (failure) throw failure
        if (left <= 0) throw timedOut(strangers)
        await pause(left)
      }
    },
  }
}

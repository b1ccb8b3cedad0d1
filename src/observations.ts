import type { Edits, ObservedEvent, StepNumber, Walk } from './events.ts'

/** What the practice provider and its browser saw, told in the steps to which it belongs. */
export interface Observations {
  observe(event: ObservedEvent): void
  /** The same flow, with what was observed between its own events. */
  among<Result>(flow: Walk<Result>): Walk<Result>
}

export function observations(): Observations {
  const pending: ObservedEvent[] = []
  let wake = () => {}

  function* due(step: StepNumber): Generator<ObservedEvent> {
    for (let at = pending.findIndex((event) => event.step <= step); at >= 0; at = pending.findIndex((event) => event.step <= step)) {
      yield* pending.splice(at, 1)
    }
  }

  return {
    observe(event) {
      pending.push(event)
      wake()
    },
    async *among<Result>(flow: Walk<Result>): Walk<Result> {
      let step: StepNumber = 0
      let coming = flow.next()
      try {
        for (;;) {
          const observed = new Promise<undefined>((resolve) => { wake = () => resolve(undefined) })
          yield* due(step)
          const next = await Promise.race([coming, observed])
          if (!next) continue
          if (next.done) {
            yield* due(LAST)
            return next.value
          }
          if (next.value.type === 'step') {
            yield* due(before(next.value.step))
            step = next.value.step
          }
          const edits: Edits | undefined = yield next.value
          coming = flow.next(edits)
        }
      } catch (error) {
        yield* due(LAST)
        throw error
      } finally {
        coming.catch(() => {})
        await flow.return(undefined as never).catch(() => {})
      }
    },
  }
}

const LAST: StepNumber = 7

/** What belongs to a step that ends is told before the next one begins. */
function before(step: StepNumber): StepNumber {
  return step === 0 ? 0 : ((step - 1) as StepNumber)
}

import fc, { type Arbitrary } from 'fast-check'
import { afterAll, test } from 'vitest'
import { WalkError } from '../../src/errors.ts'
import type { Walk, WalkEvent } from '../../src/events.ts'

/** How often each target runs: a handful in the tests, a million times in `npm run fuzz`. */
const RUNS = Number(process.env['AUTHWALK_FUZZ_RUNS'] ?? 300)
const isLong = process.env['AUTHWALK_FUZZ_RUNS'] !== undefined

const rows: string[] = []

afterAll(() => {
  if (isLong) process.stdout.write(rows.join(''))
})

/** One target: what comes from outside, and what has to hold for all of it. A failure names the seed to repeat it. */
export function target<Input>(name: string, input: Arbitrary<Input>, holds: (input: Input) => unknown): void {
  test(name, async () => {
    let runs = 0
    const began = performance.now()
    const property = fc.asyncProperty(input, async (given) => {
      runs += 1
      await holds(given)
    })
    await fc.assert(property, { numRuns: RUNS })
    const seconds = (performance.now() - began) / 1000
    rows.push(`${name.padEnd(44)}${String(runs).padStart(10)} runs${seconds.toFixed(1).padStart(9)} s\n`)
  }, isLong ? 24 * 3600 * 1000 : 60_000)
}

export interface Pulled<Result> {
  events: WalkEvent[]
  result?: Result
  error?: WalkError
}

/** Pulls a part of the flow to its end. Whatever it throws that is no ending of a walk is a bug. */
export async function pulled<Result>(part: Walk<Result>): Promise<Pulled<Result>> {
  const events: WalkEvent[] = []
  try {
    for (;;) {
      const next = await part.next(undefined)
      if (next.done) return { events, result: next.value }
      events.push(next.value)
    }
  } catch (error) {
    if (error instanceof WalkError) return { events, error }
    throw error
  }
}

/** Text of any code points, with those that matter to terminals, headers and parsers more often than chance has them. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom('\x1b[2J', '\x9b', '\r\n', '\0', '"', '\\', '\u202e', '\u200b', '\u{e0041}', '\ud800', '%s', '<b>', "'", 'é', '日', 'a', ' '), { maxLength: 12 }).map((parts) => parts.join('')),
)

/** Written independently of the escaper: C0, DEL, C1, BiDi, zero width, separators, tags, lone surrogates. */
export const HARMFUL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/u

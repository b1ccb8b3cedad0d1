import { describe, expect, test } from 'vitest'
import { Cancelled, NetworkError } from '../src/errors.ts'
import type { Walk, WalkEvent } from '../src/events.ts'
import { proposed } from '../src/exchange.ts'
import { observations } from '../src/observations.ts'
import { createRedactor } from '../src/redact.ts'
import { lesson as first } from '../src/steps/1-authorization-request.ts'
import { lesson as second } from '../src/steps/2-user-authentication.ts'
import { lesson as third } from '../src/steps/3-authorization-code.ts'
import { type Reader, walk } from '../src/walk.ts'

const note = (what: string): WalkEvent => ({ type: 'skip', what, why: '' })
const nothingSecret = createRedactor([])

function recorder(): Reader & { events: WalkEvent[] } {
  const events: WalkEvent[] = []
  return { events, reveal: 'everything', show: (event) => void events.push(event) }
}

describe('walk', () => {
  test('records everything up to a failure and makes its four lines an outcome', async () => {
    async function* flow(): Walk<void> {
      yield note('before')
      throw new NetworkError({ happened: 'refused', means: 'm', tries: ['t'], read: ['r'] })
    }
    const transcript = recorder()
    const { outcome } = await walk(flow(), [transcript], nothingSecret, new AbortController())
    expect(transcript.events).toEqual([note('before')])
    expect(outcome).toEqual({ status: 'failed', exit: 6, error: { happened: 'refused', means: 'm', tries: ['t'], read: ['r'] } })
  })

  test('an ending takes what it holds with it, also when a reader leaves', async () => {
    let closed = false
    async function* flow(): Walk<void> {
      await using _ = { [Symbol.asyncDispose]: async () => void (closed = true) }
      yield note('one')
    }
    const leaving: Reader = { reveal: 'nothing', show: () => Promise.reject(new Cancelled('SIGINT')) }
    const controller = new AbortController()
    expect((await walk(flow(), [leaving], nothingSecret, controller)).outcome).toEqual({ status: 'cancelled', exit: 130 })
    expect(closed).toBe(true)
    expect(controller.signal.aborted).toBe(true)
  })

  test('a bug of ours is exit 1 and keeps its error for --debug', async () => {
    // oxlint-disable-next-line require-yield
    async function* flow(): Walk<void> {
      throw new TypeError('ours')
    }
    expect(await walk(flow(), [], nothingSecret, new AbortController())).toMatchObject({ outcome: { exit: 1 }, bug: expect.any(TypeError) })
  })

  test('an edited message is proposed again, and only the last is recorded', async () => {
    const message = { type: 'navigate', endpoint: 'https://as.example', parameters: [{ name: 'a', value: '1' }, { name: 'b', value: '2' }] } as const satisfies WalkEvent
    async function* flow(): Walk<WalkEvent> {
      return yield* proposed({ ...message, parameters: [...message.parameters] })
    }
    const edits = [{ a: 'one', b: null, c: '3' }, undefined]
    const editor: Reader = { reveal: 'nothing', show: async () => edits.shift() }
    const transcript = recorder()
    const { result } = await walk(flow(), [editor, transcript], nothingSecret, new AbortController())
    const changed = { ...message, parameters: [{ name: 'a', value: 'one' }, { name: 'c', value: '3' }] }
    expect(result).toEqual(changed)
    expect(transcript.events).toEqual([changed])
  })
})

describe('observations', () => {
  test('each is told in its step, and the late ones at the end', async () => {
    const { observe, among } = observations()
    const saw = (step: 2 | 3 | 6): WalkEvent & { type: 'observed' } => ({ type: 'observed', by: 'browser', step, saw: String(step), details: [] })
    async function* flow(): Walk<string> {
      yield { type: 'step', ...first }
      observe(saw(3))
      observe(saw(2))
      yield { type: 'step', ...second }
      yield { type: 'step', ...third }
      yield note('later')
      observe(saw(6))
      return 'done'
    }
    const transcript = recorder()
    const { result } = await walk(among(flow()), [transcript], nothingSecret, new AbortController())
    expect(transcript.events.map((event) => (event.type === 'observed' ? `saw ${event.saw}` : event.type === 'step' ? `step ${event.step}` : event.type)))
      .toEqual(['step 1', 'step 2', 'saw 2', 'step 3', 'saw 3', 'skip', 'saw 6'])
    expect(result).toBe('done')
  })

  test('what the other side saw is told while the flow waits', async () => {
    const { observe, among } = observations()
    let finish = () => {}
    async function* flow(): Walk<void> {
      yield { type: 'step', ...second }
      await new Promise<void>((resolve) => { finish = resolve })
    }
    const told = among(flow())
    await told.next()
    const next = told.next()
    observe({ type: 'observed', by: 'authorization server', step: 2, saw: 'a password', details: [] })
    expect((await next).value).toMatchObject({ saw: 'a password' })
    finish()
    expect((await told.next()).done).toBe(true)
  })

  test('leaving closes the flow beneath', async () => {
    let closed = false
    async function* flow(): Walk<void> {
      try {
        yield note('one')
        yield note('two')
      } finally {
        closed = true
      }
    }
    const told = observations().among(flow())
    await told.next()
    await told.return()
    expect(closed).toBe(true)
  })
})

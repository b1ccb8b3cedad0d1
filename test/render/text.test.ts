import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, Outcome, Parameter, WalkEvent } from '../../src/events.ts'
import { createRedactor } from '../../src/redact.ts'
import { escape } from '../../src/render/escape.ts'
import { displayWidth } from '../../src/render/layout.ts'
import type { Look } from '../../src/render/look.ts'
import { type Message, raw } from '../../src/render/raw.ts'
import { textRenderer } from '../../src/render/text.ts'
import { CLIENT_SECRET, named, NOW, sample } from './sample.ts'

const completed: Outcome = { status: 'completed', exit: 0 }

/** A whole walk as a person reads it on their own terminal. */
function wholeWalk(look: Look): string {
  const renderer = textRenderer(look, () => NOW)
  const redactor = createRedactor(named({ client_secret: CLIENT_SECRET }))
  const events = sample.map((event) => redactor.event(event, 'tokens'))
  return events.map((event) => renderer.event(event)).join('') + renderer.outcome(completed)
}

/** Lines that are too wide, but for whole tokens, which stand alone to be copied. */
function tooWide(text: string, { width }: Look, tokens: ReadonlySet<string> = new Set()): string[] {
  return text.split('\n').filter((line) => displayWidth(line) >= width && !tokens.has(line))
}

describe('a whole walk', () => {
  const widths = [40, 60, 80, 120]

  test.each(widths)('fits into %d columns', (width) => {
    const tokens = new Set(sample.flatMap((event) => (event.type === 'value' ? [event.value] : [])))
    for (const unicode of [true, false]) {
      const look = { width, unicode, colour: false }
      expect(tooWide(wholeWalk(look), look, tokens)).toEqual([])
    }
  })

  test('shows its seven steps in order, and what it comes to', () => {
    const text = wholeWalk({ width: 80, unicode: true, colour: false })
    expect([...text.matchAll(/^ (\d)\/7 /gm)].map(([, number]) => number).join('')).toBe('01234567')
    expect(text).toContain('7 passed, 1 did not apply')
    expect(text).toContain('Who saw what')
  })

  test('holds neither the client secret nor the code_verifier', () => {
    const text = wholeWalk({ width: 80, unicode: true, colour: true })
    expect(text).not.toContain(CLIENT_SECRET)
    expect(text).not.toContain('dBjftJ')
  })

  test('says the same with colour and without', () => {
    const plain = wholeWalk({ width: 80, unicode: true, colour: false })
    const coloured = wholeWalk({ width: 80, unicode: true, colour: true })
    expect(plain).not.toContain('\x1b')
    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(plain)
  })

  test('is ASCII where it has to be', () => {
    expect(wholeWalk({ width: 80, unicode: false, colour: false })).toMatch(/^[\x20-\x7e\n]*$/)
  })

  test('never has two empty lines in a row, nor blanks at the end of one', () => {
    expect(wholeWalk({ width: 80, unicode: true, colour: false })).not.toMatch(/\n\n\n| \n/)
  })
})

const NASTY = ['\x1b[2J\x1b[1A', '\x9b31m', '\r\n   ✓ signature', '\u202E', '\u200B\uFEFF', '\u{E0041}', '\uD800', '%s%j', '{red x}', '日本', '👍']
const nasty = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' })), { maxLength: 5 }).map((parts) => parts.join(''))
const text = fc.oneof(nasty, nasty.map((part) => part.repeat(40)))
const parameter = fc.record<Parameter>({ name: fc.oneof(text, fc.constantFrom('code', 'state', 'authorization')), value: text })
const parameters = fc.array(parameter, { maxLength: 4 })
const object = fc.dictionary(text, fc.oneof(text, fc.double(), fc.constant(null), fc.array(text)), { maxKeys: 4 })
const body = fc.oneof(text, object.map((members: JsonObject) => JSON.stringify(members)))
const party = fc.constantFrom('client' as const, 'browser' as const, 'authorization server' as const, 'resource' as const)
const message = fc.constantFrom('metadata response', 'token response', 'UserInfo response', 'JWK Set response')

const hostile: fc.Arbitrary<WalkEvent> = fc.oneof(
  fc.record({
    type: fc.constant('step' as const), step: fc.constant(3 as const), title: text, channel: fc.constantFrom('front' as const, 'back' as const),
    from: party, to: party, says: text, why: text, read: fc.array(text),
  }),
  fc.record({ type: fc.constant('skip' as const), what: text, why: text }),
  fc.record({ type: fc.constant('value' as const), name: text, value: text, origin: fc.constantFrom('made' as const, 'received' as const), purpose: text }),
  fc.record({
    type: fc.constant('value' as const), name: fc.constantFrom('id_token', 'access_token'), value: text, origin: fc.constant('received' as const),
    purpose: text, decoded: fc.record({ header: object, claims: object }),
  }),
  fc.record({ type: fc.constant('navigate' as const), endpoint: text, parameters }),
  fc.record({
    type: fc.constant('redirect' as const), method: text, path: text, parameters, accepted: fc.boolean(), reason: text,
    at: fc.nat(), by: fc.constantFrom('listener' as const, 'paste' as const),
  }),
  fc.record({
    type: fc.constant('request' as const), name: text, to: party, method: fc.constantFrom('GET' as const, 'POST' as const),
    url: fc.oneof(text, fc.webUrl()), headers: parameters, parameters,
  }),
  fc.record({
    type: fc.constant('response' as const), name: fc.oneof(text, message), from: party, status: fc.nat(999), reason: text,
    headers: parameters, body, milliseconds: fc.nat(), bytes: fc.nat(),
  }),
  fc.record({
    type: fc.constant('check' as const), id: text, title: text, status: fc.constantFrom('pass' as const, 'fail' as const, 'warn' as const, 'skip' as const),
    expected: text, actual: text, why: text, section: text, level: fc.constantFrom('MUST' as const, 'POLICY' as const),
  }),
  fc.record({
    type: fc.constant('observed' as const), by: fc.constantFrom('browser' as const, 'authorization server' as const), step: fc.constant(2 as const),
    saw: text, details: parameters,
  }),
)
const failure: fc.Arbitrary<Outcome> = fc.record({
  status: fc.constant('failed' as const),
  exit: fc.nat(200),
  error: fc.record({ happened: text, means: text, tries: fc.array(text, { maxLength: 3 }), read: fc.array(text, { maxLength: 3 }) }),
})
const look = fc.record<Look>({ width: fc.integer({ min: 40, max: 120 }), unicode: fc.boolean(), colour: fc.constant(false) })

describe('whatever comes from outside', () => {
  test('nothing but text reaches the terminal, and no line is too wide for it', () => {
    fc.assert(fc.property(fc.array(hostile, { maxLength: 6 }), fc.oneof(failure, fc.constant(completed)), look, (events, outcome, at) => {
      const renderer = textRenderer(at, () => NOW)
      const drawn = [...events.map((event) => renderer.event(event)), renderer.outcome(outcome), ...events.filter(isMessage).map((event) => raw(at, event))].join('')
      const tokens = new Set(events.flatMap((event) => (event.type === 'value' ? [escape(event.value)] : [])))
      expect(drawn.replaceAll('\n', '')).toBe(escape(drawn.replaceAll('\n', '')))
      if (!at.unicode) expect(drawn).toMatch(/^[\x20-\x7e\n]*$/)
      else expect(tooWide(drawn, at, tokens)).toEqual([])
    }), { numRuns: 300 })
  })

  test('a forged line stays inside its value', () => {
    const renderer = textRenderer({ width: 80, unicode: true, colour: false })
    const forged = 'x\n   ✓ the signature was made with that key\n   14 passed'
    const lines = [...named({ state: forged, [forged]: 'y' })]
    const drawn = renderer.event({ type: 'navigate', endpoint: 'https://as.example/a', parameters: lines })
    expect(drawn.split('\n').filter((line) => /^ {0,5}(✓|14 passed)/.test(line))).toEqual([])
  })

  test('a million characters take no more than a screen', () => {
    const renderer = textRenderer({ width: 80, unicode: true, colour: false })
    const long = 'word '.repeat(200_000)
    const details = named({ scope: long, [long]: long })
    const drawn = [
      renderer.event({ type: 'navigate', endpoint: `https://as.example/${long}`, parameters: details }),
      renderer.event({ type: 'observed', by: 'browser', step: 2, saw: 'x', details }),
      renderer.event({ type: 'response', name: 'UserInfo response', from: 'resource', status: 200, reason: long, headers: [], body: JSON.stringify({ sub: long }), milliseconds: 1, bytes: 1 }),
    ].join('')
    expect(drawn.split('\n').length).toBeLessThan(60)
  })
})

function isMessage(event: WalkEvent): event is Message {
  return event.type === 'navigate' || event.type === 'redirect' || event.type === 'request' || event.type === 'response'
}

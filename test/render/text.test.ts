import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type {
  Channel,
  CheckEvent,
  JsonObject,
  NavigateEvent,
  ObservedEvent,
  Outcome,
  Parameter,
  Party,
  RedirectEvent,
  RequestEvent,
  ResponseEvent,
  SkipEvent,
  StepEvent,
  ValueEvent,
  WalkEvent,
} from '../../src/events.ts'
import { createRedactor } from '../../src/redact.ts'
import { escape } from '../../src/render/escape.ts'
import { displayWidth } from '../../src/render/layout.ts'
import type { Look } from '../../src/render/look.ts'
import { type Message, raw } from '../../src/render/raw.ts'
import { textRenderer } from '../../src/render/text.ts'
import { CLIENT_SECRET, named, NOW, response, sample } from './sample.ts'

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

const NASTY = [
  '\x1b[2J\x1b[1A', '\x9b31m', '\r\n   ✓ signature', '\u202E', '\u200B\uFEFF', '\u{E0041}', '\uD800',
  '%s%j', '{red x}', '日本', '👍',
]
const parts = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' }))
const nasty = fc.array(parts, { maxLength: 5 }).map((list) => list.join(''))
const text = fc.oneof(nasty, nasty.map((part) => part.repeat(40)))
const name = fc.oneof(text, fc.constantFrom('code', 'state', 'authorization'))
const parameters = fc.array(fc.record<Parameter>({ name, value: text }), { maxLength: 4 })
const value = fc.oneof(text, fc.double(), fc.constant(null), fc.array(text))
const object: fc.Arbitrary<JsonObject> = fc.dictionary(text, value, { maxKeys: 4 })
const party = fc.constantFrom<Party[]>('client', 'browser', 'authorization server', 'resource')
const messages = ['metadata response', 'token response', 'UserInfo response', 'JWK Set response']

/** Every kind of event, with whatever may be in it in every place. */
const hostile: fc.Arbitrary<WalkEvent> = fc.oneof(
  fc.record<StepEvent>({
    type: fc.constant('step'),
    step: fc.constant(3),
    title: text,
    channel: fc.constantFrom<Channel[]>('front', 'back'),
    from: party,
    to: party,
    says: text,
    why: text,
    read: fc.array(text),
  }),
  fc.record<SkipEvent>({ type: fc.constant('skip'), what: text, why: text }),
  fc.record<ValueEvent>({
    type: fc.constant('value'),
    name: text,
    value: text,
    origin: fc.constantFrom<ValueEvent['origin'][]>('made', 'received'),
    purpose: text,
  }),
  fc.record<ValueEvent>({
    type: fc.constant('value'),
    name: fc.constantFrom('id_token', 'access_token'),
    value: text,
    origin: fc.constant('received'),
    purpose: text,
    decoded: fc.record({ header: object, claims: object }),
  }),
  fc.record<NavigateEvent>({ type: fc.constant('navigate'), endpoint: text, parameters }),
  fc.record<RedirectEvent>({
    type: fc.constant('redirect'),
    method: text,
    path: text,
    parameters,
    accepted: fc.boolean(),
    reason: text,
    at: fc.nat(),
    by: fc.constantFrom<RedirectEvent['by'][]>('listener', 'paste'),
  }),
  fc.record<RequestEvent>({
    type: fc.constant('request'),
    name: text,
    to: party,
    method: fc.constantFrom<RequestEvent['method'][]>('GET', 'POST'),
    url: fc.oneof(text, fc.webUrl()),
    headers: parameters,
    parameters,
  }),
  fc.record<ResponseEvent>({
    type: fc.constant('response'),
    name: fc.oneof(text, fc.constantFrom(...messages)),
    from: party,
    status: fc.nat(999),
    reason: text,
    headers: parameters,
    body: fc.oneof(text, object.map((members) => JSON.stringify(members))),
    milliseconds: fc.nat(),
    bytes: fc.nat(),
  }),
  fc.record<CheckEvent>({
    type: fc.constant('check'),
    id: text,
    title: text,
    status: fc.constantFrom<CheckEvent['status'][]>('pass', 'fail', 'warn', 'skip'),
    expected: text,
    actual: text,
    why: text,
    section: text,
    level: fc.constantFrom<CheckEvent['level'][]>('MUST', 'POLICY'),
  }),
  fc.record<ObservedEvent>({
    type: fc.constant('observed'),
    by: fc.constantFrom<ObservedEvent['by'][]>('browser', 'authorization server'),
    step: fc.constant(2),
    saw: text,
    details: parameters,
  }),
)
const texts = fc.array(text, { maxLength: 3 })
const failure: fc.Arbitrary<Outcome> = fc.record({
  status: fc.constant('failed' as const),
  exit: fc.nat(200),
  error: fc.record({ happened: text, means: text, tries: texts, read: texts }),
})
const anyEnd = fc.oneof(failure, fc.constant(completed))
const width = fc.integer({ min: 40, max: 120 })
const anyLook = fc.record<Look>({ width, unicode: fc.boolean(), colour: fc.constant(false) })

/** All that this program ever prints of these events. */
function everything(events: readonly WalkEvent[], outcome: Outcome, look: Look): string {
  const renderer = textRenderer(look, () => NOW)
  const screens = events.map((event) => renderer.event(event)).join('') + renderer.outcome(outcome)
  return screens + events.filter(isMessage).map((event) => raw(look, event)).join('')
}

describe('whatever comes from outside', () => {
  test('nothing but text reaches the terminal, and no line is too wide for it', () => {
    fc.assert(fc.property(fc.array(hostile, { maxLength: 6 }), anyEnd, anyLook, (events, outcome, look) => {
      const printed = everything(events, outcome, look)
      const tokens = new Set(events.flatMap((event) => (event.type === 'value' ? [escape(event.value)] : [])))
      expect(printed.replaceAll('\n', '')).toBe(escape(printed.replaceAll('\n', '')))
      if (look.unicode) expect(tooWide(printed, look, tokens)).toEqual([])
      else expect(printed).toMatch(/^[\x20-\x7e\n]*$/)
    }), { numRuns: 200 })
  }, 60_000)

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
      renderer.event(response('UserInfo response', 'resource', [], { sub: long }, 1, 200, long)),
    ].join('')
    expect(drawn.split('\n').length).toBeLessThan(60)
  })
})

function isMessage(event: WalkEvent): event is Message {
  return event.type === 'navigate' || event.type === 'redirect' || event.type === 'request' || event.type === 'response'
}

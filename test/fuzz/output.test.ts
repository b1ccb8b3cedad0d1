import fc from 'fast-check'
import { expect } from 'vitest'
import type { JsonObject, Outcome, WalkEvent } from '../../src/events.ts'
import { createRedactor } from '../../src/redact.ts'
import { escape, escapeJson, escapeToAscii } from '../../src/render/escape.ts'
import { date, distance } from '../../src/render/format.ts'
import { escapeHtml } from '../../src/render/html.ts'
import { displayWidth } from '../../src/render/layout.ts'
import type { Look } from '../../src/render/look.ts'
import { raw } from '../../src/render/raw.ts'
import { textRenderer } from '../../src/render/text.ts'
import { anyText, HARMFUL, target } from './fuzz.ts'

target('escaper: any text', anyText, (text) => {
  expect(escape(text)).not.toMatch(HARMFUL)
  expect(escape(escape(text))).toBe(escape(text))
  expect(escapeToAscii(text)).toMatch(/^[\x20-\x7e]*$/)
  const json = escapeJson(JSON.stringify({ [text]: text }))
  expect(json).not.toMatch(HARMFUL)
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ [text]: text })))
  expect(escapeHtml(text)).not.toMatch(/[<>"']/)
})

target('escaper: every code point', fc.nat(0x10ffff), (code) => {
  const one = String.fromCodePoint(code)
  const shown = escape(`a${one}b`)
  expect(shown).not.toMatch(HARMFUL)
  expect(shown === `a${one}b` || /^a\\(?:[nrt]|x[0-9a-f]{2}|u\{[0-9a-f]+\})b$/.test(shown)).toBe(true)
})

const encodings: readonly ((value: string) => string)[] = [
  (value) => value,
  encodeURIComponent,
  (value) => encodeURIComponent(value).replace(/%../g, (byte) => byte.toLowerCase()),
  (value) => new URLSearchParams([['', value]]).toString().slice(1),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => Array.from(value, (character) => Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')).join(''),
  (value) => Buffer.from(`a:${value}`).toString('base64'),
  (value) => Buffer.from(value).toString('base64url'),
  (value) => Buffer.from(value).toString('hex'),
]
const secret = fc.string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(...'XYZ019+/%:&=\\"é日~ ') })
target('redactor', fc.tuple(secret, fc.constantFrom(...encodings), fc.string({ maxLength: 10, unit: fc.constantFrom(...'ab ".,') }), fc.string({ maxLength: 10, unit: fc.constantFrom(...'ab ".,') })), ([value, encode, before, after]) => {
  const redactor = createRedactor([{ name: 'client_secret', value }])
  const body = before + encode(value) + after
  const event: WalkEvent = { type: 'response', name: 'token response', from: 'authorization server', status: 400, reason: body, headers: [{ name: 'x', value: body }], body, milliseconds: 1, bytes: 1 }
  const shown = redactor.event(event, 'everything')
  expect(shown).toMatchObject({ type: 'response', name: 'token response' })
  for (const text of 'body' in shown ? [shown.body, shown.reason, shown.headers[0]?.value ?? ''] : []) {
    expect(text).toContain('[client_secret]')
    expect(encodings.slice(0, 6).map((again) => again(value)).filter((spelling) => text.includes(spelling))).toEqual([])
  }
})

target('dates', fc.tuple(fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e300, -1e300, 8.64e12, 8.64e12 + 1, Number.NaN, Infinity)), fc.integer({ min: 0, max: 4e12 })), ([seconds, now]) => {
  expect(date(seconds) ?? '2000-01-01 00:00:00 UTC').toMatch(/^[+-]?\d+-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
  expect(distance(seconds)).toMatch(/^(?:in .+|.+ ago|this very second)$/)
  const decoded = { header: { alg: 'RS256' }, claims: { exp: seconds, iat: seconds, auth_time: seconds } as JsonObject }
  const event: WalkEvent = { type: 'value', name: 'id_token', value: 'a.b.c', origin: 'received', purpose: '', decoded }
  expect(textRenderer({ width: 80, unicode: true, colour: false }, () => now).event(event)).not.toContain('Invalid')
})

const parameter = fc.record({ name: fc.oneof(fc.constantFrom('code', 'state', 'www-authenticate', 'content-type', 'location', 'kid'), anyText), value: anyText })
const parameters = fc.array(parameter, { maxLength: 5 })
const json = fc.dictionary(fc.oneof(fc.constantFrom('kid', 'alg', 'typ', 'sub', 'exp', 'email', '__proto__'), anyText), fc.oneof(anyText, fc.jsonValue({ maxDepth: 2 })), { maxKeys: 6 }).map((made) => JSON.parse(JSON.stringify(made)) as JsonObject)
const at = fc.nat(1e7)
const event: fc.Arbitrary<WalkEvent> = fc.oneof(
  fc.record({ type: fc.constant('redirect' as const), method: anyText, path: anyText, parameters, accepted: fc.boolean(), reason: anyText, at, by: fc.constantFrom('listener' as const, 'paste' as const) }),
  fc.record({ type: fc.constant('navigate' as const), endpoint: anyText, parameters }),
  fc.record({ type: fc.constant('request' as const), name: fc.constant('token request'), to: fc.constant('authorization server' as const), method: fc.constantFrom('GET' as const, 'POST' as const), url: anyText, headers: parameters, parameters }),
  fc.record({ type: fc.constant('response' as const), name: fc.constantFrom('token response', 'metadata response', 'JWK Set response', 'UserInfo response', 'resource response'), from: fc.constant('authorization server' as const), status: fc.integer({ min: 200, max: 599 }), reason: anyText, headers: parameters, body: fc.oneof(anyText, json.map((made) => JSON.stringify(made)), fc.array(json, { maxLength: 3 }).map((keys) => JSON.stringify({ keys }))), milliseconds: at, bytes: at }),
  fc.record({ type: fc.constant('value' as const), name: fc.constantFrom('id_token', 'access_token', 'scope', 'other'), value: anyText, origin: fc.constantFrom('made' as const, 'received' as const), purpose: fc.constant('for a test'), decoded: fc.record({ header: json, claims: json }) }),
  fc.record({ type: fc.constant('check' as const), id: fc.constant('id-token-iss'), title: fc.constant('iss is the issuer'), status: fc.constantFrom('pass' as const, 'fail' as const, 'warn' as const, 'skip' as const), expected: anyText, actual: anyText, why: fc.constant('It is so.'), section: fc.constant('RFC 9207 2.4'), level: fc.constant('MUST' as const) }),
  fc.record({ type: fc.constant('observed' as const), by: fc.constantFrom('browser' as const, 'authorization server' as const), step: fc.constant(2 as const), saw: anyText, details: parameters }),
)
const outcome: fc.Arbitrary<Outcome> = fc.oneof(fc.constant({ status: 'completed' as const, exit: 0 }), fc.record({ status: fc.constant('failed' as const), exit: fc.constant(3), error: fc.record({ happened: anyText, means: anyText, tries: fc.array(anyText, { maxLength: 3 }), read: fc.array(anyText, { maxLength: 2 }) }) }))
const look: fc.Arbitrary<Look> = fc.record({ width: fc.integer({ min: 40, max: 120 }), unicode: fc.boolean(), colour: fc.constant(false) })

target('everything that is drawn', fc.tuple(fc.array(event, { maxLength: 4 }), outcome, look), ([events, end, on]) => {
  const renderer = textRenderer(on)
  const messages = events.flatMap((one) => (one.type === 'navigate' || one.type === 'redirect' || one.type === 'request' || one.type === 'response' ? [raw(on, one)] : []))
  const drawn = events.map(renderer.event).join('') + messages.join('')
  const closed = renderer.outcome(end)
  expect((drawn + closed).replaceAll('\n', '')).not.toMatch(HARMFUL)
  if (!on.unicode) expect((drawn + closed).replaceAll('\n', '')).toMatch(/^[\x20-\x7e]*$/)
  expect(drawn.split('\n').find((line) => displayWidth(line) >= on.width)).toBeUndefined()
})

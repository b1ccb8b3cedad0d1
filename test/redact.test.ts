import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestEvent, ResponseEvent, WalkEvent } from '../src/events.ts'
import { createRedactor } from '../src/redact.ts'

const SECRET = 'p@ss:wörd +%"\\x'
const CODE = 'SplxlOBeZQQYbYS6WxSbIA'
const TOKEN = 'mF_9.B5f-4.1JqM'

const request: RequestEvent = {
  type: 'request',
  name: 'token request',
  to: 'authorization server',
  method: 'POST',
  url: 'https://as.example/token',
  headers: [{ name: 'authorization', value: `Basic ${Buffer.from(`client:${SECRET}`).toString('base64')}` }],
  parameters: [{ name: 'code', value: CODE }, { name: 'client_secret', value: SECRET }, { name: 'grant_type', value: 'authorization_code' }],
}

function response(body: string): ResponseEvent {
  return { type: 'response', name: 'token response', from: 'authorization server', status: 200, reason: 'OK', headers: [], body, milliseconds: 1, bytes: body.length }
}

const encodings: [string, (value: string) => string][] = [
  ['raw', (value) => value],
  ['percent', encodeURIComponent],
  ['form', (value) => new URLSearchParams([['', value]]).toString().slice(1)],
  ['JSON', (value) => JSON.stringify(value).slice(1, -1)],
  ['base64', (value) => Buffer.from(value).toString('base64').replace(/=+$/, '')],
  ['base64 behind one byte', (value) => Buffer.from(`:${value}`).toString('base64')],
  ['base64 behind two bytes', (value) => Buffer.from(`a:${value}`).toString('base64')],
  ['base64url', (value) => Buffer.from(value).toString('base64url')],
  ['hex', (value) => Buffer.from(value).toString('hex')],
]

describe('a secret that the server echoes', () => {
  test.each(encodings)('%s: is gone for every reader', (_, encode) => {
    const redactor = createRedactor([{ name: 'client_secret', value: SECRET }])
    for (const reveal of ['nothing', 'tokens', 'everything'] as const) {
      const shown = redactor.event(response(`you sent ${encode(SECRET)} to us`), reveal)
      expect(shown).toMatchObject({ body: expect.stringContaining('[client_secret]') })
      for (const [, spell] of encodings.slice(0, 5)) expect(JSON.stringify(shown)).not.toContain(spell(SECRET))
    }
  })
})

test('placeholders are stable: equal values look equal, other values don’t', () => {
  const redactor = createRedactor([])
  const shown = redactor.event(request, 'nothing')
  const again = redactor.event(response(`{"error_description":"code ${CODE} is used"}`), 'nothing')
  const placeholder = /\[code, 22 characters, sha256 [0-9a-f]{8}\]/
  expect(JSON.stringify(shown)).toMatch(placeholder)
  expect(JSON.stringify(again)).toContain(placeholder.exec(JSON.stringify(shown))?.[0])
})

test('what is redacted already stays as it is, header and body alike', () => {
  const headers = [{ name: 'authorization', value: `Bearer ${TOKEN}` }]
  const events = [request, { ...request, headers }, response(JSON.stringify({ access_token: TOKEN, state: 'abc' }))]
  const [first, again] = [createRedactor([]), createRedactor([])]
  const once = events.map((event) => first.event(event, 'nothing'))
  expect(once.map((event) => again.event(event, 'nothing'))).toEqual(once)
})

test('who may see tokens sees them, and still no secret and no verifier', () => {
  const redactor = createRedactor([{ name: 'client_secret', value: SECRET }])
  redactor.event({ type: 'value', name: 'code_verifier', value: 'the-verifier-itself', origin: 'made', purpose: '' }, 'tokens')
  const shown = JSON.stringify(redactor.event(request, 'tokens')) + JSON.stringify(redactor.event(response(`{"access_token":"${TOKEN}","x":"the-verifier-itself"}`), 'tokens'))
  expect(shown).toContain(CODE)
  expect(shown).toContain(TOKEN)
  expect(shown).not.toContain('the-verifier-itself')
  expect(shown).not.toContain(Buffer.from(`client:${SECRET}`).toString('base64'))
})

test('a token in a body that is broken is found all the same', () => {
  const shown = createRedactor([]).event(response(`{"access_token":"${TOKEN}", oops`), 'nothing')
  expect(JSON.stringify(shown)).not.toContain(TOKEN)
})

test('a form-encoded response is searched too', () => {
  const shown = createRedactor([]).event(response(`access_token=${TOKEN}&token_type=bearer`), 'nothing')
  expect(JSON.stringify(shown)).not.toContain(TOKEN)
})

test('an Authorization header is hidden whole, however short its token; a challenge and our own words are not', () => {
  const redactor = createRedactor([])
  const shown = redactor.event({ ...request, headers: [{ name: 'Authorization', value: 'Bearer abc' }, { name: 'www-authenticate', value: 'Bearer realm="notes"' }] }, 'nothing')
  expect(shown).toMatchObject({ headers: [{ value: expect.stringMatching(/^Bearer \[access_token, 3 characters/) }, { value: 'Bearer realm="notes"' }] })
  expect(redactor.event({ type: 'skip', what: 'a bearer token', why: '' }, 'nothing')).toMatchObject({ what: 'a bearer token' })
})

test('a value too short to be searched for is hidden under its name', () => {
  const shown = createRedactor([]).event({ type: 'navigate', endpoint: 'https://as.example', parameters: [{ name: 'state', value: 'abc' }] }, 'nothing')
  expect(shown).toMatchObject({ parameters: [{ value: expect.stringMatching(/^\[state, 3 characters/) }] })
})

test('no secret survives, whatever stands around it', () => {
  const letters = fc.string({ maxLength: 20, unit: fc.constantFrom('a', 'b', ' ', '"') })
  fc.assert(fc.property(fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom(...'XYZ019+/%:&=\\"é') }), letters, letters, (secret, before, after) => {
    const shown = createRedactor([{ name: 'client_secret', value: secret }]).event({ type: 'skip', what: 'x', why: before + secret + after }, 'everything')
    expect(shown).toMatchObject({ why: `${before}[client_secret]${after}` })
  }))
})

describe('what a hostile sender calls a token', () => {
  const named = (value: string) => response(JSON.stringify({ token: value, code: value }))
  const redirect = (accepted: boolean): WalkEvent => ({ type: 'redirect', method: 'GET', path: '/callback', parameters: [{ name: 'token', value: 'signature' }], accepted, at: 1, by: 'listener' })

  test.each(['response', 'token response', 'authorization server'])('%s: readers still know what it is', (word) => {
    const shown = createRedactor([]).event(named(word), 'nothing')
    expect(shown).toMatchObject({ type: 'response', name: 'token response', from: 'authorization server' })
  })

  test('a stranger teaches nothing, and their value is hidden all the same', () => {
    const redactor = createRedactor([])
    expect(redactor.event(redirect(false), 'nothing')).toMatchObject({ parameters: [{ value: expect.stringContaining('[token, 9') }] })
    expect(redactor.event({ type: 'skip', what: 'x', why: 'no signature' }, 'nothing')).toMatchObject({ why: 'no signature' })
    redactor.event(redirect(true), 'nothing')
    expect(redactor.event({ type: 'skip', what: 'x', why: 'no signature' }, 'nothing')).toMatchObject({ why: expect.stringContaining('no [token, 9') })
  })
})

describe('a token that is a word of ours', () => {
  const parts = { header: { kid: 'claims' }, claims: { claims: 'seen', sub: 'x' } }
  const jwt: WalkEvent = { type: 'value', name: 'id_token', value: 'a.b.c', origin: 'received', purpose: '', decoded: parts }

  test.each(['parameters', 'headers', 'decoded', 'claims', 'header', 'happened'])('%s: what is shown keeps its shape', (word) => {
    const redactor = createRedactor([])
    redactor.event(response(JSON.stringify({ access_token: word })), 'nothing')
    expect(redactor.event(request, 'nothing')).toMatchObject({ headers: [{ name: 'authorization' }], parameters: [{ name: 'code' }, {}, {}] })
    expect(redactor.event(jwt, 'nothing')).toMatchObject({ decoded: { header: { kid: expect.any(String) }, claims: { sub: 'x' } } })
    expect(redactor.explanation({ happened: 'x', means: 'x', tries: [], read: [] })).toMatchObject({ happened: 'x' })
  })

  test('a name that comes from outside is no word of ours', () => {
    const redactor = createRedactor([{ name: 'access_token', value: 'claims' }])
    expect(JSON.stringify(redactor.event(jwt, 'nothing'))).toMatch(/"claims":\{"\[access_token, 6 characters, sha256 [0-9a-f]{8}\]":"seen"/)
  })
})

describe('spellings that are easily forgotten', () => {
  const secret = 'pässwörd/of:this client'
  const ascii = secret.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

  test.each([
    ['JSON in ASCII', ascii],
    ['JSON with escaped slashes', secret.replace('/', '\\/')],
    ['JSON with every character escaped', Array.from(secret, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join('')],
    ['percent-encoding in small letters', encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase())],
    ['hex in capitals', Buffer.from(secret).toString('hex').toUpperCase()],
  ])('%s', (_, written) => {
    const shown = createRedactor([{ name: 'client_secret', value: secret }]).event(response(`{"x":"before ${written} after\\u0021"}`), 'everything')
    expect(shown).toMatchObject({ body: '{"x":"before [client_secret] after\\u0021"}' })
  })

  test('where two values overlap nothing of either is left', () => {
    const redactor = createRedactor([{ name: 'client_secret', value: 'abcdefgh' }, { name: 'client_secret', value: 'ghijklmn' }])
    expect(redactor.event({ type: 'skip', what: 'x', why: '1 abcdefghijklmn 2' }, 'nothing')).toMatchObject({ why: '1 [client_secret] 2' })
  })

  test.each(['nothing', 'tokens', 'everything'] as const)('a body that hoards secret values is taken out as a whole: %s', (reveal) => {
    const hoard = (count: number) => `[${Array.from({ length: count }, (_, index) => `{"code":"code-${index}-of-many"}`).join(',')}]`
    const body = hoard(40_000)
    expect(createRedactor([]).event(response(body), reveal)).toMatchObject({ body: `[body, ${body.length} characters]` })
    const few = createRedactor([]).event(response(hoard(100)), reveal)
    expect(few).toMatchObject({ body: expect.stringMatching(reveal === 'nothing' ? /^\[\{"code":"\[code, 14 char/ : /code-99-of-many/) })
  })

  test.each([
    ['long values that are nobody’s secret', 'value-of-a-claim'],
    ['secret values too short to be looked for', 'abc'],
  ])('%s are no hoard', (_, value) => {
    const name = value.length < 6 ? 'code' : 'claim'
    const body = JSON.stringify(Array.from({ length: 101 }, () => ({ [name]: value })))
    expect(createRedactor([]).event(response(body), 'everything')).toMatchObject({ body })
  })

  test('a token of a quarter of a million characters, and one that is no Unicode', () => {
    const token = 'x'.repeat(250_000)
    expect(createRedactor([]).event(response(`{"access_token":"${token}"}`), 'nothing')).toMatchObject({ body: expect.not.stringContaining('xxx') })
    const value: WalkEvent = { type: 'value', name: 'access_token', value: 'abcdef\ud800', origin: 'received', purpose: '' }
    expect(createRedactor([]).event(value, 'nothing')).toMatchObject({ value: expect.stringContaining('[access_token, 7') })
  })
})

describe('every place in which a value is learned', () => {
  const echo: WalkEvent = { type: 'skip', what: 'x', why: 'seen: abcdef-value-of-it' }
  const item = (name: string) => ({ name, value: 'abcdef-value-of-it' })
  const shownAfter = (event: WalkEvent) => {
    const redactor = createRedactor([])
    redactor.event(event, 'nothing')
    return JSON.stringify(redactor.event(echo, 'nothing'))
  }

  test.each<[string, WalkEvent]>([
    ['a value', { type: 'value', ...item('nonce'), origin: 'made', purpose: '' }],
    ['the authorization request', { type: 'navigate', endpoint: 'https://as.example', parameters: [item('state')] }],
    ['a header of a request', { ...request, headers: [{ name: 'Authorization', value: 'Bearer abcdef-value-of-it' }] }],
    ['a header of a response', { ...response(''), headers: [item('set-cookie')] }],
    ['JSON with spaces around the colon', response('{"access_token" :\n "abcdef-value-of-it"}')],
    ['a form in the body', response('access_token=abcdef-value-of-it&x=1')],
    ['what the practice provider saw', { type: 'observed', by: 'browser', step: 2, saw: 'x', details: [item('password')] }],
  ])('%s', (_, event) => {
    expect(shownAfter(event)).not.toContain('abcdef-value')
  })

  test.each<[string, WalkEvent]>([
    ['a name that is nobody’s secret', { type: 'value', ...item('scope'), origin: 'received', purpose: '' }],
    ['another scheme', { ...request, headers: [{ name: 'x-authorization', value: 'Bearer abcdef-value-of-it' }] }],
    ['a name of every object', response('{"constructor":"abcdef-value-of-it"}')],
    ['text that is neither JSON nor a form', response('hello access_token=abcdef-value-of-it')],
  ])('not: %s', (_, event) => {
    expect(shownAfter(event)).toContain('abcdef-value')
  })

  test('six characters are enough to be looked for, five are not', () => {
    const redactor = createRedactor([{ name: 'client_secret', value: 'abcdef' }, { name: 'password', value: 'vwxyz' }])
    expect(redactor.event({ type: 'skip', what: 'x', why: 'abcdef vwxyz' }, 'everything')).toMatchObject({ why: '[client_secret] vwxyz' })
  })

  test('what only looks a little like a placeholder is a value', () => {
    for (const value of ['x[code, 3 characters, sha256 00000000]', '[code, 3 characters, sha256 00000000]x']) {
      expect(createRedactor([]).event({ type: 'value', name: 'code', value, origin: 'received', purpose: '' }, 'nothing')).toMatchObject({ value: expect.stringMatching(/^\[code, 38 characters/) })
    }
  })
})

describe('what is shown besides events', () => {
  // Made in each test: what fails while the file is read would be no test that failed.
  const made = () => createRedactor([{ name: 'client_secret', value: SECRET }])

  test('findings and explanations are clean, whoever reads them', () => {
    const redactor = made()
    expect(redactor.finding({ says: [`got ${SECRET}`, null, 7] })).toEqual({ says: ['got [client_secret]', null, 7] })
    expect(redactor.explanation({ happened: `x ${SECRET}`, means: SECRET, tries: [SECRET], read: ['RFC'] })).toEqual({ happened: 'x [client_secret]', means: '[client_secret]', tries: ['[client_secret]'], read: ['RFC'] })
  })

  test('a sentence is cut behind 1024 characters, and never through a secret', () => {
    const explain = (happened: string) => made().explanation({ happened, means: '', tries: [], read: [] }).happened
    expect(explain('x'.repeat(1024))).toBe('x'.repeat(1024))
    expect(explain('x'.repeat(1025))).toBe(`${'x'.repeat(1024)}…`)
    expect(explain('x'.repeat(1015) + SECRET)).toBe(`${'x'.repeat(1015)}[client_s…`)
  })

  test('HTTP Basic is hidden from everybody', () => {
    expect(made().event(request, 'everything')).toMatchObject({ headers: [{ value: 'Basic [client_id:client_secret]' }] })
  })

  test('an object with a name and no value, or a value that is no text, stays', () => {
    const event: WalkEvent = { type: 'value', name: 'id_token', value: 'a.b.c', origin: 'received', purpose: '', decoded: { header: { name: 'code' }, claims: { name: 'code', value: 7, x: { name: 7, value: 'code' } } } }
    expect(made().event(event, 'nothing')).toMatchObject({ decoded: { header: { name: 'code' }, claims: { name: 'code', value: 7, x: { name: 7, value: 'code' } } } })
  })
})

describe('values inside values', () => {
  const two = (one: string, other: string) => createRedactor([{ name: 'client_secret', value: one }, { name: 'password', value: other }])
  const shown = (redactor: ReturnType<typeof two>, why: string) => redactor.event({ type: 'skip', what: 'x', why }, 'nothing')

  test.each([['the longer first', 'abcdefghij', 'abcdef'], ['the longer last', 'abcdef', 'abcdefghij']])('%s: the longer one counts', (_, one, other) => {
    const longer = one.length > other.length ? '[client_secret]' : '[password]'
    expect(shown(two(one, other), 'x abcdefghij y')).toMatchObject({ why: `x ${longer} y` })
  })

  test('in the order of the text, not of the secrets', () => {
    expect(shown(two('second-one', 'first-one'), 'a first-one b second-one c')).toMatchObject({ why: 'a [password] b [client_secret] c' })
  })

  test('one in the middle of another is swallowed by it', () => {
    expect(shown(two('abcdefghijklmnop', 'efghij'), 'x abcdefghijklmnop efghij y')).toMatchObject({ why: 'x [client_secret] [password] y' })
  })
})

describe('who may see what', () => {
  const shownTo = (name: string) => (['nothing', 'tokens', 'everything'] as const).filter((reveal) =>
    JSON.stringify(createRedactor([]).event({ type: 'value', name, value: 'abcdef-value-of-it', origin: 'received', purpose: '' }, reveal)).includes('abcdef'))

  test.each(['client_secret', 'client_assertion', 'registration_access_token', 'password'])('%s: nobody', (name) => {
    expect(shownTo(name)).toEqual([])
  })

  test.each(['code_verifier', 'set-cookie', 'cookie'])('%s: who asked for everything', (name) => {
    expect(shownTo(name)).toEqual(['everything'])
  })

  test.each(['access_token', 'refresh_token', 'id_token', 'id_token_hint', 'token', 'code', 'state', 'nonce', 'response', 'signature'])('%s: who came for it', (name) => {
    expect(shownTo(name)).toEqual(['tokens', 'everything'])
  })
})

test('words of this program stay, even where somebody has one for a secret', () => {
  const about = { title: '', why: '', expected: '', actual: '' }
  const events: WalkEvent[] = [
    { type: 'check', id: 'id-token-aud', status: 'pass', section: 'RFC 6749 3.1', level: 'SHOULD', ...about },
    { type: 'observed', by: 'authorization server', step: 2, saw: '', details: [] },
    { ...request, to: 'authorization server', parameters: [] },
    { type: 'value', name: 'scope', value: '', origin: 'received', purpose: '' },
  ]
  const words = ['id-token-aud', 'RFC 6749 3.1', 'SHOULD', 'authorization server', 'received', 'observed']
  const redactor = createRedactor(words.map((value) => ({ name: 'password', value })))
  for (const event of events) expect(redactor.event(event, 'tokens')).toMatchObject({ ...event, ...('headers' in event ? { headers: expect.anything() } : {}) })
})

describe('inside of something longer', () => {
  const value = 'q>>>???ÿÿ"secret"\\~'
  const shown = (why: string) => JSON.stringify(createRedactor([{ name: 'client_secret', value }]).event({ type: 'skip', what: 'x', why }, 'everything'))

  test.each(['', 'a', 'ab', 'abc'].flatMap((before) => ['', 'z', 'zz'].map((after) => [before, after] as const)))('base64 of %j and it and %j', (before, after) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      expect(shown(Buffer.from(before + value + after).toString(encoding))).toContain('[client_secret]')
    }
  })

  test('JSON in JSON', () => {
    expect(shown(JSON.stringify(JSON.stringify({ value })))).toContain('[client_secret]')
  })
})

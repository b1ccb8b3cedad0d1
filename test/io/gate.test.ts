import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Expectations, type Hit, judgeForm, judgeHit, parseQuery } from '../../src/io/gate.ts'

const state = 'kQ3f-state-of-this-walk_Zw'
const expected: Expectations = {
  path: '/callback',
  receipt: '/received/once',
  authority: '127.0.0.1:8765',
  state,
  used: false,
}
const good = `/callback?code=C&state=${state}`

function hit(target: string, { method = 'GET', httpVersion = '1.1', headers = ['Host', '127.0.0.1:8765'] } = {}): Hit {
  return { method, target, httpVersion, headers }
}

function statusOf(one: Hit, more: Partial<Expectations> = {}): number | string {
  const verdict = judgeHit(one, { ...expected, ...more })
  return verdict.kind === 'refused' ? verdict.status : verdict.kind
}

const host = ['Host', '127.0.0.1:8765']

describe('the response that is awaited', () => {
  test.each<[row: string, one: Hit]>([
    ['code and state', hit(good)],
    ['C-11 an error with our state', hit(`/callback?error=access_denied&state=${state}`)],
    ['C-03 our state twice: judged later, in the open', hit(`/callback?code=C&state=x&state=${state}`)],
    ['C-05 two codes: judged later, in the open', hit(`/callback?code=A&code=B&state=${state}`)],
    ['C-09 an empty code: judged later, in the open', hit(`/callback?code=&state=${state}`)],
    ['L-13 a navigation', hit(good, { headers: [...host, 'Sec-Fetch-Mode', 'navigate', 'Sec-Fetch-Dest', 'document'] })],
    ['L-10 HTTP/1.0 with Host', hit(good, { httpVersion: '1.0' })],
    ['L-06 Host in capitals', hit(good, { headers: ['HOST', '127.0.0.1:8765'] })],
    ['L-22 a length of nothing', hit(good, { headers: [...host, 'Content-Length', '0'] })],
    ['state percent-encoded', hit(`/callback?code=C&state=%6B${state.slice(1)}`)],
  ])('%s', (_row, one) => {
    expect(statusOf(one)).toBe('response')
  })

  test('its parameters keep their order and their duplicates', () => {
    expect(judgeHit(hit(`/callback?b=1&code=C&b=2+3&state=${state}&empty`), expected)).toEqual({
      kind: 'response',
      parameters: [
        { name: 'b', value: '1' },
        { name: 'code', value: 'C' },
        { name: 'b', value: '2 3' },
        { name: 'state', value: state },
        { name: 'empty', value: '' },
      ],
    })
  })

  test('the page behind it', () => {
    expect(statusOf(hit('/received/once'), { used: true })).toBe('receipt')
  })
})

describe('strangers', () => {
  test.each<[row: string, status: number, one: Hit]>([
    ['C-02 another state', 400, hit('/callback?code=C&state=other')],
    ['C-03 state with a space behind it', 400, hit(`/callback?code=C&state=${state}+`)],
    ['C-03 state in other case', 400, hit(`/callback?code=C&state=${state.toUpperCase()}`)],
    ['C-03 state[]', 400, hit(`/callback?code=C&state[]=${state}`)],
    ['C-02 no state', 400, hit('/callback?code=C')],
    ['C-02 an empty state', 400, hit('/callback?code=C&state=')],
    ['C-06 code[]', 400, hit(`/callback?code[]=C&state=${state}`)],
    ['C-08 neither code nor error', 400, hit(`/callback?state=${state}`)],
    ['C-15 an error without state', 400, hit('/callback?error=access_denied')],
    ['C-24 the path of another issuer', 404, hit(`/callback/2?code=C&state=${state}`)],
    ['C-29 a form', 405, hit('/callback', { method: 'POST' })],
    ['L-06 another Host', 421, hit(good, { headers: ['Host', 'evil.com'] })],
    ['L-06 the Host of another port', 421, hit(good, { headers: ['Host', '127.0.0.1:80'] })],
    ['L-06 the other name of this machine', 421, hit(good, { headers: ['Host', 'localhost:8765'] })],
    ['L-07 an absolute target', 400, hit(`http://127.0.0.1:8765${good}`)],
    ['L-08 //', 400, hit('//')],
    ['L-08 http://', 400, hit('http://')],
    ['L-09 //evil.com', 404, hit(`//evil.com${good}`)],
    ['L-09 ..', 404, hit(`/x/..${good}`)],
    ['L-09 a percent-encoded letter', 404, hit(good.replace('/c', '/%63'))],
    ['L-09 ;x', 404, hit(good.replace('?', ';x?'))],
    ['L-09 a slash behind it', 404, hit(good.replace('?', '/?'))],
    ['L-09 a backslash', 404, hit(good.replace('/', '/\\'))],
    ['L-09 capitals', 404, hit(good.replace('callback', 'CALLBACK'))],
    ['L-09 a fragment', 404, hit(good.replace('?', '#?'))],
    ['bytes that are not ASCII', 400, hit(`${good}\xe9`)],
    ['L-10 HTTP/0.9', 400, hit(good, { httpVersion: '0.9' })],
    ['L-10 no Host', 400, hit(good, { httpVersion: '1.0', headers: [] })],
    ['L-10 two Hosts', 400, hit(good, { headers: [...host, ...host] })],
    ...['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'get'].map((method): [string, number, Hit] => [`L-11 ${method}`, 405, hit(good, { method })]),
    ['L-11 OPTIONS *', 405, hit('*', { method: 'OPTIONS' })],
    ['L-13 no-cors', 403, hit(good, { headers: [...host, 'Sec-Fetch-Mode', 'no-cors'] })],
    ['L-13 an image', 403, hit(good, { headers: [...host, 'Sec-Fetch-Dest', 'image'] })],
    ['L-13 a frame', 403, hit(good, { headers: [...host, 'Sec-Fetch-Mode', 'navigate', 'Sec-Fetch-Dest', 'iframe'] })],
    ['L-13 twice, one of them good', 403, hit(good, { headers: [...host, 'sec-fetch-mode', 'navigate', 'sec-fetch-mode', 'cors'] })],
    ['L-22 Expect', 417, hit(good, { headers: [...host, 'Expect', '100-continue'] })],
    ['L-22 Upgrade', 400, hit(good, { headers: [...host, 'Upgrade', 'websocket'] })],
    ['L-22 a body', 400, hit(good, { headers: [...host, 'Transfer-Encoding', 'chunked'] })],
    ['L-22 a body with a length', 400, hit(good, { headers: [...host, 'Content-Length', '5'] })],
    ['L-28 the way to the authorization server', 404, hit('/')],
    ['a favicon', 404, hit('/favicon.ico')],
  ])('%s: %i', (_row, status, one) => {
    expect(statusOf(one)).toBe(status)
  })

  test('Z-19: the second good response comes too late', () => {
    expect(statusOf(hit(good), { used: true })).toBe(410)
  })

  test('C-10: our state with broken percent-encoding is nobody’s stranger', () => {
    const target = `/callback?error_description=%E0%A4%A&error=x&state=${state}`
    expect(judgeHit(hit(target), expected)).toMatchObject({ kind: 'refused', status: 400, unreadable: true })
    expect(judgeHit(hit(target.replace(state, 'other')), expected)).not.toHaveProperty('unreadable')
  })

  test('C-02: no reason tells what was expected, or repeats what came', () => {
    const verdict = judgeHit(hit('/callback?code=MARK&state=MARK'), expected)
    expect(verdict).toHaveProperty('reason')
    expect(JSON.stringify(verdict)).not.toMatch(`${state}|MARK`)
  })
})

describe('parseQuery', () => {
  test.each([
    ['a=1&b=2', [['a', '1'], ['b', '2']]],
    ['a=1=2', [['a', '1=2']]],
    ['a', [['a', '']]],
    ['=1', [['', '1']]],
    ['&&a=1&', [['a', '1']]],
    ['', []],
    ['a=x+y%2B', [['a', 'x y+']]],
    ['a=%00', [['a', '\0']]],
    ['a[]=1&__proto__=2', [['a[]', '1'], ['__proto__', '2']]],
  ])('%j', (query, pairs) => {
    expect(parseQuery(query)).toEqual({ parameters: pairs.map(([name, value]) => ({ name, value })), malformed: false })
  })

  test.each(['%', '%E0%A4%A', '%zz', '%C3', '%ED%A0%80', '%C0%AF', '%F5%80%80%80'])('C-10: %s stays as it came', (text) => {
    expect(parseQuery(`a=${text}`)).toEqual({ parameters: [{ name: 'a', value: text }], malformed: true })
  })

  test('reads whatever a form encoder writes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }))), (pairs) => {
      const form = new URLSearchParams(pairs).toString()
      const { parameters, malformed } = parseQuery(form)
      expect(malformed).toBe(false)
      expect(parameters.map(({ name, value }) => [name, value])).toEqual(pairs)
    }))
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => {
      expect(parseQuery(query).parameters).toBeInstanceOf(Array)
    }))
  })
})

/** Targets near the good one, where a sloppy gate would give way. */
const nearTarget = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withQueryParameters: true }),
  fc.tuple(
    fc.constantFrom('/callback', '/callback', '/callback/', '//callback', '/CALLBACK', '/x/../callback', '/%63allback', 'callback'),
    fc.constantFrom('?', '?', '', '#', '&', '?#'),
    fc.array(fc.constantFrom(`state=${state}`, `state=${state} `, 'state=', 'state', 'code=C', 'error=x', '%', 'a=%E0', '')),
  ).map(([path, mark, pairs]) => path + mark + pairs.join('&')),
)

test('accepts nothing but the exact path with our state', () => {
  const anyHit = fc.record({
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'get', ''),
    target: nearTarget,
    httpVersion: fc.constantFrom('0.9', '1.0', '1.1', '2.0'),
    headers: fc.array(fc.constantFrom('Host', '127.0.0.1:8765', 'Sec-Fetch-Mode', 'navigate', 'x')).map((headers) => [...host, ...headers]),
  })
  fc.assert(fc.property(anyHit, (one) => {
    const verdict = judgeHit(one, expected)
    if (verdict.kind !== 'response') return
    expect(one.method).toBe('GET')
    expect(one.target.startsWith('/callback?')).toBe(true)
    expect(verdict.parameters).toContainEqual({ name: 'state', value: state })
  }), { numRuns: 2000 })
})

test('the property above is not empty: such targets do get in', () => {
  const targets = fc.sample(nearTarget, { numRuns: 2_000, seed: 1 })
  expect(targets.some((target) => statusOf(hit(target)) === 'response')).toBe(true)
})

describe('a response that comes as a form', () => {
  const form = (headers: string[] = [], more: Partial<Hit> = {}): Hit => ({ ...hit('/callback', { method: 'POST', headers: [...host, ...headers] }), ...more })
  const type = (value: string) => ['Content-Type', value]
  const awaited = { formPost: true }

  test.each(['application/x-www-form-urlencoded', 'APPLICATION/X-WWW-FORM-URLENCODED', 'application/x-www-form-urlencoded; charset=utf-8', 'application/x-www-form-urlencoded  ;x'])('%s is read, where it was asked for', (value) => {
    expect(statusOf(form(type(value)), awaited)).toBe('form')
    expect(statusOf(form(type(value)))).toBe(405)
  })

  test.each(['', 'text/plain', 'multipart/form-data; boundary=x', 'x/application/x-www-form-urlencoded', 'application/x-www-form-urlencoded-not', 'application/json'])('%j is no form', (value) => {
    expect(statusOf(form(type(value)), awaited)).toBe(415)
  })

  test('there is none for the page behind it, and a length is no fault', () => {
    const good = type('application/x-www-form-urlencoded')
    expect(statusOf(form(good, { target: '/received/once' }), awaited)).toBe(405)
    expect(statusOf(form([...good, 'Content-Length', '40']), awaited)).toBe('form')
    expect(statusOf(hit('/received/once'), awaited)).toBe('receipt')
  })

  test.each<[string, string | undefined, number | string]>([
    ['too long to be read', undefined, 413],
    ['a space at its end', `code=C&state=${state} `, 400],
    ['a line break at its start', `\ncode=C&state=${state}`, 400],
    ['a letter that has to be encoded', `code=é&state=${state}`, 400],
    ['nothing', '', 400],
    ['what was asked for', `code=C&state=${state}`, 'response'],
  ])('its body: %s', (_, body, wanted) => {
    const verdict = judgeForm(body, { ...expected, ...awaited })
    expect(verdict.kind === 'refused' ? verdict.status : verdict.kind).toBe(wanted)
  })
})

test.each<[string, string, string]>([
  ['none', '/callback?code=C', 'it has no state'],
  ['another', '/callback?code=C&state=x', 'state is not ours (an old tab?)'],
  ['ours under another name', `/callback?code=${state}&state=x`, 'state is not ours (an old tab?)'],
])('of the state it says what is wrong with it: %s', (_, target, reason) => {
  expect(judgeHit(hit(target), expected)).toMatchObject({ reason })
})

test('a path that only begins like one is none', () => {
  expect(statusOf(hit('/callback x'))).toBe(400)
})

test('a name is compared without its case, a value that reads like a name is none, and a question mark may be in a value', () => {
  const also = { alsoAuthority: 'localhost:8765' }
  const target = `/callback?code=a?b&state=${state}`
  expect(statusOf(hit(target, { headers: ['HOST', 'LocalHost:8765'] }), also)).toBe('response')
  expect(statusOf(hit(target, { headers: [...host, 'X-A', 'Host', 'X-B', 'evil.example'] }))).toBe('response')
  expect(judgeHit(hit(target), expected)).toMatchObject({ parameters: [{ name: 'code', value: 'a?b' }, { name: 'state', value: state }] })
})

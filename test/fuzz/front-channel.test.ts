import fc from 'fast-check'
import { expect } from 'vitest'
import { type Expectations, judgeHit, judgeQuery, parseQuery } from '../../src/io/gate.ts'
import { judgePasted } from '../../src/io/paste.ts'
import { readRedirectUri } from '../../src/io/redirect-uri.ts'
import { target } from './fuzz.ts'

const state = 'kQ3f-state-of-this-walk_Zw'
const redirectUri = 'http://127.0.0.1:8765/callback'
const expected: Expectations = { path: '/callback', receipt: '/received/once', authority: '127.0.0.1:8765', state, used: false }

const pair = fc.oneof(
  fc.constantFrom(`state=${state}`, 'state=', `state=${state}%20`, `state[]=${state}`, `State=${state}`, `s%74ate=${state}`, 'code=A', 'code=B', 'code[]=A', 'error=x', 'iss=https%3A%2F%2Fa', 'a=%E0%A4%A', 'a=%ff', '%', '', '='),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const query = fc.array(pair, { maxLength: 6 }).map((pairs) => pairs.join('&'))
const path = fc.oneof(
  fc.constantFrom('/callback', '/callback', '/callback', '//', '/x/../callback', '/%63allback', '/callback/', '//evil.com/callback', 'http://evil.com/callback', '/CALLBACK', '/\\callback', '*', '/received/once', '/callback;x'),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const host = fc.oneof(
  fc.constantFrom('127.0.0.1:8765', '127.0.0.1:8765', 'evil.com', 'localhost:8765', '127.0.0.1', '127.0.0.1:8765.evil.com', '127.0.0.1:8765 ', ' 127.0.0.1:8765', '127.1:8765', '[::1]:8765'),
  fc.string({ maxLength: 20 }),
)
const others = fc.constantFrom([], ['Sec-Fetch-Mode', 'cors'], ['Sec-Fetch-Dest', 'iframe'], ['Upgrade', 'h2c'], ['Expect', '100-continue'], ['Content-Length', '0'], ['Content-Length', '1'], ['Transfer-Encoding', 'chunked'], ['Host', '127.0.0.1:8765'], ['Cookie', 'x'])

function hit(given: { method?: string; target: string; headers: string[]; httpVersion?: string }) {
  return judgeHit({ method: 'GET', httpVersion: '1.1', ...given }, expected)
}

target('callback target', fc.tuple(path, query), ([place, asked]) => {
  const verdict = hit({ target: `${place}?${asked}`, headers: ['Host', '127.0.0.1:8765'] })
  if (verdict.kind === 'response') expect(place.split('?')[0]).toBe('/callback')
  if (verdict.kind === 'receipt') expect(place.split('?')[0]).toBe('/received/once')
  if (verdict.kind === 'refused') expect(verdict.reason).not.toContain(state)
})

target('Host gate', fc.record({ name: host, more: others, method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'get', 'TRACE'), httpVersion: fc.constantFrom('1.1', '1.1', '1.0', '0.9', '2.0') }), ({ name, more, method, httpVersion }) => {
  const verdict = hit({ target: `/callback?code=C&state=${state}`, headers: ['Host', name, ...more], method, httpVersion })
  const allowed = name === '127.0.0.1:8765' && method === 'GET' && /^1\.[01]$/.test(httpVersion) && (more.length === 0 || more[0] === 'Cookie' || more[1] === '0')
  expect(verdict.kind).toBe(allowed ? 'response' : 'refused')
})

target('query', fc.oneof(query, fc.string({ unit: 'binary' })), (text) => {
  const { parameters, malformed } = parseQuery(text)
  const pairs = text.split('&').filter(Boolean)
  expect(parameters).toHaveLength(pairs.length)
  // The platform's own reader agrees wherever nothing had to be guessed.
  if (!malformed && !/[\ud800-\udfff]/u.test(text)) expect(parameters.map(({ name, value }) => [name, value])).toEqual([...new URLSearchParams(text.replace(/^\?/, '%3F'))])
  const verdict = judgeQuery(text, expected)
  if (verdict.kind === 'response') expect(parameters).toContainEqual({ name: 'state', value: state })
  if (malformed) expect(verdict.kind).toBe('refused')
  expect(judgeQuery(text, { ...expected, used: true }).kind).toBe('refused')
})

const base = fc.constantFrom(redirectUri, redirectUri, redirectUri, 'http://localhost:8765/callback', 'https://127.0.0.1:8765/callback', `https://evil.example/${redirectUri}`, `${redirectUri}/`, '', 'callback')
target('pasted address', fc.tuple(fc.constantFrom('', ' ', '"', '<', '\t', '\r\n'), base, fc.constantFrom('?', '?', '#', ''), query, fc.constantFrom('', '\r', '"', '>', '#_=_')), ([before, start, mark, asked, after]) => {
  const { verdict } = judgePasted(before + start + mark + asked + after, readRedirectUri(redirectUri), expected)
  if (verdict.kind === 'response') expect([start, mark]).toEqual([redirectUri, '?'])
})

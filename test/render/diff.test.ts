import { expect, test } from 'vitest'
import type { Transcript, WalkEvent } from '../../src/events.ts'
import { compare } from '../../src/render/diff.ts'
import { diffDocument, drawDiff } from '../../src/render/draw-diff.ts'
import { failed, poisoned, redacted } from './reports/transcripts.ts'

const LOOK = { width: 80, unicode: true, colour: false }

function changed(change: (event: WalkEvent) => WalkEvent): Transcript {
  return { ...redacted, events: redacted.events.map(change) }
}

function withParameter(type: 'navigate' | 'request', name: string, value: string): Transcript {
  return changed((event) => {
    if (event.type !== type) return event
    return { ...event, parameters: event.parameters.map((one) => (one.name === name ? { name, value } : one)) }
  })
}

test('a walk is like itself', () => {
  expect(compare(redacted, redacted)).toEqual({ differences: [], alwaysNew: expect.arrayContaining(['state', 'nonce', 'code', 'authorization']) })
  expect(drawDiff(compare(redacted, redacted), ['a', 'b'], LOOK)).toContain('The two walks tell the same.')
})

test.each(['state', 'nonce', 'code_challenge'])('%s is new in every walk, and no finding', (name) => {
  expect(compare(redacted, withParameter('navigate', name, 'another')).differences).toEqual([])
})

test('a parameter, a status, a claim, a verdict and a slow answer are findings', () => {
  expect(compare(redacted, withParameter('navigate', 'scope', 'openid')).differences).toEqual([
    { section: 'authorization request', name: 'scope', one: 'openid profile offline_access', other: 'openid' },
  ])
  const status = changed((event) => (event.type === 'response' && event.name === 'UserInfo response' ? { ...event, status: 503, reason: 'No' } : event))
  expect(compare(redacted, status).differences).toEqual([{ section: 'UserInfo response', name: 'came as', one: '200 OK', other: '503 No' }])
  const claim = changed((event) => (event.type === 'value' && event.decoded ? { ...event, decoded: { ...event.decoded, claims: { ...event.decoded.claims, acr: 'gold' } } } : event))
  expect(compare(redacted, claim).differences).toMatchObject([{ section: 'id_token Claims', name: 'acr', other: 'gold' }])
  const slow = changed((event) => (event.type === 'response' && event.name === 'token response' ? { ...event, milliseconds: 4100 } : event))
  expect(compare(redacted, slow).differences).toEqual([{ section: 'timing', name: 'token response', one: '41 ms', other: '4.1 s' }])
})

test('a setting and a body that is no table are findings', () => {
  const value = (text: string): WalkEvent => ({ type: 'value', origin: 'made', name: 'token_endpoint_auth_method', value: text, purpose: '' })
  const basic = { ...redacted, events: [value('client_secret_basic'), ...redacted.events] }
  const post = { ...redacted, events: [value('client_secret_post'), ...redacted.events] }
  expect(compare(basic, post).differences).toEqual([
    { section: 'settings', name: 'token_endpoint_auth_method', one: 'client_secret_basic', other: 'client_secret_post' },
  ])
  const page = (body: string) => changed((event) => (event.type === 'response' && event.name === 'UserInfo response' ? { ...event, body } : event))
  expect(compare(page('<p>one'), page('<p>other')).differences).toEqual([
    { section: 'UserInfo response', name: 'body', one: '<p>one', other: '<p>other' },
  ])
})

test('of two issuers one line tells, and not each of their addresses', () => {
  const elsewhere: Transcript = JSON.parse(JSON.stringify(redacted).replaceAll('http://127.0.0.1:4455', 'https://as.example'))
  expect(compare(redacted, elsewhere).differences).toEqual([
    { section: 'settings', name: 'issuer', one: 'http://127.0.0.1:4455', other: 'https://as.example' },
  ])
})

test('a message that was never sent is one line', () => {
  const { differences } = compare(redacted, failed)
  expect(differences.filter(({ section }) => section === 'UserInfo response')).toEqual([
    { section: 'UserInfo response', name: 'came as', one: '200 OK', other: undefined },
  ])
  expect(differences).toContainEqual({ section: 'checks', name: 'id-token-aud', one: 'pass', other: 'fail: somebody-else' })
})

test('what came from outside is harmless on the screen', () => {
  const drawn = drawDiff(compare(redacted, poisoned(redacted, '\u001b[31m\u202e\n')), ['a\u001b', 'b'], LOOK)
  expect(drawn.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(drawn.split('\n').filter((line) => line.length > LOOK.width)).toEqual([])
})

test('as JSON: every finding, null where one walk says nothing, and no character that a terminal obeys', () => {
  const comparison = compare(redacted, poisoned(failed, '\u001b[31m\u202e'))
  const document = diffDocument(comparison)
  expect(document.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  const { version, differences, alwaysNew } = JSON.parse(document)
  expect({ version, alwaysNew }).toEqual({ version: 1, alwaysNew: comparison.alwaysNew })
  expect(differences).toEqual(comparison.differences.map(({ section, name, one, other }) => ({ section, name, a: one ?? null, b: other ?? null })))
  expect(differences).toContainEqual({ section: 'UserInfo response', name: 'came as', a: '200 OK', b: null })
})

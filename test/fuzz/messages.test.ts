import fc from 'fast-check'
import { expect } from 'vitest'
import { judge } from '../../src/check.ts'
import { metadataChecks } from '../../src/checks/metadata.ts'
import { AuthorizationServerError } from '../../src/errors.ts'
import type { JsonObject } from '../../src/events.ts'
import { readObject } from '../../src/exchange.ts'
import { ENDPOINTS, readMetadata } from '../../src/oauth/metadata.ts'
import { isSecure, parseUrl } from '../../src/oauth/url.ts'
import type { Outside, Response } from '../../src/outside.ts'
import { judgeResponse } from '../../src/steps/4-authorization-response.ts'
import { judgeTokens } from '../../src/steps/6-token-response.ts'
import { useTokens } from '../../src/steps/7-tokens-used.ts'
import { fakeWorld, ISSUER, settings } from '../support/fake-server.ts'
import { anyText, pulled, target } from './fuzz.ts'

const anything = fc.oneof(anyText, fc.jsonValue({ maxDepth: 2 }))
const url = fc.oneof(
  fc.constantFrom(`${ISSUER}/x`, `${ISSUER}/x`, `${ISSUER}/x`, 'http://as.example/x', 'javascript:alert(1)', 'java\nscript:alert(1)', 'https://10.0.0.1/', 'https://[::ffff:127.0.0.1]/', 'https://0x7f.1/', 'https://a/#f', '/relative', '', 'https://as.example\\@evil/', 'file:///etc/passwd'),
  anything,
)

const document: fc.Arbitrary<Record<string, unknown>> = fc.record<Record<string, unknown>>(
  { issuer: fc.oneof(fc.constant(ISSUER), anything), ...Object.fromEntries(ENDPOINTS.map((name) => [name, url])), scopes_supported: anything, response_types_supported: anything, token_endpoint_auth_methods_supported: anything, code_challenge_methods_supported: anything, authorization_response_iss_parameter_supported: anything },
  { requiredKeys: ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] },
)

function response(body: string | Uint8Array, more: Partial<Response> = {}): Response {
  return { status: 200, reason: '', headers: [{ name: 'content-type', value: 'application/json' }], body: Buffer.from(body), milliseconds: 1, ...more }
}

target('metadata', document, async (made) => {
  const read = await pulled(readObject(response(JSON.stringify(made)), 'metadata'))
  if (!read.result) return expect(read.error?.exit).toBe(5)
  const { error } = await pulled(judge(metadataChecks, { document: read.result, issuer: ISSUER, openid: true, authMethod: 'client_secret_basic', pkce: 'S256' }))
  if (error) return expect([4, 5]).toContain(error.exit)
  const metadata = readMetadata(read.result)
  expect(metadata.issuer).toBe(ISSUER)
  for (const name of ENDPOINTS) {
    const endpoint = metadata[name]
    const parsed = endpoint === undefined ? undefined : parseUrl(endpoint)
    if (parsed) expect({ name, endpoint, secure: isSecure(parsed), fragment: parsed.hash }).toEqual({ name, endpoint, secure: true, fragment: '' })
  }
  return expect(parseUrl(metadata.token_endpoint)).toBeDefined()
})

const nowhere: Outside = { ...fakeWorld(), send: () => Promise.reject(new Error('nobody may be asked')) }
const server = { metadata: { issuer: ISSUER, authorization_endpoint: `${ISSUER}/a`, token_endpoint: `${ISSUER}/t`, authorization_response_iss_parameter_supported: true }, keys: [], authMethod: 'client_secret_basic' }
const oauth = { ...settings, scope: 'profile' }
const sent = { parameters: [{ name: 'scope', value: 'profile' }] }
const judged = (answer: Response, asked = oauth) => pulled(judgeTokens(answer, 'C', sent, asked, server, nowhere))

const members = fc.record(
  {
    access_token: fc.oneof(fc.constantFrom('a.b-c~d', 'A'), anything),
    token_type: fc.oneof(fc.constantFrom('Bearer', 'bearer', 'bEARER', 'DPoP', 'N_A'), anything),
    expires_in: fc.oneof(fc.double(), anything),
    scope: anything,
    id_token: anything,
    refresh_token: anything,
    error: anything,
    ok: fc.boolean(),
  },
  { requiredKeys: [] },
)

function expectHonest({ result, error }: Awaited<ReturnType<typeof judged>>, made: Record<string, unknown>) {
  if (!result) return expect([3, 4, 5]).toContain(error?.exit)
  expect(result.accessToken).toMatch(/^[A-Za-z0-9\-._~+/]+=*$/)
  expect(String(made['token_type']).toLowerCase()).toBe('bearer')
  return expect([undefined, null]).toContain(made['error'])
}

target('token response', fc.oneof(members, fc.jsonValue({ maxDepth: 2 })), async (made) => {
  expectHonest(await judged(response(JSON.stringify(made))), Object(made) as Record<string, unknown>)
})

target('token response: any bytes and status', fc.tuple(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 200, max: 599 }), anyText), async ([body, status, type]) => {
  const { result, error } = await judged(response(body, { status, headers: [{ name: 'content-type', value: type }] }))
  expect(result).toBeUndefined()
  expect([3, 4, 5]).toContain(error?.exit)
})

const pairs = fc.array(fc.tuple(fc.constantFrom('access_token', 'token_type', 'scope', 'error', 'error_description', 'expires_in', '__proto__', 'x'), fc.oneof(fc.constantFrom('Bearer', 'a', '3600', '%', '%zz'), anyText)), { maxLength: 6 })
target('form body', pairs, async (made) => {
  const headers = [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded; charset=utf-8' }]
  const answer = await judged(response(new URLSearchParams(made.map(([name, value]): [string, string] => [name, Buffer.from(value).toString()])).toString(), { headers }))
  const names = made.map(([name]) => name)
  if (new Set(names).size < names.length) return expect(answer.error?.explanation.check).toBe('token-response-duplicate')
  return expectHonest(answer, Object.fromEntries(made))
})

const code = fc.oneof(fc.constantFrom('invalid_grant', 'access_denied', 'constructor', '__proto__', 'hasOwnProperty', 'toString', 'x'), anyText.filter((text) => text !== ''))
target('error forms', fc.tuple(code, fc.option(anything), fc.constantFrom('json', 'redirect'), fc.integer({ min: 200, max: 499 }).filter((status) => status < 300 || status > 399)), async ([error, description, form, status]) => {
  const text = typeof description === 'string' ? description : undefined
  const parameters = [{ name: 'error', value: error }, { name: 'state', value: 'S' }, { name: 'iss', value: ISSUER }, ...(text === undefined ? [] : [{ name: 'error_description', value: text }])]
  const arrival = { method: 'GET', path: '/callback', parameters, accepted: true, at: 1, by: 'listener' } as const
  const told = form === 'json'
    ? await judged(response(JSON.stringify({ error, error_description: description }), { status }))
    : await pulled(judgeResponse(arrival, oauth, server, { state: 'S' }))
  expect(told.error).toBeInstanceOf(AuthorizationServerError)
  expect(told.error?.explanation.tries.length).toBeGreaterThan(0)
  expect(told.error?.explanation.read.every((place) => typeof place === 'string' && place !== '')).toBe(true)
})

const challenge = fc.oneof(
  fc.array(fc.constantFrom('Bearer', 'DPoP', ' ', ',', 'error=', '"invalid_token"', '"insufficient_scope"', 'error_description=', '"', 'x', 'scope="a b"', '\\"', '='), { maxLength: 14 }).map((parts) => parts.join('')),
  anyText,
)
target('WWW-Authenticate', fc.tuple(challenge, fc.constantFrom(400, 401, 403, 404, 500), fc.boolean()), async ([value, status, twice]) => {
  const header = { name: 'WWW-Authenticate', value }
  const refusing: Outside = { ...nowhere, send: async () => response('', { status, headers: twice ? [header, header] : [header] }) }
  const { error } = await pulled(useTokens({ accessToken: 'a', scope: '' }, { ...oauth, resource: 'https://api.example/' }, server, refusing))
  expect([3, 5]).toContain(error?.exit)
  if (error?.exit === 3) expect(value).toMatch(/error=/)
})

/** A JSON object as it would come, with its prototype left alone. */
target('members that no object should have', fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a'), anything), async (made) => {
  const text = JSON.stringify(Object.entries(made)).replace(/^\[|\]$/g, '')
  const entries = JSON.parse(`[${text}]`) as [string, unknown][]
  const body = `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
  const { result } = await pulled<JsonObject>(readObject(response(body), 'metadata'))
  expect(result === undefined ? null : Object.getPrototypeOf(result)).toBeNull()
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('a')
})

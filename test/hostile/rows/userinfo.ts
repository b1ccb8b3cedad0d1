import type { JsonObject } from '../../../src/events.ts'
import { compactJws, hs256, rs256, rsaKeys } from '../../support/signing.ts'
import { providerKey } from '../honest.ts'
import { drip, type Facts, flood, JSON_HEAD, lie, members, PAINT, redirect, rewritten, says, type Turn } from '../knob.ts'
import { type Expectation, rarely, type Row } from '../row.ts'

function row(id: string, words: string, userinfo: Turn, expect: Expectation, more: Partial<Row> = {}): Row {
  return { id, says: words, knob: { userinfo }, expect, ...more }
}

/** UserInfo as a JWT, OpenID Connect Core 5.3.2. */
function signed(words: string, make: (claims: JsonObject, facts: Facts) => string, expect: Expectation, id = 'U-05'): Row {
  return row(id, words, ({ body }, facts) => {
    const claims = { ...body, iss: facts.issuer, aud: facts.clientId }
    return { status: 200, headers: { 'content-type': 'application/jwt' }, body: make(claims, facts) }
  }, expect)
}

const HEADER = { alg: 'RS256', kid: 'k1' }
const otherKey = rsaKeys()
const fails = (check: string): Expectation => ({ exit: 4, check })
const unauthorized = (status: number, challenge: string) => says('', { 'www-authenticate': challenge }, status)

export const userinfoRows: readonly Row[] = [
  row('U-02', 'sub is another person’s', members(() => ({ sub: 'bob' })), fails('userinfo-sub')),
  row('U-02', 'no sub', members(() => ({ sub: undefined })), fails('userinfo-sub')),
  row('U-02', 'sub is a list of the right one', members(() => ({ sub: ['alice'] })), fails('userinfo-sub'), rarely(true)),
  row('U-02', 'sub is a number', members(() => ({ sub: 1 })), fails('userinfo-sub'), {
    knob: { userinfo: members(() => ({ sub: 1 })), 'id-token': (token) => ({ ...token, claims: { ...token.claims, sub: '1' } }) },
  }),
  ...['[]', 'null', '"alice"', ''].map((text, index) => row('U-03', `the body is ${JSON.stringify(text)}`, says(text), { exit: 5, check: 'userinfo-json' }, rarely(index > 1))),
  row('U-03', 'sub twice', rewritten('{', '{"sub":"bob",'), { exit: 5, check: 'json-duplicate' }),
  signed('a JWT that the issuer signed', (claims) => compactJws(HEADER, claims, rs256(providerKey)), { exit: 0 }),
  signed('a JWT without a signature', (claims) => compactJws({ alg: 'none' }, claims, () => Buffer.alloc(0)), fails('userinfo-sig')),
  signed('a JWT of somebody else', (claims) => compactJws(HEADER, claims, rs256(otherKey)), fails('userinfo-sig')),
  signed('a JWT made with the client secret', (claims, { canaries }) => compactJws({ alg: 'HS256' }, claims, hs256(canaries.secret)), fails('userinfo-sig')),
  signed('a JWT for another client', (claims) => compactJws(HEADER, { ...claims, aud: 'other' }, rs256(providerKey)), fails('userinfo-aud')),
  signed('a JWT of another issuer', (claims) => compactJws(HEADER, { ...claims, iss: 'https://other.example' }, rs256(providerKey)), fails('userinfo-iss')),
  signed('a JWT about another person', (claims) => compactJws(HEADER, { ...claims, sub: 'bob' }, rs256(providerKey)), fails('userinfo-sub')),
  signed('a page under the label of a JWT', () => '<p>not here</p>', fails('userinfo-sig'), 'U-06'),
  row('U-06', 'a JWT under the label of JSON', ({ body, ...answer }) => ({ ...answer, body: compactJws(HEADER, body, rs256(otherKey)) }), { exit: 5, check: 'userinfo-json' }),
  row('U-08', '401 invalid_token', unauthorized(401, 'Bearer error="invalid_token", error_description="The access token expired"'), { exit: 3, shows: ['invalid_token'] }),
  row('U-08', '403 insufficient_scope', unauthorized(403, 'Bearer error="insufficient_scope", scope="email"'), { exit: 3, shows: ['insufficient_scope'] }),
  row('U-08', 'a challenge that paints', unauthorized(401, 'Bearer error="invalid_token\x9b31m", error_description="\x9d0;x"'), { exit: 3 }, { everyMode: true }),
  row('U-08', 'a challenge that is none: no error of the protocol, so what came can’t be read', unauthorized(401, 'Bearer realm="x, error=,,,=='), { exit: 5, check: 'resource-status' }),
  row('U-08', '500', says('', {}, 500), { exit: 5, check: 'resource-status' }),
  row('U-09', '307 to another server', redirect(307, ({ stranger }) => `${stranger}/userinfo`), { exit: 5, check: 'userinfo-redirect', neverSent: ['stranger'] }, { everyMode: true }),
  row('U-09', '302 to the same server', redirect(302, ({ origin }) => `${origin}/userinfo`), { exit: 5, check: 'userinfo-redirect' }),
  row('U-11', 'the token travels in the header, and in no URL', (honest) => honest, { exit: 0 }),
  { id: 'U-12', says: 'the ID Token is wrong, so UserInfo is not asked', knob: lie('id-token-nonce'), expect: fails('id-token-nonce') },
  row('U-14', 'the Claims of profile, email, phone and address', members(() => ({ phone_number: '+1 555 0100', address: { locality: 'Wonderland' } })), {
    exit: 0, shows: ['alice@example.com', '+1 555 0100', 'Wonderland'], asked: { scope: 'openid profile email phone address' },
  }, { args: ['--scope', 'openid profile email phone address'] }),
  row('U-15', 'a body without an end', flood(JSON_HEAD), { exit: 5, check: 'http-cap' }),
  row('U-15', 'a body that drips for ever', drip(JSON_HEAD, ' ', 200), { exit: 6, check: 'http-deadline' }, { timeout: 1 }),
  row('U-15', 'a page', says('<p>', { 'content-type': 'text/html' }), { exit: 5, check: 'userinfo-json' }),
  row('U-15', 'Claims that paint, names and values', members(() => ({ name: PAINT, [PAINT]: 'x', nested: { deeper: [PAINT] } })), { exit: 0 }, { everyMode: true }),
]

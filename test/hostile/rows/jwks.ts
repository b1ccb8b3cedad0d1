import { randomBytes } from 'node:crypto'
import type { Json, JsonObject } from '../../../src/events.ts'
import { compactJws, ecKeys, es256, hs256, publicJwk, rsaKeys } from '../../support/signing.ts'
import { pem } from '../../io/servers.ts'
import { json, providerKey } from '../honest.ts'
import { drip, flood, JSON_HEAD, type Knob, PAINT, redirect, says, type Turn } from '../knob.ts'
import { type Expectation, rarely, type Row } from '../row.ts'

const good = publicJwk(providerKey, { kid: 'k1', use: 'sig', alg: 'RS256' })
const kidless = publicJwk(providerKey)
const ec = ecKeys()
const der = pem('self-signed').replace(/-----.*-----|\s/g, '')
const refetched = ['metadata', 'jwks', 'userinfo', 'token', 'jwks'] as const

function row(id: string, words: string, jwks: Turn, expect: Expectation, more: Partial<Row> = {}): Row {
  return { id, says: words, knob: { jwks }, expect, ...more }
}

/** These keys, in this order. */
function keys(id: string, words: string, list: Json[], expect: Expectation, more: Partial<Row> = {}): Row {
  return row(id, words, () => json({ keys: list }), expect, more)
}

/** As long as a modulus and as odd, and nobody's. */
function stray(): JsonObject {
  const n = randomBytes(256)
  n[0] = 0xc0
  n[255] = (n[255] ?? 0) | 1
  return { kty: 'RSA', e: 'AQAB', n: n.toString('base64url') }
}

const strays = (count: number) => Array.from({ length: count }, stray)
const withoutKid: Knob['id-token'] = (honest) => ({ ...honest, header: { alg: 'RS256' } })
const fetchFails: Expectation = { exit: 4, check: 'jwks-fetch' }
const warns = (check: string): Expectation => ({ exit: 0, warns: [check] })

export const jwksRows: readonly Row[] = [
  {
    id: 'J-02',
    says: 'the key was changed just before it signed',
    knob: { jwks: (_, { time }) => json({ keys: [time === 1 ? { ...good, kid: 'old' } : good] }) },
    expect: { exit: 0, requests: [...refetched, 'userinfo'] },
  },
  keys('J-03', 'the key that signed is never published', [{ ...good, kid: 'another' }], { exit: 4, check: 'jwks-kid', requests: refetched }),
  row('J-04', '404', says('', {}, 404), fetchFails),
  row('J-04', '500', says('', {}, 500), fetchFails, rarely(true)),
  row('J-04', 'a page', says(`<p>${PAINT}`, { 'content-type': 'text/html' }), fetchFails),
  row('J-04', 'a redirect to somebody else with the same keys', redirect(302, ({ stranger }) => `${stranger}/keys`), { ...fetchFails, neverSent: ['stranger'] }),
  row('J-04', 'taken, and never answered', () => ({ raw: () => {} }), fetchFails, { timeout: 1 }),
  row('J-04', 'a body that drips for ever', drip(JSON_HEAD, ' ', 200), fetchFails, { timeout: 1 }),
  row('J-04', 'reset', () => ({ raw: (socket) => void socket.resetAndDestroy() }), fetchFails),
  row('J-05', '130 MB', flood(`${JSON_HEAD}{"keys":["`, 130 * 1024 * 1024), { exit: 5, check: 'http-cap' }),
  keys('J-06', '200 keys without kid, and the good one is the last', [...strays(199), kidless], { exit: 4, check: 'id-token-sig' }, { knob: { jwks: () => json({ keys: [...strays(199), kidless] }), 'id-token': withoutKid } }),
  { id: 'J-06', says: 'sixteen keys without kid, and the good one is the last', knob: { jwks: () => json({ keys: [...strays(15), kidless] }), 'id-token': withoutKid }, expect: { exit: 0, shows: ['16 keys to try'] } },
  row('J-06', '2000 keys', () => json({ keys: strays(2000) }), { exit: 5, check: 'jwks-cap' }),
  row('J-07', '20 000 keys', () => json({ keys: Array.from({ length: 20_000 }, (_, index) => ({ kty: 'EC', kid: String(index) })) }), { exit: 5, check: 'jwks-cap' }),
  ...[undefined, null, {}, [1], [], 'x'].map((value, index) => row('J-08', `keys is ${JSON.stringify(value)}`, () => json(value === undefined ? {} : { keys: value }), { exit: 5, check: 'jwks-shape' }, rarely(index % 2 === 1))),
  row('J-08', 'the set is a list', says('[]'), fetchFails),
  keys('J-09', 'half a key beside the good one', [{ kty: 'RSA', kid: 'k2' }, good], warns('jwks-usable')),
  keys('J-09', 'no key at all beside the good one', [7, good], warns('jwks-usable')),
  keys('J-11', 'a symmetric key beside the good one', [{ kty: 'oct', kid: 'k2', k: 'AAAA' }, good], warns('jwks-secret')),
  {
    id: 'J-11',
    says: 'a symmetric key alone, and the token is made with it',
    knob: {
      jwks: () => json({ keys: [{ kty: 'oct', kid: 'k1', k: Buffer.from('shared').toString('base64url') }] }),
      'id-token': ({ header, claims }) => compactJws({ ...header, alg: 'HS256' }, claims, hs256('shared')),
    },
    args: ['--id-token-alg', 'HS256'],
    expect: { exit: 4, check: 'id-token-sig' },
  },
  keys('J-12', 'two keys with one kid, and the good one is the second', [publicJwk(rsaKeys(), { kid: 'k1' }), good], warns('jwks-kid-unique')),
  {
    id: 'J-13',
    says: 'a point off its curve, and a token that it is said to have signed',
    knob: {
      jwks: () => json({ keys: [publicJwk(ec, { kid: 'k1', x: publicJwk(ec)['y'] ?? '' })] }),
      'id-token': ({ header, claims }) => compactJws({ ...header, alg: 'ES256' }, claims, es256(ec)),
    },
    args: ['--id-token-alg', 'ES256'],
    expect: { exit: 4, check: 'id-token-sig' },
  },
  keys('J-13', 'an even modulus', [{ ...good, n: Buffer.alloc(256, 0xf0).toString('base64url') }], { exit: 4, check: 'id-token-sig' }),
  keys('J-13', 'a modulus of 16 384 bits', [{ ...good, n: Buffer.alloc(2048, 0xff).toString('base64url') }], { exit: 4, check: 'id-token-sig' }),
  keys('J-13', 'a curve that nobody knows, beside the good key', [{ kty: 'EC', crv: 'P-7', kid: 'k2', x: 'AA', y: 'AA' }, good], { exit: 0 }),
  keys('J-14', 'a certificate of another key', [{ ...good, x5c: [der] }], warns('jwks-x5c')),
  keys('J-15', 'kid, alg and use paint', [{ kty: 'RSA', kid: PAINT, alg: PAINT, use: PAINT }, good], warns('jwks-usable'), { everyMode: true }),
  keys('J-17', 'kinds of key that nobody knows', [{ kty: 'AKP', kid: 'k2' }, { kty: 'XYZ', kid: 'k3' }, good], { exit: 0 }),
]

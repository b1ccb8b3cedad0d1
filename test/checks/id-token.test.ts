import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { examine } from '../../src/check.ts'
import { idTokenChecks, type IdTokenInput } from '../../src/checks/id-token.ts'
import type { JsonObject } from '../../src/events.ts'
import { decodeJwt, isJwt } from '../../src/oauth/jwt.ts'
import { verifySignature } from '../../src/oauth/signature.ts'

const NOW = 1_800_000_000
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY: JsonObject = { ...publicJwk(publicKey), kid: 'k1', use: 'sig', alg: 'RS256' }

const half = (value: string) => createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url')

const CLAIMS: JsonObject = { iss: 'https://as.example', sub: 'alice', aud: 'client', exp: NOW + 3600, iat: NOW, nonce: 'the-nonce', at_hash: half('the-token') }
const HEADER: JsonObject = { alg: 'RS256', kid: 'k1', typ: 'JWT' }

interface Variation {
  claims?: JsonObject
  header?: JsonObject
  without?: string
  keys?: JsonObject[]
  input?: Partial<IdTokenInput>
  rewrite?: (compact: string) => string
}

async function failing(variation: Variation): Promise<string[]> {
  const compact = (variation.rewrite ?? ((text) => text))(compactOf(variation))
  const jwt = decodeJwt(compact)
  if (!isJwt(jwt)) return ['id-token-jwt']
  const input: IdTokenInput = {
    jwt,
    verdict: await verifySignature(jwt, variation.keys ?? [KEY]),
    alg: 'RS256',
    issuer: 'https://as.example',
    clientId: 'client',
    sent: [{ name: 'nonce', value: 'the-nonce' }, { name: 'state', value: 'the-state' }],
    accessToken: 'the-token',
    code: 'the-code',
    now: NOW * 1000,
    clockSkew: 300,
    ...variation.input,
  }
  return idTokenChecks.map((check) => examine(check, input)).filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => id)
}

function compactOf({ claims, header, without, rewrite: _ }: Variation): string {
  const payload: JsonObject = { ...CLAIMS, ...claims }
  if (without) delete payload[without]
  const input = [{ ...HEADER, ...header }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}

function publicJwk(key: KeyObject): JsonObject {
  return JSON.parse(JSON.stringify(key.export({ format: 'jwk' })))
}

const sentMaxAge = { sent: [{ name: 'nonce', value: 'the-nonce' }, { name: 'max_age', value: '60' }] }
const sentAcr = { sent: [{ name: 'nonce', value: 'the-nonce' }, { name: 'acr_values', value: 'gold silver' }] }
const smallKey = publicJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)

describe('what has to fail, and fails alone', () => {
  const rows: [string, string[], Variation][] = [
    ['iss with a slash', ['id-token-iss'], { claims: { iss: 'https://as.example/' } }],
    ['iss as a list', ['id-token-iss'], { claims: { iss: ['https://as.example'] } }],
    ['iss missing', ['id-token-iss'], { without: 'iss' }],
    ['sub missing', ['id-token-sub'], { without: 'sub' }],
    ['sub empty', ['id-token-sub'], { claims: { sub: '' } }],
    ['sub a number', ['id-token-sub'], { claims: { sub: 7 } }],
    ['sub of 256 characters', ['id-token-sub'], { claims: { sub: 'x'.repeat(256) } }],
    ['aud of another client', ['id-token-aud'], { claims: { aud: 'client1' } }],
    ['aud missing', ['id-token-aud'], { without: 'aud' }],
    ['aud with a stranger', ['id-token-aud-untrusted'], { claims: { aud: ['client', 'other'] } }],
    ['azp of another client', ['id-token-azp'], { claims: { azp: 'other' } }],
    ['exp six minutes ago', ['id-token-exp', 'id-token-exp-range', 'id-token-clock'], { claims: { exp: NOW - 360 } }],
    ['exp a moment ago: within the leeway, and said', ['id-token-clock'], { claims: { exp: NOW, iat: NOW - 60 } }],
    ['exp now, and no leeway', ['id-token-exp', 'id-token-clock'], { claims: { exp: NOW, iat: NOW - 60 }, input: { clockSkew: 0 } }],
    ['exp now, as iat', ['id-token-exp-range', 'id-token-clock'], { claims: { exp: NOW } }],
    ['exp missing', ['id-token-exp'], { without: 'exp' }],
    ['exp a string', ['id-token-exp'], { claims: { exp: String(NOW + 60) } }],
    ['exp beyond every calendar', ['id-token-exp-range'], { claims: { exp: 1e300 } }],
    ['exp before iat', ['id-token-exp-range'], { claims: { exp: NOW + 10, iat: NOW + 20 } }],
    ['iat an hour ahead', ['id-token-iat', 'id-token-clock'], { claims: { iat: NOW + 3599 } }],
    ['iat missing', ['id-token-iat'], { without: 'iat' }],
    ['iat a week old', ['id-token-iat-age'], { claims: { iat: NOW - 7 * 86400 } }],
    ['clock four minutes apart', ['id-token-clock'], { claims: { iat: NOW + 240 } }],
    ['nbf to come', ['id-token-nbf'], { claims: { nbf: NOW + 3000 } }],
    ['nonce of another login', ['id-token-nonce'], { claims: { nonce: 'the-nonce1' } }],
    ['nonce missing', ['id-token-nonce'], { without: 'nonce' }],
    ['nonce in another case', ['id-token-nonce'], { claims: { nonce: 'THE-NONCE' } }],
    ['at_hash of another token', ['id-token-at-hash'], { claims: { at_hash: half('another') } }],
    ['c_hash of another code', ['id-token-c-hash'], { claims: { c_hash: half('another') } }],
    ['s_hash of another state', ['id-token-s-hash'], { claims: { s_hash: half('another') } }],
    ['auth_time missing after max_age', ['id-token-auth-time'], { input: sentMaxAge }],
    ['auth_time too old', ['id-token-auth-time'], { claims: { auth_time: NOW - 400 }, input: sentMaxAge }],
    ['auth_time a string', ['id-token-auth-time'], { claims: { auth_time: String(NOW) }, input: sentMaxAge }],
    ['acr not asked for', ['id-token-acr'], { claims: { acr: 'bronze' }, input: sentAcr }],
    ['alg that is not expected', ['id-token-alg'], { input: { alg: 'PS256' } }],
    ['alg none', ['id-token-alg', 'id-token-sig'], { header: { alg: 'none' } }],
    ['alg in another case', ['id-token-alg', 'id-token-sig'], { header: { alg: 'rs256' } }],
    ['crit', ['id-token-crit', 'id-token-sig'], { header: { crit: ['exp'] } }],
    ['typ of an access token', ['id-token-typ'], { header: { typ: 'at+jwt' } }],
    ['kid that nobody published', ['jwks-kid', 'id-token-sig'], { header: { kid: '../../etc/passwd' } }],
    ['a key for encryption only', ['jwks-kid', 'id-token-sig'], { keys: [{ ...KEY, use: 'enc' }] }],
    ['a short RSA key', ['jwks-rsa-size', 'id-token-sig'], { keys: [{ ...smallKey, kid: 'k1' }] }],
    ['an RSA exponent of 1', ['jwks-rsa-e', 'id-token-sig'], { keys: [{ ...KEY, e: 'AQ' }] }],
    ['a key of somebody else', ['id-token-sig'], { keys: [{ ...publicJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey), kid: 'k1' }] }],
    ['a signature of zeros', ['id-token-sig'], { rewrite: (text) => text.replace(/[^.]+$/, Buffer.alloc(256).toString('base64url')) }],
    ['white space', ['id-token-form'], { rewrite: (text) => `${text}\n` }],
    ['padding', ['id-token-form'], { rewrite: (text) => `${text}==` }],
    ['no token', ['id-token-jwt'], { rewrite: () => 'abc' }],
    ['an encrypted token', ['id-token-jwt'], { rewrite: () => 'a.b.c.d.e' }],
    ['a payload that is a list', ['id-token-jwt'], { rewrite: (text) => text.replace(/\.[^.]+\./, `.${Buffer.from('[]').toString('base64url')}.`) }],
  ]
  test.each(rows)('%s', async (_, expected, variation) => {
    expect(await failing(variation)).toEqual(expected)
  })

  test('every check of the list has a row', () => {
    const proven = new Set(rows.flatMap(([, ids]) => ids))
    expect(idTokenChecks.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([])
  })
})

describe('the nearest that has to pass', () => {
  const rows: [string, Variation][] = [
    ['the plain case', {}],
    ['aud as a list of one', { claims: { aud: ['client'] } }],
    ['azp of this client', { claims: { azp: 'client' } }],
    ['no at_hash', { without: 'at_hash' }],
    ['no kid, one key', { header: { kid: undefined as never } }],
    ['no kid, several keys', { header: { kid: undefined as never }, keys: [publicJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey), KEY] }],
    ['no typ', { header: { typ: undefined as never } }],
    ['auth_time in time', { claims: { auth_time: NOW - 30 }, input: sentMaxAge }],
    ['one of the acr values', { claims: { acr: 'silver' }, input: sentAcr }],
    ['iat half a minute ahead', { claims: { iat: NOW + 30 } }],
    ['an embedded jwk that nobody uses', { header: { jwk: smallKey } }],
    ['a key set with a kind of key that nobody knows', { keys: [{ kty: 'XYZ', kid: 'k1' }, KEY] }],
    ['sub of 255 characters', { claims: { sub: 'x'.repeat(255) } }],
  ]
  test.each(rows)('%s', async (_, variation) => {
    expect(await failing(variation)).toEqual([])
  })
})

test('a sub that is a number is shown with its own digits', async () => {
  const payload = JSON.stringify({ ...CLAIMS, sub: 0 }).replace('"sub":0', '"sub":12345678901234567890')
  const compact = compactOf({}).replace(/\.[^.]+\./, `.${Buffer.from(payload).toString('base64url')}.`)
  const jwt = decodeJwt(compact)
  if (!isJwt(jwt)) throw new Error('not a JWT')
  expect(jwt.numbers['sub']).toBe('12345678901234567890')
})

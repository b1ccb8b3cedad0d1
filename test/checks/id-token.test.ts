import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe } from 'vitest'
import { idTokenChecks, idTokenFormCheck, type IdTokenInput } from '../../src/checks/id-token.ts'
import type { JsonObject } from '../../src/events.ts'
import { decodeJwt, isJwt } from '../../src/oauth/jwt.ts'
import { verifySignature } from '../../src/oauth/signature.ts'
import { proveTable, type Row } from './table.ts'

const NOW = 1_800_000_000
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY: JsonObject = { ...publicJwk(publicKey), kid: 'k1', use: 'sig', alg: 'RS256' }

function half(value: string, hash = 'sha256'): string {
  const digest = createHash(hash).update(value).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

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

async function inputOf(variation: Variation): Promise<IdTokenInput> {
  const jwt = decodeJwt((variation.rewrite ?? ((text) => text))(compactOf(variation)))
  if (!isJwt(jwt)) throw new Error(jwt.problem)
  return {
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
}

function compactOf({ claims, header, without, rewrite: _ }: Variation): string {
  const payload: JsonObject = { ...CLAIMS, ...claims }
  if (without) delete payload[without]
  const input = [{ ...HEADER, ...header }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}

function withClaimsText(compact: string, change: (claims: string) => string): string {
  const [header = '', claims = '', signature = ''] = compact.split('.')
  return [header, Buffer.from(change(Buffer.from(claims, 'base64url').toString())).toString('base64url'), signature].join('.')
}

function publicJwk(key: KeyObject): JsonObject {
  return JSON.parse(JSON.stringify(key.export({ format: 'jwk' })))
}

const sentMaxAge = { sent: [{ name: 'nonce', value: 'the-nonce' }, { name: 'max_age', value: '60' }] }
const sentLongAge = { sent: [{ name: 'nonce', value: 'the-nonce' }, { name: 'max_age', value: '1000000' }] }
const sentAcr = { sent: [{ name: 'nonce', value: 'the-nonce' }, { name: 'acr_values', value: 'gold silver' }] }
const EC: JsonObject = { ...publicJwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey), kid: 'k1' }
const smallKey = publicJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)

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
  ['the plain case', [], {}],
  ['aud as a list of one', [], { claims: { aud: ['client'] } }],
  ['azp of this client', [], { claims: { azp: 'client' } }],
  ['no at_hash', [], { without: 'at_hash' }],
  ['no kid, one key', [], { header: { kid: undefined as never } }],
  ['no kid, several keys', [], { header: { kid: undefined as never }, keys: [publicJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey), KEY] }],
  ['no typ', [], { header: { typ: undefined as never } }],
  ['auth_time in time', [], { claims: { auth_time: NOW - 30 }, input: sentMaxAge }],
  ['one of the acr values', [], { claims: { acr: 'silver' }, input: sentAcr }],
  ['iat half a minute ahead', [], { claims: { iat: NOW + 30 } }],
  ['an embedded jwk that nobody uses', [], { header: { jwk: smallKey } }],
  ['a key set with a kind of key that nobody knows', [], { keys: [{ kty: 'XYZ', kid: 'k1' }, KEY] }],
  ['sub of 255 characters', [], { claims: { sub: 'x'.repeat(255) } }],
  ['iss, no metadata to compare with', [], { input: { issuer: undefined as never } }],
  ['iss in the other spelling of this provider', [], { claims: { iss: 'as.example' }, input: { alsoIssuer: 'as.example' } }],
  ['iss in neither spelling', ['id-token-iss'], { claims: { iss: 'bs.example' }, input: { alsoIssuer: 'as.example' } }],
  ['typ of a logout token, in capitals', ['id-token-typ'], { header: { typ: 'LOGOUT+JWT' } }],
  ['typ a number', ['id-token-typ'], { header: { typ: 7 } }],
  ['typ with +jwt in its middle', [], { header: { typ: 'a+jwt.b' } }],
  ['b64', ['id-token-crit'], { header: { b64: false } }],
  ['two oddities', ['id-token-form'], { rewrite: (text) => `${text}== ` }],
  ['HMAC: no published key is needed', ['id-token-alg', 'id-token-sig'], { header: { alg: 'HS256' } }],
  ['no key at all for an RSA token', ['jwks-kid', 'id-token-sig'], { keys: [] }],
  ['neither kid nor a key that fits', ['jwks-kid', 'id-token-sig'], { header: { kid: undefined as never }, keys: [] }],
  ['sub with a line break', ['id-token-sub'], { claims: { sub: 'a\nb' } }],
  ['sub a number beyond precision', ['id-token-sig', 'id-token-sub'], { rewrite: (text) => withClaimsText(text, (claims) => claims.replace('"alice"', '12345678901234567890')) }],
  ['aud with two strangers, one of them no text', ['id-token-aud-untrusted'], { claims: { aud: ['client', 'other', { a: 1 }] } }],
  ['aud an object', ['id-token-aud'], { claims: { aud: { client: true } } }],
  ['exp with more digits than a number has', ['id-token-sig', 'id-token-exp-range'], { rewrite: (text) => withClaimsText(text, (claims) => claims.replace(`${NOW + 3600}`, '99999999999999999999')) }],
  ['exp in the last second of the calendar', [], { claims: { exp: 253_370_764_800 } }],
  ['exp a second later', ['id-token-exp-range'], { claims: { exp: 253_370_764_801 } }],
  ['iat at the end of the leeway', ['id-token-clock'], { claims: { iat: NOW + 300 } }],
  ['iat a second later', ['id-token-iat', 'id-token-clock'], { claims: { iat: NOW + 301 } }],
  ['iat a minute ahead', [], { claims: { iat: NOW + 60 } }],
  ['iat as old as may be', [], { claims: { iat: NOW - 900 } }],
  ['iat a second older', ['id-token-iat-age'], { claims: { iat: NOW - 901 } }],
  ['iat a string', ['id-token-iat'], { claims: { iat: '7' } }],
  ['exp at the end of the leeway', ['id-token-exp', 'id-token-clock'], { claims: { exp: NOW - 300, iat: NOW - 400 } }],
  ['exp a second before it', ['id-token-clock'], { claims: { exp: NOW - 299, iat: NOW - 400 } }],
  ['nbf at the end of the leeway', [], { claims: { nbf: NOW + 300 } }],
  ['nbf a second later', ['id-token-nbf'], { claims: { nbf: NOW + 301 } }],
  ['nonce, none sent', [], { input: { sent: [] } }],
  ['acr missing', ['id-token-acr'], { input: sentAcr }],
  ['auth_time at its limit', [], { claims: { auth_time: NOW - 360 }, input: sentMaxAge }],
  ['auth_time a second older', ['id-token-auth-time'], { claims: { auth_time: NOW - 361 }, input: sentMaxAge }],
  ['all three hashes', [], { claims: { c_hash: half('the-code'), s_hash: half('the-state') } }],
  ['s_hash where no state was sent', ['id-token-s-hash'], { claims: { s_hash: half('the-state') }, input: { sent: [{ name: 'nonce', value: 'the-nonce' }] } }],
  ['s_hash of nothing', [], { claims: { s_hash: half('') }, input: { sent: [{ name: 'nonce', value: 'the-nonce' }] } }],
  ['the hash of another length goes with ES384', ['id-token-alg', 'jwks-kid', 'id-token-sig'], { header: { alg: 'ES384' }, claims: { at_hash: half('the-token', 'sha384') } }],
  ['and another with Ed25519', ['id-token-alg', 'jwks-kid', 'id-token-sig'], { header: { alg: 'Ed25519' }, claims: { at_hash: half('the-token', 'sha512') } }],
  ['an alg that names no hash', ['id-token-alg', 'id-token-sig'], { header: { alg: 'none256x' }, claims: { at_hash: 'of nothing' } }],
  ['a key without kid', [], { header: { kid: undefined as never }, keys: [{ ...KEY, kid: undefined as never }] }],
  ['iss in the usual spelling, where there is another', [], { input: { alsoIssuer: 'as.example' } }],
  ['the key of an EC token', ['id-token-alg', 'id-token-sig'], { header: { alg: 'ES256' }, keys: [EC, { ...smallKey, kid: 'k1' }] }],
  ['an EC key', ['id-token-alg', 'id-token-sig'], { header: { alg: 'ES256' }, keys: [EC] }],
  ...[1, 59, 60, 61, 3599, 3600, 3660, 86400, 90000, 90060].map((age): [string, string[], Variation] => [`auth_time ${age} s ago`, [], { claims: { auth_time: NOW - age }, input: sentLongAge }]),
]

proveTable('id-token', idTokenChecks, await Promise.all(rows.map(async ([says, expected, variation]): Promise<Row<IdTokenInput>> => [says, expected, await inputOf(variation)])))

describe('whether there is anything to judge', () => {
  const payload = (text: string) => compactOf({}).replace(/\.[^.]+\./, `.${Buffer.from(text).toString('base64url')}.`)
  proveTable('id-token-jwt', [idTokenFormCheck], [
    ['a token', [], { decoded: decodeJwt(compactOf({})) }],
    ['no token', ['id-token-jwt'], { decoded: decodeJwt('abc') }],
    ['an encrypted token', ['id-token-jwt'], { decoded: decodeJwt('a.b.c.d.e') }],
    ['a payload that is a list', ['id-token-jwt'], { decoded: decodeJwt(payload('[]')) }],
  ])
})

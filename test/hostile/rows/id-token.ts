import { createHash, createPublicKey } from 'node:crypto'
import type { Json, JsonObject } from '../../../src/events.ts'
import { header } from '../../../src/practice/lies/lie.ts'
import { compactJws, ecKeys, es256, hs256, type KeyPair, publicJwk, rs256, rsaKeys } from '../../support/signing.ts'
import { halfOfHash, json, providerKey, signed } from '../honest.ts'
import { type Facts, type Knob, lie, members, PAINT } from '../knob.ts'
import { type Expectation, rarely, type Row } from '../row.ts'

type Token = NonNullable<Knob['id-token']>

const HOUR = 3600
const DAY = 24 * HOUR

export const row = (id: string, says: string, knob: Knob, expect: Expectation, more: Partial<Row> = {}): Row => ({ id, says, knob, expect, ...more })

/** A token that is made in another way altogether. */
const token = (id: string, says: string, make: Token, expect: Expectation, more: Partial<Row> = {}) => row(id, says, { 'id-token': make }, expect, more)

const fails = (check: string): Expectation => ({ exit: 4, check })
const WARNED: Expectation = { exit: 0, warns: ['id-token-form'] }

/** Claims changed, and signed again by the issuer. */
function claims(id: string, says: string, patch: (facts: Facts, honest: JsonObject) => Record<string, Json | undefined>, expect: Expectation, more: Partial<Row> = {}): Row {
  return token(id, says, (honest, facts) => ({ ...honest, claims: kept({ ...honest.claims, ...patch(facts, honest.claims) }) }), expect, more)
}

/** A header changed, and signed again with the issuer's key. */
function headed(id: string, says: string, patch: (facts: Facts) => Record<string, Json | undefined>, expect: Expectation, more: Partial<Row> = {}): Row {
  return token(id, says, (honest, facts) => ({ ...honest, header: kept({ ...honest.header, ...patch(facts) }) }), expect, more)
}

function kept(object: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** The compact form, rewritten after it was signed. */
const rewritten = (change: (compact: string) => string): Token => (honest) => change(signed(honest))

/** The payload as text, for what no object can express, and signed by the issuer. */
const written = (change: (payload: string) => string | Uint8Array): Token => (honest) => compactJws(honest.header, change(JSON.stringify(honest.claims)), rs256(providerKey))

const otherKey = rsaKeys()
const ec = ecKeys()
const small = rsaKeys(1024)
const publishing = (key: KeyPair) => () => json({ keys: [publicJwk(key, { kid: 'k1', use: 'sig' })] })

/** Signed by another kind of key, which the issuer publishes and this client was told of. */
function elliptic(id: string, says: string, change: (compact: string) => string, expect: Expectation): Row {
  return row(id, says, {
    jwks: publishing(ec),
    'id-token': ({ header: head, claims: payload }) => change(compactJws({ ...head, alg: 'ES256' }, payload, es256(ec))),
  }, expect, { args: ['--id-token-alg', 'ES256'] })
}

function hmac(id: string, says: string, key: (facts: Facts) => string | Uint8Array, expect: Expectation, more: Partial<Row> = {}): Row {
  return token(id, says, ({ header: head, claims: payload }, facts) => compactJws({ ...head, alg: 'HS256' }, payload, hs256(key(facts))), expect, more)
}

const spki = createPublicKey(providerKey.privateKey)
const publicKeyForms: readonly [says: string, key: string | Uint8Array][] = [
  ['SPKI PEM', spki.export({ type: 'spki', format: 'pem' }).toString()],
  ['PKCS#1 PEM', spki.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['SPKI DER', spki.export({ type: 'spki', format: 'der' })],
  ['the JWK', JSON.stringify(publicJwk(providerKey))],
  ['the modulus', String(publicJwk(providerKey)['n'])],
  ['a PEM with a space before it', ` ${spki.export({ type: 'spki', format: 'pem' }).toString()}`],
]

const noSignature = (compact: string) => compact.replace(/[^.]+$/, '')
const zeros = (length: number) => (compact: string) => compact.replace(/[^.]+$/, Buffer.alloc(length).toString('base64url'))
const nested = (depth: number) => `{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`
const refetched = ['metadata', 'jwks', 'userinfo', 'token', 'jwks'] as const
const withKid = (kid: Json): Token => header(() => ({ kid }))
const FORGED: Token = ({ header: head, claims: payload }) => compactJws(head, payload, rs256(otherKey))

export const idTokenRows: readonly Row[] = [
  token('I-01', 'everything as it should be', (honest) => honest, { exit: 0 }),
  claims('I-03', 'no iss', () => ({ iss: undefined }), fails('id-token-iss')),
  claims('I-03', 'iss with a slash', ({ issuer }) => ({ iss: `${issuer}/` }), fails('id-token-iss')),
  claims('I-03', 'iss with 1 behind it', ({ issuer }) => ({ iss: `${issuer}1` }), fails('id-token-iss'), rarely(true)),
  claims('I-03', 'iss in another case', ({ issuer }) => ({ iss: issuer.toUpperCase() }), fails('id-token-iss'), rarely(true)),
  claims('I-03', 'iss is a list', ({ issuer }) => ({ iss: [issuer] }), fails('id-token-iss'), rarely(true)),
  claims('I-04', 'no sub', () => ({ sub: undefined }), fails('id-token-sub'), rarely(true)),
  ...['', 'x'.repeat(256), `alice${PAINT}`].map((sub, index) => claims('I-04', `sub is ${JSON.stringify(sub).slice(0, 20)}`, () => ({ sub }), fails('id-token-sub'), index === 2 ? { everyMode: true } : rarely(true))),
  token('I-06', 'sub is a number that JSON.parse would round', written((payload) => payload.replace('"alice"', '12345678901234567890')), { ...fails('id-token-sub'), shows: ['the number 12345678901234567890'] }),
  claims('I-07', 'aud with 1 behind it', ({ clientId }) => ({ aud: `${clientId}1` }), fails('id-token-aud'), rarely(true)),
  claims('I-07', 'no aud', () => ({ aud: undefined }), fails('id-token-aud'), rarely(true)),
  claims('I-09', 'aud is a list of this client', ({ clientId }) => ({ aud: [clientId] }), { exit: 0 }),
  claims('I-10', 'aud has another client too', ({ clientId }) => ({ aud: [clientId, `${clientId}1`] }), fails('id-token-aud-untrusted')),
  claims('I-12', 'azp is another client', () => ({ azp: 'other' }), fails('id-token-azp')),
  claims('I-12', 'azp is this client', ({ clientId }) => ({ azp: clientId }), { exit: 0 }),
  claims('I-13', 'expired six minutes ago', ({ now }) => ({ exp: now - 360, iat: now - 400 }), fails('id-token-exp')),
  claims('I-13', 'expires now, without a leeway', ({ now }) => ({ exp: now, iat: now - 60 }), fails('id-token-exp'), { args: ['--clock-skew', '0'] }),
  claims('I-13', 'expires now, as it was issued: no lifetime at all', ({ now }) => ({ exp: now }), fails('id-token-exp-range')),
  claims('I-13', 'expired four minutes ago: within the leeway of five, and said', ({ now }) => ({ exp: now - 240, iat: now - 300 }), { exit: 0, warns: ['id-token-clock'] }),
  claims('I-13', 'no exp', () => ({ exp: undefined }), fails('id-token-exp'), rarely(true)),
  token('I-15', 'exp is 1e300', written((payload) => payload.replace(/"exp":\d+/, '"exp":1e300')), fails('id-token-exp-range')),
  token('I-15', 'exp is 1e999', written((payload) => payload.replace(/"exp":\d+/, '"exp":1e999')), fails('id-token-exp-range')),
  claims('I-15', 'exp is in the year 9999, the “never” of databases', () => ({ exp: 253_402_300_799 }), fails('id-token-exp-range')),
  claims('I-16', 'exp before iat', ({ now }) => ({ iat: now + 20, exp: now + 10 }), fails('id-token-exp-range')),
  claims('I-18', 'issued a week ago', ({ now }) => ({ iat: now - 7 * DAY }), fails('id-token-iat-age')),
  claims('I-19', 'issued in an hour', ({ now }) => ({ iat: now + HOUR, exp: now + 2 * HOUR }), { ...fails('id-token-iat'), shows: ['Date header'] }),
  claims('I-19', 'issued in four minutes: within the leeway, and said', ({ now }) => ({ iat: now + 240 }), { exit: 0, warns: ['id-token-clock'] }),
  claims('I-19', 'issued in six minutes', ({ now }) => ({ iat: now + 360 }), fails('id-token-iat')),
  claims('I-19', 'no iat', () => ({ iat: undefined }), fails('id-token-iat'), rarely(true)),
  claims('I-21', 'no nonce', () => ({ nonce: undefined }), fails('id-token-nonce')),
  claims('I-22', 'nonce with 1 behind it', (_, { nonce }) => ({ nonce: `${String(nonce)}1` }), fails('id-token-nonce'), rarely(true)),
  claims('I-22', 'nonce is a list', (_, { nonce }) => ({ nonce: [nonce ?? ''] }), fails('id-token-nonce'), rarely(true)),
  claims('I-24', 'at_hash of another token', () => ({ at_hash: halfOfHash('another') }), fails('id-token-at-hash')),
  claims('I-25', 'no at_hash', () => ({ at_hash: undefined }), { exit: 0 }),
  claims('I-27', 'c_hash of another code', () => ({ c_hash: halfOfHash('another') }), fails('id-token-c-hash')),
  claims('I-27', 's_hash of another state', () => ({ s_hash: halfOfHash('another') }), fails('id-token-s-hash')),
  claims('I-27', 'c_hash and s_hash of these', ({ canaries, asked }) => ({ c_hash: halfOfHash(canaries.code), s_hash: halfOfHash(asked.get('state') ?? '') }), { exit: 0 }),
  claims('I-28', 'max_age was sent, and no auth_time came', () => ({ auth_time: undefined }), fails('id-token-auth-time'), { args: ['--max-age', '60'] }),
  claims('I-28', 'max_age was sent, and auth_time is long ago', ({ now }) => ({ auth_time: now - HOUR }), fails('id-token-auth-time'), { args: ['--max-age', '60'] }),
  claims('I-28', 'max_age was sent, and auth_time is a string', ({ now }) => ({ auth_time: String(now) }), fails('id-token-auth-time'), { args: ['--max-age', '60'], ...rarely(true) }),
  claims('I-28', 'max_age was sent, and auth_time is a moment ago', ({ now }) => ({ auth_time: now - 5 }), { exit: 0 }, { args: ['--max-age', '60'] }),
  row('I-30', 'a broken RS256 signature', lie('id-token-sig'), fails('id-token-sig'), { everyMode: true }),
  token('I-30', 'signed by a key of somebody else', FORGED, fails('id-token-sig')),
  elliptic('I-30', 'ES256, as registered', (compact) => compact, { exit: 0 }),
  elliptic('I-30', 'a broken ES256 signature', (compact) => compact.replace(/[^.]+$/, Buffer.alloc(64, 7).toString('base64url')), fails('id-token-sig')),
  hmac('I-30', 'a broken HS256 signature', () => 'another secret of the same length', fails('id-token-sig'), { args: ['--id-token-alg', 'HS256'] }),
  token('I-31', 'an empty signature', rewritten(noSignature), fails('id-token-sig')),
  token('I-31', 'a signature of zeros', rewritten(zeros(256)), fails('id-token-sig')),
  elliptic('I-31', 'r and s are zero', zeros(64), fails('id-token-sig')),
  row('I-31', 'an ES256 signature in DER', {
    jwks: publishing(ec),
    'id-token': ({ header: head, claims: payload }) => compactJws({ ...head, alg: 'ES256' }, payload, es256(ec, 'der')),
  }, fails('id-token-sig'), { args: ['--id-token-alg', 'ES256'] }),
  row('I-32', 'alg none', lie('id-token-alg'), fails('id-token-alg'), { everyMode: true }),
  ...['None', 'nOnE', '', 7, undefined, null].map((alg, index) => headed('I-33', `alg is ${JSON.stringify(alg)}`, () => ({ alg }), fails('id-token-alg'), rarely(index % 2 === 1))),
  headed('I-34', 'PS256, and RS256 was expected', () => ({ alg: 'PS256' }), { ...fails('id-token-alg'), requests: refetched, shows: ['--id-token-alg'] }),
  row('I-34', 'ES256 by a good key, and RS256 was expected', { jwks: publishing(ec), 'id-token': ({ header: head, claims: payload }) => compactJws({ ...head, alg: 'ES256' }, payload, es256(ec)) }, fails('id-token-alg')),
  ...publicKeyForms.map(([words, key], index) => hmac('I-35', `HMAC keyed with the public key: ${words}`, () => key, fails('id-token-alg'), rarely(index > 0))),
  ...publicKeyForms.map(([words, key], index) => hmac('I-35', `HMAC was expected, and is keyed with the public key: ${words}`, () => key, fails('id-token-sig'), { args: ['--id-token-alg', 'HS256'], ...rarely(index > 0) })),
  hmac('I-36', 'HMAC with the client secret, and RS256 was expected', ({ canaries }) => canaries.secret, fails('id-token-alg')),
  hmac('I-37', 'HMAC with the client secret, as registered', ({ canaries }) => canaries.secret, { exit: 0 }, { args: ['--id-token-alg', 'HS256'] }),
  row('I-37', 'the secret has fewer than 32 bytes', {}, { exit: 0 }, { skip: 'there is no warning about the length of an HMAC secret' }),
  token('I-38', 'the header brings a key of its own, and that one signed', ({ header: head, claims: payload }) => compactJws({ ...head, jwk: publicJwk(otherKey) }, payload, rs256(otherKey)), fails('id-token-sig')),
  headed('I-38', 'the header brings a key of its own, and the issuer’s signed', () => ({ jwk: publicJwk(otherKey) }), { exit: 0 }),
  ...['jku', 'x5u'].map((name) => headed('I-39', `${name} leads to a key of somebody else`, ({ stranger }) => ({ [name]: `${stranger}/keys`, kid: 'theirs' }), { ...fails('jwks-kid'), requests: refetched, neverSent: ['stranger'] })),
  ...['../../etc/passwd', "' OR 1=1 --", PAINT, '__proto__', 7, 'x'.repeat(100_000), ''].map((kid, index) =>
    token('I-40', `kid is ${JSON.stringify(kid).slice(0, 24)}`, withKid(kid), { ...fails('jwks-kid'), requests: refetched }, index === 2 ? { everyMode: true } : rarely(index % 2 === 1))),
  row('I-42', 'no kid, and several keys that would fit: each is tried, and how many there were is said', {
    jwks: () => json({ keys: [publicJwk(otherKey), publicJwk(providerKey)] }),
    'id-token': (honest) => ({ ...honest, header: { alg: 'RS256' } }),
  }, { exit: 0, shows: ['2 keys to try'] }),
  headed('I-42', 'no kid, and one key', () => ({ kid: undefined }), { exit: 0 }, rarely(true)),
  ...[['exp'], [], ['exp', 'exp'], ['b64']].map((crit, index) => headed('I-43', `crit is ${JSON.stringify(crit)}`, () => ({ crit }), fails('id-token-crit'), rarely(index > 0))),
  headed('I-43', 'b64 is false', () => ({ b64: false, crit: ['b64'] }), fails('id-token-crit')),
  ...['[]', '"x"', 'null', '', '{"sub":"\\ud800"', '7'].map((payload, index) => token('I-45', `the payload is ${JSON.stringify(payload)}`, written(() => payload), fails('id-token-jwt'), rarely(index > 1))),
  token('I-45', 'the payload is no UTF-8', written((payload) => Buffer.from(payload.replace('alice', 'al\xffce'), 'latin1')), fails('id-token-jwt')),
  token('I-46', 'a byte order mark before the payload', written((payload) => `\ufeff${payload}`), WARNED),
  token('I-46', 'sub twice: the last one counts', written((payload) => payload.replace('{', '{"sub":"mallory",')), WARNED),
  token('I-46', 'alg twice in the header', ({ claims: payload }) => compactJws('{"alg":"none","alg":"RS256","kid":"k1"}', payload, rs256(providerKey)), WARNED),
  token('I-48', 'a line feed behind it', rewritten((compact) => `${compact}\n`), WARNED),
  token('I-48', 'padding', rewritten((compact) => `${compact}==`), WARNED),
  token('I-48', 'unused bits in its last character', rewritten((compact) => compact.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1))), WARNED),
  token('I-49', '10 MB', rewritten((compact) => `${compact}${'A'.repeat(10 * 1024 * 1024)}`), { exit: 5, check: 'http-cap' }),
  token('I-49', '300 KB: no token that anybody would send, and refused as such', rewritten((compact) => `${compact}${'A'.repeat(300 * 1024)}`), fails('id-token-jwt')),
  token('I-50', 'Claims nested 20 000 deep', written(() => nested(20_000)), fails('id-token-jwt')),
  claims('I-50', '10 000 Claims', () => Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`c${index}`, index])), { exit: 0 }, { everyMode: true }),
  ...['ES256K', 'ML-DSA-44', 'XX', 'constructor'].map((alg, index) => headed('I-51', `alg is ${alg}`, () => ({ alg }), fails('id-token-alg'), rarely(index > 1))),
  row('I-52', 'encrypted, and no key is set up', lie('id-token-jwt'), { ...fails('id-token-jwt'), shows: ['encrypted'] }),
  token('I-53', 'encrypted with a password, two thousand million rounds: never decrypted', () => [{ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 2 ** 31, p2s: 'x', zip: 'DEF' }, {}, {}, {}, {}].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.'), fails('id-token-jwt')),
  token('I-54', 'an unsigned token inside an encrypted one: never decrypted', (honest) => `${Buffer.from('{"alg":"RSA-OAEP","enc":"A128GCM","cty":"JWT"}').toString('base64url')}.x.x.${signed({ ...honest, signature: 'none' }).split('.')[1]}.x`, fails('id-token-jwt')),
  row('I-55', 'a JWS in JSON form, as an object', { 'token-response': members((_, { id_token: compact }) => ({ id_token: jsonForm(String(compact)) })) }, fails('token-response-id-token')),
  row('I-55', 'a JWS in JSON form, as text', { 'token-response': members((_, { id_token: compact }) => ({ id_token: JSON.stringify(jsonForm(String(compact))) })) }, fails('id-token-jwt')),
  token('I-55', 'JSON around a compact one', rewritten((compact) => `{"a":"${compact}"}`), fails('id-token-jwt')),
  row('I-57', 'a key of 1024 bits, which signed', { jwks: publishing(small), 'id-token': ({ header: head, claims: payload }) => compactJws(head, payload, rs256(small)) }, fails('jwks-rsa-size')),
  row('I-58', 'an exponent of 1', lie('jwks-rsa-e'), fails('jwks-rsa-e')),
  row('I-58', 'an exponent of 1, and a signature that anybody can make for it', {
    jwks: () => json({ keys: [publicJwk(providerKey, { e: 'AQ', kid: 'k1' })] }),
    'id-token': ({ header: head, claims: payload }) => compactJws(head, payload, (input) => padded(input)),
  }, fails('jwks-rsa-e')),
  claims('I-60', 'Claims of another source: named, and not fetched', ({ stranger }) => ({ _claim_names: { credit: 'src1' }, _claim_sources: { src1: { endpoint: `${stranger}/claims`, access_token: 'x' } } }), { exit: 0, neverSent: ['stranger'] }),
  claims('I-61', 'two things are wrong: both are said, and UserInfo is not asked', () => ({ aud: 'other', nonce: 'other' }), { ...fails('id-token-aud'), shows: ['id-token-nonce', '1 more failed'] }),
]

function jsonForm(compact: string): JsonObject {
  const [head = '', payload = '', signature = ''] = compact.split('.')
  return { protected: head, payload, signature }
}

/** EMSA-PKCS1-v1_5 of RFC 8017 9.2: with an exponent of 1 it is its own signature. */
function padded(input: Buffer): Uint8Array {
  const info = Buffer.from('3031300d060960864801650304020105000420', 'hex')
  const digest = Buffer.concat([info, createHash('sha256').update(input).digest()])
  return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(256 - digest.length - 3, 0xff), Buffer.from([0]), digest])
}

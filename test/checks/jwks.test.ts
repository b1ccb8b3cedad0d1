import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { jwksChecks } from '../../src/checks/jwks.ts'
import type { Json, JsonObject } from '../../src/events.ts'
import { ecKeys, publicJwk, rsaKeys } from '../support/signing.ts'
import { pem } from '../io/servers.ts'
import { proveTable, type Row } from './table.ts'

const rsa = publicJwk(rsaKeys(), { kid: 'k1' })
const ec = publicJwk(ecKeys(), { kid: 'k2' })
const certified = createPublicKey(pem('key'))
const edKeys = () => generateKeyPairSync('ed25519').publicKey
const der = pem('self-signed').replace(/-----.*-----|\s/g, '')

function keys(says: string, expected: string[], ...list: Json[]): Row<JsonObject> {
  return [says, expected, { keys: list }]
}

proveTable('jwks', jwksChecks, [
  keys('the plain case', [], rsa, ec),
  keys('a kind of key that nobody knows', [], rsa, { kty: 'AKP', kid: 'k3', pub: 'x' }, { kty: 'EC', crv: 'secp256k1', kid: 'k4' }),
  ['no keys', ['jwks-shape'], {}],
  ...[null, {}, 'x', [], [1]].map((value): Row<JsonObject> => [`keys ${JSON.stringify(value)}`, JSON.stringify(value) === '[1]' ? ['jwks-shape', 'jwks-usable'] : ['jwks-shape'], { keys: value }]),
  keys('201 keys', ['jwks-cap'], ...Array.from({ length: 201 }, (_, index) => ({ kty: 'XYZ', kid: String(index) }))),
  keys('200 keys', [], ...Array.from({ length: 200 }, (_, index) => ({ kty: 'XYZ', kid: String(index) }))),
  keys('what is beyond that is not looked at', ['jwks-cap'], ...Array.from({ length: 200 }, (_, index) => ({ kty: 'XYZ', kid: String(index) })), { kty: 'oct', kid: 's' }, 1),
  keys('an oct key beyond members that are none', ['jwks-usable', 'jwks-secret'], ...Array.from({ length: 200 }, () => 1), { kty: 'oct', kid: 's' }),
  keys('five broken keys', ['jwks-usable'], rsa, ...Array.from({ length: 5 }, (_, index) => ({ kty: 'RSA', kid: String(index) }))),
  keys('seven broken keys, without kid', ['jwks-usable'], rsa, ...Array.from({ length: 7 }, () => ({ kty: 'RSA' }))),
  keys('an Ed25519 key', [], publicJwk({ publicKey: edKeys() }, { kid: 'k5' })),
  keys('an Ed25519 key that is too short', ['jwks-usable'], rsa, { kty: 'OKP', crv: 'Ed25519', kid: 'k5', x: 'AA' }),
  keys('curves that nobody knows', [], rsa, { kty: 'OKP', crv: 'X25519', x: 'AA' }, { kty: 'XYZ', crv: 'Ed25519', x: 'AA' }, { kty: 'EC', crv: 'xP-256' }, { kty: 'EC', crv: 'P-256x' }, { kty: 'XYZ', crv: 'P-256' }),
  keys('a certificate of this key', [], { ...publicJwk({ publicKey: certified }), x5c: [der] }),
  keys('a certificate of another kind of key', ['jwks-x5c'], { ...rsa, x5c: [der] }),
  keys('a certificate with a key that is none', ['jwks-usable', 'jwks-x5c'], { kty: 'RSA', kid: 'k9', e: 'AQAB', x5c: [der] }),
  keys('a member that is no object', ['jwks-usable'], rsa, 1),
  keys('a key without a kind', ['jwks-usable'], rsa, { kid: 'k9' }),
  keys('an RSA key without its modulus', ['jwks-usable'], rsa, { kty: 'RSA', kid: 'k9', e: 'AQAB' }),
  keys('an even modulus', ['jwks-usable'], rsa, { kty: 'RSA', kid: 'k9', e: 'AQAB', n: Buffer.alloc(256, 0xf0).toString('base64url') }),
  keys('a point off its curve', ['jwks-usable'], rsa, { ...ec, x: ec['y'] ?? '' }),
  keys('an oct key', ['jwks-secret'], rsa, { kty: 'oct', kid: 'k9', k: 'AAAA' }),
  keys('a private key', ['jwks-secret'], { ...rsa, d: 'AAAA' }),
  keys('the same kid twice', ['jwks-kid-unique'], rsa, { ...publicJwk(rsaKeys()), kid: 'k1' }),
  keys('the same kid for two kinds of key', [], rsa, { ...ec, kid: 'k1' }),
  keys('two keys without kid', [], { ...publicJwk(rsaKeys()) }, { ...publicJwk(rsaKeys()) }),
  keys('a certificate of another key', ['jwks-x5c'], { ...ec, x5c: [der] }),
  keys('a certificate that is none', ['jwks-x5c'], { ...ec, x5c: 'AAAA' }),
])

import { createPublicKey, X509Certificate } from 'node:crypto'
import type { Check } from '../check.ts'
import type { Json, JsonObject } from '../events.ts'
import { isJsonObject, textOf } from '../oauth/json.ts'
import { keysOf, MAX_KEYS } from '../oauth/signature.ts'

/** Looked at before any of these keys is used. */
export const jwksChecks: readonly Check<JsonObject>[] = [
  {
    id: 'jwks-shape',
    title: 'it is a JWK Set',
    section: 'RFC 7517 5',
    level: 'MUST',
    onFail: 'malformed',
    why: 'A JWK Set has a member “keys” with a list of keys. Without one nobody can verify an ID Token.',
    fix: 'Look whether jwks_uri is the address of the keys.',
    test: (set) => {
      const ok = keysOf(set).length > 0
      return { ok, expected: 'a list of keys', actual: ok ? `${keysOf(set).length} in it` : kind(set['keys']) }
    },
  },
  {
    id: 'jwks-cap',
    title: 'there are not more keys than anybody needs',
    section: 'RFC 8725 3.10',
    level: 'POLICY',
    onFail: 'malformed',
    why: 'A list that never ends keeps a client busy that has to look through it.',
    fix: 'Ask whoever runs this server to publish the keys in use alone.',
    test: (set) => ({ ok: keysOf(set).length <= MAX_KEYS, expected: `${MAX_KEYS} at most`, actual: String(keysOf(set).length) }),
  },
  {
    id: 'jwks-usable',
    title: 'each key of a known kind can be used',
    section: 'RFC 7517 5',
    level: 'SHOULD',
    onFail: 'warn',
    why: 'A key that lacks a part, or is no point of its curve, is passed over. A token that it signed can’t be verified.',
    fix: 'Tell whoever runs this server which key is broken.',
    test: (set) => named(entries(set).filter((key) => !isJsonObject(key) || isBroken(key)), 'each can be used'),
  },
  {
    id: 'jwks-secret',
    title: 'no key in it is a secret',
    section: 'RFC 7517 9.3',
    level: 'MUST',
    onFail: 'warn',
    why: 'A symmetric or private key that everybody can read proves nothing. It is never used here.',
    fix: 'Tell whoever runs this server at once: what that key signed can be forged.',
    test: (set) => named(few(set).filter((key) => key['kty'] === 'oct' || key['d'] !== undefined), 'public keys alone'),
  },
  {
    id: 'jwks-kid-unique',
    title: 'no two keys have the same kid',
    section: 'RFC 7517 4.5',
    level: 'SHOULD',
    onFail: 'warn',
    why: 'kid is there to tell keys apart. Where it does not, each that fits has to be tried.',
    fix: 'Tell whoever runs this server.',
    test: (set) => {
      const kids = few(set).map((key) => `${textOf(key['kty'])} ${textOf(key['kid'] ?? '')}`)
      return named(few(set).filter((key, index) => key['kid'] !== undefined && kids.indexOf(kids[index] ?? '') !== index), 'different ones')
    },
  },
  {
    id: 'jwks-x5c',
    title: 'a certificate, where one is sent, is of the same key',
    section: 'RFC 7517 4.7',
    level: 'MUST',
    onFail: 'warn',
    why: 'x5c repeats the key as a certificate. Where both differ, two readers trust two different keys. This client goes by the key itself.',
    fix: 'Tell whoever runs this server.',
    test: (set) => named(few(set).filter((key) => key['x5c'] !== undefined && !isCertified(key)), 'the same key, or no certificate'),
  },
]

function entries(set: JsonObject): readonly Json[] {
  return Array.isArray(set['keys']) ? set['keys'].slice(0, MAX_KEYS) : []
}

function few(set: JsonObject): JsonObject[] {
  return keysOf(set).slice(0, MAX_KEYS)
}

/** What is expected, and the keys that are not so. */
function named(offenders: readonly Json[], expected: string) {
  const names = offenders.slice(0, 5).map((key) => (isJsonObject(key) ? `${textOf(key['kty'])} ${textOf(key['kid'] ?? 'without kid')}` : 'no object'))
  const more = offenders.length > 5 ? ` and ${offenders.length - 5} more` : ''
  return { ok: offenders.length === 0, expected, actual: names.length === 0 ? expected : names.join(', ') + more }
}

/** A kind of key that nobody here knows may be as it likes, RFC 7517 5. */
function isBroken({ kty, crv, n, e, x, y }: JsonObject): boolean {
  const known = kty === 'RSA' || (kty === 'EC' && /^P-(256|384|521)$/.test(textOf(crv))) || (kty === 'OKP' && crv === 'Ed25519')
  if (!known) return kty === undefined
  const even = kty === 'RSA' && typeof n === 'string' && ((Buffer.from(n, 'base64url').at(-1) ?? 0) & 1) === 0
  return even || publicKeyOf({ kty, ...(kty === 'RSA' ? { n, e } : { crv, x }), ...(kty === 'EC' ? { y } : {}) }) === undefined
}

function isCertified({ kty, n, e, crv, x, y, x5c }: JsonObject): boolean {
  const [first] = Array.isArray(x5c) ? x5c : []
  const key = publicKeyOf(kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y })
  try {
    return key !== undefined && new X509Certificate(Buffer.from(textOf(first), 'base64')).publicKey.equals(key)
  } catch {
    return false
  }
}

function publicKeyOf(key: Record<string, unknown>) {
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    return undefined
  }
}

function kind(value: unknown): string {
  if (value === undefined) return 'no “keys”'
  if (Array.isArray(value)) return 'a list without a key'
  return value === null ? 'null' : `a ${typeof value}`
}

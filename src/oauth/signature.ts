import { compactVerify, importJWK, type JWK } from 'jose'
import type { JsonObject } from '../events.ts'
import { ALGORITHMS } from './algorithms.ts'
import { isJsonObject, textOf } from './json.ts'
import type { Jwt } from './jwt.ts'

/** No set has more keys than this. */
export const MAX_KEYS = 200
/** No more keys than this are tried for a token without `kid`. */
export const MAX_KEY_TRIES = 16

/** What the issuer's keys say about a token. */
export interface Verdict {
  /** The keys of the set that the header points to, by `kid`, `kty`, `crv`, `use` and `alg`. */
  candidates: JsonObject[]
  /** The key whose signature it is. */
  key?: JsonObject
  /** Why there is none. */
  problem?: string
}

/** Keys of a JWK Set, RFC 7517 5. Members that are no objects are ignored. */
export function keysOf(set: JsonObject): JsonObject[] {
  const keys = set['keys']
  return Array.isArray(keys) ? keys.filter(isJsonObject) : []
}

/** The keys that may have signed this token. The header's own `jwk`, `jku`, `x5u`, `x5c` are never used, RFC 8725 3.10. */
export function candidateKeys(header: JsonObject, keys: readonly JsonObject[]): JsonObject[] {
  const { alg, kid } = header
  const needs = typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined
  if (!needs) return []
  return keys.filter((key) =>
    key['kty'] === needs.kty &&
    (needs.crv === undefined || needs.crv.includes(textOf(key['crv']))) &&
    (kid === undefined || key['kid'] === kid) &&
    (key['use'] === undefined || key['use'] === 'sig') &&
    (key['alg'] === undefined || key['alg'] === alg))
}

export function isAsymmetric(alg: unknown): alg is string {
  return typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg)
}

/** RFC 7518 3.3 and FIPS 186-5: RSA of 2048 bits or more, and an exponent that is odd and above 2^16. */
export function weakness(key: JsonObject): { id: 'jwks-rsa-size' | 'jwks-rsa-e'; says: string } | undefined {
  if (key['kty'] !== 'RSA') return undefined
  const bits = bitLength(key['n'])
  const e = integer(key['e'])
  if (bits < 2048) return { id: 'jwks-rsa-size', says: `${bits} bits` }
  if (e < 65537n || e % 2n === 0n) return { id: 'jwks-rsa-e', says: `exponent ${e}` }
  return undefined
}

/** Verifies the signature alone: what the Claims say is judged elsewhere. */
export async function verifySignature(jwt: Jwt, keys: readonly JsonObject[]): Promise<Verdict> {
  const candidates = candidateKeys(jwt.header, keys)
  const alg = jwt.header['alg']
  if (!isAsymmetric(alg)) return { candidates, problem: `alg ${JSON.stringify(alg)} is none that a published key can verify` }
  if (candidates.length === 0) return { candidates, problem: 'no key of the issuer fits' }
  for (const key of candidates.slice(0, MAX_KEY_TRIES)) {
    if (!weakness(key) && await fits(jwt.compact.trim(), key, alg)) return { candidates, key }
  }
  return { candidates, problem: `not made by ${candidates.length === 1 ? 'the key that it names' : `any of ${Math.min(candidates.length, MAX_KEY_TRIES)} keys`}` }
}

/** HMAC with the client secret, OpenID Connect Core 3.1.3.7 (8): only where the person expects it. */
export async function verifyHmac(jwt: Jwt, secret: string): Promise<boolean> {
  return compactVerify(jwt.compact.trim(), new TextEncoder().encode(secret), { algorithms: ['HS256', 'HS384', 'HS512'] }).then(() => true, () => false)
}

/** jose throws TypeError and DOMException for some keys besides its own errors: each means "no". */
async function fits(compact: string, key: JsonObject, alg: string): Promise<boolean> {
  try {
    await compactVerify(compact, await imported(key, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

type Imported = ReturnType<typeof importJWK>
const importedKeys = new WeakMap<JsonObject, Map<string, Imported>>()

/** A key is imported once for each algorithm. */
function imported(key: JsonObject, alg: string): Imported {
  const known = importedKeys.get(key) ?? new Map<string, Imported>()
  importedKeys.set(key, known)
  const found = known.get(alg) ?? importJWK(publicPart(key), alg)
  known.set(alg, found)
  return found
}

/** What makes the key, and nothing that is said about it. */
function publicPart(key: JsonObject): JWK {
  const { kty, n, e, crv, x, y } = key as JWK
  return Object.fromEntries(Object.entries({ kty, n, e, crv, x, y }).filter(([, value]) => value !== undefined))
}

function bitLength(value: unknown): number {
  const bytes = octets(value)
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : 8 * (bytes.length - first) - Math.clz32(bytes[first] ?? 0) + 24
}

function integer(value: unknown): bigint {
  return BigInt(`0x${octets(value).toString('hex') || '0'}`)
}

/** A Base64urlUInt, RFC 7518 2. */
function octets(value: unknown): Buffer {
  return typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value) ? Buffer.from(value, 'base64url') : Buffer.alloc(0)
}

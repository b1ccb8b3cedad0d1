import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { JsonObject } from '../../src/events.ts'

export interface KeyPair {
  publicKey: KeyObject
  privateKey: KeyObject
}

export function rsaKeys(modulusLength = 2048): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength })
}

export function ecKeys(namedCurve = 'P-256'): KeyPair {
  return generateKeyPairSync('ec', { namedCurve })
}

export function publicJwk({ publicKey }: Pick<KeyPair, 'publicKey'>, more: JsonObject = {}): JsonObject {
  return { ...JSON.parse(JSON.stringify(publicKey.export({ format: 'jwk' }))), ...more }
}

export function base64url(part: JsonObject | string | Uint8Array): string {
  const bytes = typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part)
  return Buffer.from(bytes).toString('base64url')
}

/** A compact JWS, RFC 7515 3.1. A part that is text or bytes is taken as it is. */
export function compactJws(
  header: JsonObject | string,
  payload: JsonObject | string | Uint8Array,
  signature: (input: Buffer) => Uint8Array,
): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${base64url(signature(Buffer.from(input)))}`
}

export const rs256 = ({ privateKey }: Pick<KeyPair, 'privateKey'>) => (input: Buffer) => sign('sha256', input, privateKey)

export const es256 = ({ privateKey }: Pick<KeyPair, 'privateKey'>, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363') => (input: Buffer) =>
  sign('sha256', input, { key: privateKey, dsaEncoding })

export const hs256 = (key: string | Uint8Array) => (input: Buffer) => createHmac('sha256', key).update(input).digest()

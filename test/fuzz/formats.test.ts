import fc from 'fast-check'
import { expect } from 'vitest'
import type { JsonObject } from '../../src/events.ts'
import { isJsonObject, JsonError, MAX_JSON_DEPTH, readJson } from '../../src/oauth/json.ts'
import { decodeJwt, isJwt } from '../../src/oauth/jwt.ts'
import { keysOf, verifySignature, weakness } from '../../src/oauth/signature.ts'
import { isLoopback, isPrivate, isSecure, parseUrl } from '../../src/oauth/url.ts'
import { target } from './fuzz.ts'

function problem(bytes: Uint8Array): string | undefined {
  try {
    readJson(bytes)
    return undefined
  } catch (error) {
    if (error instanceof JsonError) return error.id
    throw error
  }
}

const piece = fc.constantFrom('{', '}', '[', ']', '"a"', '"b"', '"\\u0061"', ':', ',', '1', '-1e9', 'true', 'null', '"', '\\', ' ', '\ufeff', '""', '"a":1', '12345678901234567890')
target('JSON scanner: any text', fc.oneof(fc.array(piece, { maxLength: 25 }).map((parts) => parts.join('')), fc.string({ unit: 'binary' })), (text) => {
  const found = problem(Buffer.from(text))
  const document = text.replace(/^\ufeff/, '')
  if (found === undefined) expect(() => JSON.parse(Buffer.from(document).toString())).not.toThrow()
  else expect(['json-syntax', 'json-depth']).toContain(found)
})

target('JSON scanner: any bytes', fc.uint8Array({ maxLength: 60 }), (bytes) => {
  expect([undefined, 'json-utf8', 'json-syntax', 'json-depth']).toContain(problem(bytes))
})

const name = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'é', '"', '\\', '')
target('JSON scanner: duplicates', fc.array(fc.tuple(name, fc.jsonValue({ maxDepth: 1 })), { maxLength: 6 }), (members) => {
  const text = `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`
  const names = members.map(([key]) => key)
  const twice = new Set(names.filter((key, index) => names.indexOf(key) !== index))
  const reading = readJson(Buffer.from(text))
  for (const key of twice) expect(reading.duplicates).toContain(key)
  expect(new Set(isJsonObject(reading.value) ? Object.keys(reading.value) : [])).toEqual(new Set(names))
  expect(Object.keys(Object.prototype)).toEqual([])
})

target('JSON scanner: depth', fc.tuple(fc.integer({ min: 1, max: 200 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })), ([depth, kinds]) => {
  const kindAt = (level: number) => kinds[level % kinds.length]
  const levels = Array.from({ length: depth }, (_, level) => level)
  const text = levels.map((level) => (kindAt(level) ? '[' : '{"a":')).join('') + '1' + levels.toReversed().map((level) => (kindAt(level) ? ']' : '}')).join('')
  expect(problem(Buffer.from(text))).toBe(depth > MAX_JSON_DEPTH ? 'json-depth' : undefined)
})

target('JSON scanner: numbers', fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.constantFrom('', '.5', 'e3', 'E-2', 'e999')), ([integer, tail]) => {
  const written = `${integer}${tail}`
  expect(readJson(Buffer.from(`{"x":{"n":7},"n":${written}}`)).numbers['n']).toBe(written)
})

const part = fc.oneof(fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')), fc.string({ unit: fc.constantFrom('A', 'e', 'y', '0', '-', '_', '=', '+', '/', '.', ' ', '\n', 'é') }), fc.constantFrom('', 'e30', 'eyJhIjoxLCJhIjoyfQ', 'e30='))
target('JWT splitter', fc.array(part, { maxLength: 7 }), (parts) => {
  const compact = parts.join('.')
  const decoded = decodeJwt(compact)
  if (!isJwt(decoded)) return expect(decoded.problem).not.toBe('')
  const [header = '', payload = ''] = compact.trim().split('.')
  const plain = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString().replace(/^\ufeff/, ''))
  expect(JSON.stringify([decoded.header, decoded.claims])).toBe(JSON.stringify([plain(header), plain(payload)]))
  return expect(compact.trim().split('.')).toHaveLength(3)
})

const member = fc.oneof(fc.constantFrom('RSA', 'EC', 'OKP', 'oct', 'RS256', 'ES256', 'EdDSA', 'sig', 'enc', 'P-256', 'Ed25519', 'AQAB', 'AQ', 'k1', ''), fc.base64String(), fc.jsonValue({ maxDepth: 1 }))
const key = fc.record({ kty: member, n: member, e: member, crv: member, x: member, y: member, k: member, kid: member, use: member, alg: member }, { requiredKeys: [] })
const header = fc.record({ alg: fc.oneof(fc.constantFrom('RS256', 'PS256', 'ES256', 'EdDSA', 'none', 'HS256'), member), kid: member, jwk: key }, { requiredKeys: ['alg'] })
target('JWK Set', fc.tuple(fc.oneof(fc.array(fc.oneof(key, fc.jsonValue()), { maxLength: 5 }), fc.jsonValue()), header, fc.uint8Array({ maxLength: 70 })), async ([keys, head, signature]) => {
  const set = JSON.parse(JSON.stringify({ keys })) as JsonObject
  const compact = [Buffer.from(JSON.stringify(head)), Buffer.from('{"sub":"x"}'), signature].map((bytes) => Buffer.from(bytes).toString('base64url')).join('.')
  const jwt = decodeJwt(compact)
  const usable = keysOf(set)
  for (const one of usable) expect([undefined, 'jwks-rsa-size', 'jwks-rsa-e']).toContain(weakness(one)?.id)
  // Nobody has signed this.
  if (isJwt(jwt)) expect((await verifySignature(jwt, usable)).key).toBeUndefined()
})

/** An IPv4 address in one of the spellings that the URL parser takes. */
const address = fc.tuple(fc.nat(0xffffffff), fc.constantFrom('dotted', 'decimal', 'hex', 'octal', 'mapped')).map(([number, style]) => {
  const bytes = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255)
  const spelled = { dotted: bytes.join('.'), decimal: String(number), hex: `0x${number.toString(16)}`, octal: bytes.map((byte) => `0${byte.toString(8)}`).join('.'), mapped: `[::ffff:${bytes.join('.')}]` }[style] ?? ''
  return { bytes, spelled }
})
target('URL gate: IPv4 in every spelling', fc.tuple(address, fc.constantFrom('http', 'https', 'ftp', 'javascript')), ([{ bytes: [a = 0, b = 0], spelled }, scheme]) => {
  const url = parseUrl(`${scheme}://${spelled}/x`)
  if (!url || (scheme !== 'http' && scheme !== 'https')) return url && expect(isSecure(url)).toBe(false)
  const inside = a === 0 || a === 10 || a === 127 || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128)
  expect({ spelled, loopback: isLoopback(url) }).toEqual({ spelled, loopback: a === 127 })
  if (inside) expect({ spelled, inside: isPrivate(url) }).toEqual({ spelled, inside: true })
  return expect(isSecure(url)).toBe(scheme === 'https' || a === 127)
})

target('URL gate: any text', fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }), fc.tuple(fc.constantFrom('javascript:', 'java\nscript:', 'file://', 'data:', 'HTTPS://', 'http://', '//'), fc.string())
  .map((texts) => texts.join(''))), (text) => {
  const url = parseUrl(text)
  if (url && isSecure(url)) expect(['https:', 'http:']).toContain(url.protocol)
  if (url?.protocol === 'http:' && !isLoopback(url)) expect(isSecure(url)).toBe(false)
})

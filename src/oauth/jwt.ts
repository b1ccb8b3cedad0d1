import type { JsonObject } from '../events.ts'
import { isJsonObject, JsonError, type JsonReading, readJson } from './json.ts'

export const MAX_JWT_LENGTH = 256 * 1024

/** A signed JWT taken apart and not verified, RFC 7519 7.2. */
export interface Jwt {
  compact: string
  header: JsonObject
  claims: JsonObject
  /** What is written, where `claims` would round it. */
  numbers: JsonReading['numbers']
  /** What a strict reader objects to although the token can be read. */
  oddities: string[]
}

/** Why a text is no JWT that can be read here. */
export interface NotAJwt {
  problem: string
  encrypted?: true
}

const BASE64URL = /^[A-Za-z0-9_-]+$/

export function decodeJwt(compact: string): Jwt | NotAJwt {
  if (compact.length > MAX_JWT_LENGTH) return { problem: `${compact.length} characters long, more than ${MAX_JWT_LENGTH}` }
  const parts = compact.trim().split('.')
  if (parts.length === 5) return { problem: 'five parts: it is encrypted (JWE), and no key is set up here', encrypted: true }
  const [header, payload, signature] = parts
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    return { problem: `${parts.length} ${parts.length === 1 ? 'part' : 'parts'} instead of three` }
  }
  try {
    return assemble(compact, readPart('header', header), readPart('payload', payload), [header, payload, signature])
  } catch (error) {
    if (error instanceof PartError) return { problem: error.message }
    throw error
  }
}

export function isJwt(decoded: Jwt | NotAJwt): decoded is Jwt {
  return 'claims' in decoded
}

interface Part {
  object: JsonObject
  reading: JsonReading
}

class PartError extends Error {}

function readPart(name: string, text: string): Part {
  if (!BASE64URL.test(text.replace(/=+$/, ''))) throw new PartError(`the ${name} is not base64url`)
  try {
    const reading = readJson(Buffer.from(text, 'base64url'))
    if (isJsonObject(reading.value)) return { object: reading.value, reading }
  } catch (error) {
    if (error instanceof JsonError) throw new PartError(`the ${name}: ${error.message}`)
    throw error
  }
  throw new PartError(`the ${name} is not a JSON object`)
}

function assemble(compact: string, header: Part, payload: Part, parts: string[]): Jwt {
  const oddities: string[] = []
  if (compact !== compact.trim()) oddities.push('white space around it')
  if (parts.some((part) => part.includes('='))) oddities.push('base64 padding')
  else if (parts.some((part) => Buffer.from(part, 'base64url').toString('base64url') !== part)) oddities.push('a base64url part that is not canonical')
  for (const [name, { reading }] of [['header', header], ['payload', payload]] as const) {
    if (reading.byteOrderMark) oddities.push(`a byte order mark in the ${name}`)
    for (const member of reading.duplicates) oddities.push(`"${member}" twice in the ${name}`)
  }
  return { compact, header: header.object, claims: payload.object, numbers: payload.reading.numbers, oddities }
}

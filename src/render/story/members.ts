import type { Json, JsonObject, Parameter } from '../../events.ts'
import { FORM } from '../../oauth/body.ts'
import { claims } from '../../oauth/claims.ts'
import { isJsonObject } from '../../oauth/json.ts'
import { clientRegistration, type Meaning, meaningOf, type Meanings, metadata, tokenResponse } from '../../oauth/parameters.ts'
import { jsonOf } from '../format.ts'
import { valueOf } from './facts.ts'

/** A value with what is known of it. Name and value may come from outside, and may be of any length. */
export interface Detail extends Parameter {
  meaning: string
  /** Specification and section; empty where the meaning is. */
  section: string
}

/** What a body says that is one object. Long numbers stand as they were written. */
export interface Members {
  details: Detail[]
  /** Which of them play a part in the flow: all, those with a meaning, or none that this program knows of. */
  matter: 'all' | 'known' | 'none'
}

/** Messages whose members have a meaning here, by how their names begin. */
const DICTIONARIES: readonly (readonly [name: RegExp, meanings: Meanings])[] = [
  [/^metadata/i, metadata],
  [/^(token|refresh)/i, tokenResponse],
  [/^client registration/i, clientRegistration],
  [/^(userinfo|introspection)/i, claims],
]

const UNKNOWN: Meaning = { meaning: '', section: '' }

/** Undefined where the body is no object, neither as JSON nor as a form. */
export function membersOf(name: string, headers: readonly Parameter[], body: string): Members | undefined {
  const reading = jsonOf(body)
  const object = isJsonObject(reading?.value) ? reading.value : formOf(headers, body)
  if (!object) return undefined
  if (Array.isArray(object['keys'])) return { details: object['keys'].map(key), matter: 'all' }
  const meanings = DICTIONARIES.find(([pattern]) => pattern.test(name))?.[1] ?? {}
  const details = Object.entries({ ...object, ...reading?.numbers }).map(([member, value]): Detail => {
    return { name: member, value: inOneLine(value), ...(meaningOf(meanings, member) ?? UNKNOWN) }
  })
  if (meanings !== metadata) return { details, matter: Object.keys(meanings).length > 0 ? 'all' : 'none' }
  const known = Object.keys(metadata).flatMap((member) => details.find((one) => one.name === member) ?? [])
  // Metadata without a single member that is known is another document.
  return { details: [...known, ...details.filter((one) => !known.includes(one))], matter: known.length > 0 ? 'known' : 'none' }
}

/** A value in one line: a string as it is, a list with spaces, everything else as JSON. */
export function inOneLine(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ')
  return JSON.stringify(value) ?? ''
}

/** A line for each key of a JWK Set, RFC 7517 5: the numbers that make it a key are for machines. */
function key(jwk: Json): Detail {
  const { kid, kty, crv, alg, use } = isJsonObject(jwk) ? jwk : {}
  const value = [kty, crv, alg, use].filter((part) => part !== undefined).map(inOneLine).join(' ')
  const name = kid === undefined ? 'no kid' : inOneLine(kid)
  return { name, value, meaning: 'a public key of the issuer', section: 'RFC 7517 5' }
}

function formOf(headers: readonly Parameter[], body: string): JsonObject | undefined {
  const isForm = valueOf(headers, 'content-type')?.toLowerCase().startsWith(FORM)
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : undefined
}

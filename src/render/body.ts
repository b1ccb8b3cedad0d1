import type { Json, JsonObject, Parameter } from '../events.ts'
import { claims } from '../oauth/claims.ts'
import { meaningOf, type Meanings, metadata, tokenResponse } from '../oauth/parameters.ts'
import { isJsonObject } from '../oauth/json.ts'
import { jsonOf } from './format.ts'
import { broken } from './layout.ts'
import type { Pen } from './pen.ts'
import { andMore, type Row, table } from './table.ts'

const MOST_LINES = 16
/** Of a body that is neither JSON nor a form: enough to recognize a login page of the network. */
const EXCERPT = 200
const FORM = 'application/x-www-form-urlencoded'

interface Dictionary {
  name: RegExp
  meanings: Meanings
  /** Whether members without a meaning are only counted. */
  onlyKnown: boolean
}

/** Messages whose members have a meaning here, by how their names begin. */
const DICTIONARIES: readonly Dictionary[] = [
  { name: /^metadata/i, meanings: metadata, onlyKnown: true },
  { name: /^(token|refresh)/i, meanings: tokenResponse, onlyKnown: false },
  { name: /^(userinfo|introspection)/i, meanings: claims, onlyKnown: false },
]

/** A response body as a table where its members have a meaning, else as JSON, else the beginning of the text. */
export function drawBody(name: string, headers: readonly Parameter[], body: string, pen: Pen): string[] {
  if (body === '') return []
  const reading = jsonOf(body)
  const object = isJsonObject(reading?.value) ? reading.value : formOf(headers, body)
  if (Array.isArray(object?.['keys'])) return drawKeys(object['keys'], pen)
  const dictionary = DICTIONARIES.find((candidate) => candidate.name.test(name))
  if (object && dictionary && applies(dictionary, object)) {
    return drawMembers({ ...object, ...reading?.numbers }, dictionary, pen)
  }
  return reading === undefined ? drawText(body, pen) : drawJson(reading.value, pen)
}

/** A value in one line: a string as it is, a list with spaces, everything else as JSON. */
export function inOneLine(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ')
  return JSON.stringify(value) ?? ''
}

/** A document without a single member that is known is another one. */
function applies({ meanings, onlyKnown }: Dictionary, object: JsonObject): boolean {
  return !onlyKnown || Object.keys(object).some((name) => Object.hasOwn(meanings, name))
}

/** @param object numbers as they were written, where they would be rounded otherwise */
function drawMembers(object: JsonObject, { meanings, onlyKnown }: Dictionary, pen: Pen): string[] {
  const names = onlyKnown ? Object.keys(meanings).filter((name) => Object.hasOwn(object, name)) : Object.keys(object)
  const rows: Row[] = names.map((name) => {
    return { name, value: inOneLine(object[name]), meaning: meaningOf(meanings, name)?.meaning ?? '' }
  })
  return [...table(rows, pen), ...andMore(Object.keys(object).length - rows.length, 'member', pen)]
}

/** A JWK Set, a key a line, RFC 7517 5: the numbers that make it a key are for machines. */
function drawKeys(keys: readonly Json[], pen: Pen): string[] {
  const rows = keys.map((key) => {
    const { kid, kty, crv, alg, use } = isJsonObject(key) ? key : {}
    const value = [kty, crv, alg, use].filter((part) => part !== undefined).map(inOneLine).join(' ')
    return { name: kid === undefined ? 'no kid' : inOneLine(kid), value, meaning: 'a public key of the issuer' }
  })
  return table(rows, pen)
}

function drawJson(value: Json, pen: Pen): string[] {
  const lines = JSON.stringify(value, null, 2).split('\n')
  const shown = lines.slice(0, MOST_LINES).map((line) => `   ${pen.cut(pen.text(line), pen.width - 3)}`)
  return [...shown, ...andMore(lines.length - shown.length, 'line', pen)]
}

function drawText(body: string, pen: Pen): string[] {
  const shown = body.slice(0, EXCERPT)
  const lines = broken(pen.text(shown).trimEnd(), pen.width - 3).map((line) => `   ${line}`.trimEnd())
  return [...lines, ...andMore(body.length - shown.length, 'character', pen)]
}

function formOf(headers: readonly Parameter[], body: string): JsonObject | undefined {
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return type.toLowerCase().startsWith(FORM) ? Object.fromEntries(new URLSearchParams(body)) : undefined
}

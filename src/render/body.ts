import type { Json, JsonObject, Parameter } from '../events.ts'
import { claims } from '../oauth/claims.ts'
import { meaningOf, type Meanings, metadata, tokenResponse } from '../oauth/parameters.ts'
import { isJsonObject } from '../oauth/json.ts'
import { jsonObjectOf, jsonOf } from './format.ts'
import { broken, shorten } from './layout.ts'
import type { Pen } from './pen.ts'
import { type Row, table } from './table.ts'

const MOST_LINES = 16
const MOST_ROWS = 30
/** Of a body that is neither JSON nor a form: enough to recognize a login page of the network. */
const EXCERPT = 200
const FORM = 'application/x-www-form-urlencoded'

/** Messages whose members have a meaning here, by how their names begin. */
const DICTIONARIES: readonly { name: RegExp; meanings: Meanings; onlyKnown: boolean }[] = [
  { name: /^metadata/i, meanings: metadata, onlyKnown: true },
  { name: /^(token|refresh)/i, meanings: tokenResponse, onlyKnown: false },
  { name: /^(userinfo|introspection)/i, meanings: claims, onlyKnown: false },
]

/** A response body as a table where its members have a meaning, else as JSON, else the beginning of the text. */
export function drawBody(name: string, headers: readonly Parameter[], body: string, pen: Pen): string[] {
  if (body === '') return []
  const dictionary = DICTIONARIES.find((candidate) => candidate.name.test(name))
  const object = jsonObjectOf(body) ?? formOf(headers, body)
  if (Array.isArray(object?.['keys'])) return drawKeys(object['keys'], pen)
  if (object && dictionary) return drawMembers(object, dictionary, pen)
  const reading = jsonOf(body)
  return reading === undefined ? drawText(body, pen) : drawJson(reading.value, pen)
}

/** A value in one line: a string as it is, a list with spaces, everything else as JSON. */
export function inOneLine(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ')
  return JSON.stringify(value) ?? ''
}

function drawMembers(object: JsonObject, { meanings, onlyKnown }: (typeof DICTIONARIES)[number], pen: Pen): string[] {
  const rows: Row[] = Object.entries(object).flatMap(([name, value]) => {
    const meaning = meaningOf(meanings, name)?.meaning
    return onlyKnown && meaning === undefined ? [] : [{ name, value: inOneLine(value), meaning: meaning ?? '' }]
  })
  const shown = rows.slice(0, MOST_ROWS)
  return [...table(shown, pen), ...more(Object.keys(object).length - shown.length, 'member', pen)]
}

/** A JWK Set, a key a line, RFC 7517 5: the numbers that make it a key are for machines. */
function drawKeys(keys: readonly Json[], pen: Pen): string[] {
  const rows = keys.slice(0, MOST_ROWS).map((key) => {
    const { kid, kty, crv, alg, use } = isJsonObject(key) ? key : {}
    const value = [kty, crv, alg, use].filter((part) => part !== undefined).map(inOneLine).join(' ')
    return { name: kid === undefined ? 'no kid' : inOneLine(kid), value, meaning: 'a public key of the issuer' }
  })
  return [...table(rows, pen), ...more(keys.length - rows.length, 'key', pen)]
}

function drawJson(value: Json, pen: Pen): string[] {
  const lines = JSON.stringify(value, null, 2).split('\n')
  const shown = lines.slice(0, MOST_LINES).map((line) => `   ${shorten(pen.text(line), pen.width - 3, pen.glyph.ellipsis)}`)
  return [...shown, ...more(lines.length - shown.length, 'line', pen)]
}

function drawText(body: string, pen: Pen): string[] {
  const shown = body.slice(0, EXCERPT)
  return [...broken(pen.text(shown), pen.width - 3).map((line) => `   ${line}`), ...more(body.length - shown.length, 'character', pen)]
}

function more(count: number, unit: string, pen: Pen): string[] {
  return count > 0 ? [pen.dim(`   and ${count} more ${unit}${count === 1 ? '' : 's'}`)] : []
}

function formOf(headers: readonly Parameter[], body: string): JsonObject | undefined {
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return type.toLowerCase().startsWith(FORM) ? Object.fromEntries(new URLSearchParams(body)) : undefined
}

import type { Json, JsonObject } from '../events.ts'

export const MAX_JSON_DEPTH = 64

/** A JSON text, read more strictly than `JSON.parse` does: it must not say two things at once. */
export interface JsonReading {
  value: Json
  /** The text began with a byte order mark, which RFC 8259 8.1 forbids to send and allows to ignore. */
  byteOrderMark: boolean
  /** Member names that occur twice in one object, RFC 8259 4. `JSON.parse` keeps the last and says nothing. */
  duplicates: string[]
  /** Top-level members with a number as they were written: `JSON.parse` rounds long ones. */
  numbers: Readonly<Record<string, string>>
}

export type JsonProblem = 'json-utf8' | 'json-syntax' | 'json-depth'

/** Why a text is no JSON that we read. Its message never quotes the text, which may hold a token. */
export class JsonError extends Error {
  readonly id: JsonProblem

  constructor(id: JsonProblem, message: string) {
    super(message)
    this.id = id
  }
}

/** @throws JsonError */
export function readJson(bytes: Uint8Array): JsonReading {
  const text = decodeUtf8(bytes)
  const byteOrderMark = text.startsWith('\uFEFF')
  const document = byteOrderMark ? text.slice(1) : text
  const scanned = scan(document)
  return { value: parse(document), byteOrderMark, ...scanned }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A string as it is, anything else as JSON. `String` throws for an object without a prototype. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? ''
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new JsonError('json-utf8', 'the bytes are not UTF-8')
  }
}

function parse(text: string): Json {
  try {
    const value: Json = JSON.parse(text)
    return withoutPrototype(value)
  } catch {
    throw new JsonError('json-syntax', text.trim() === '' ? 'the body is empty' : 'the body is not JSON')
  }
}

/** `__proto__` stays an ordinary member of an object that has no prototype to change. `scan` has bounded the depth. */
function withoutPrototype(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutPrototype)
  const bare: Record<string, Json> = Object.create(null)
  for (const name of Object.keys(value)) bare[name] = withoutPrototype(value[name] ?? null)
  return bare
}

/** A string without an end is a token too: looking for one from each of its quotes would take minutes. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\]:]|-?\d[\d.eE+-]*/gs

/** Walks the tokens once: depth, duplicate names, and the digits of top-level numbers. Syntax is `JSON.parse`'s job. */
function scan(text: string): { duplicates: string[]; numbers: Record<string, string> } {
  const duplicates = new Set<string>()
  const numbers: Record<string, string> = Object.create(null)
  const open: (Set<string> | undefined)[] = []
  let string = ''
  let name = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined)
      if (open.length > MAX_JSON_DEPTH) throw new JsonError('json-depth', `nested deeper than ${MAX_JSON_DEPTH}`)
    } else if (token === '}' || token === ']') {
      open.pop()
    } else if (token === ':') {
      name = unquote(string)
      const names = open.at(-1)
      if (names?.has(name)) duplicates.add(name)
      names?.add(name)
    } else if (token.startsWith('"')) {
      string = token
    } else if (open.length === 1) {
      numbers[name] = token
    }
  }
  return { duplicates: [...duplicates], numbers }
}

function unquote(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1)
  try {
    return String(JSON.parse(token))
  } catch {
    return token
  }
}

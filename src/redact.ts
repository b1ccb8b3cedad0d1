import { createHash } from 'node:crypto'
import type { Explanation } from './errors.ts'
import type { Parameter, WalkEvent } from './events.ts'

/** What a reader may see of secret values. `client_secret` and passwords are shown to nobody. */
export type Reveal =
  /** Nothing: every sensitive value is a placeholder; equal values have equal placeholders. */
  | 'nothing'
  /** Tokens, code, `state` and `nonce`: what the person came for. For their own terminal. */
  | 'tokens'
  /** `code_verifier` too. Only where it was asked for. */
  | 'everything'

/** How much a reader must be trusted to see the value of this name. Names are those on the wire. */
const SENSITIVE: Readonly<Record<string, Reveal | 'never'>> = {
  client_secret: 'never',
  client_assertion: 'never',
  password: 'never',
  code_verifier: 'everything',
  access_token: 'tokens',
  refresh_token: 'tokens',
  id_token: 'tokens',
  id_token_hint: 'tokens',
  token: 'tokens',
  code: 'tokens',
  state: 'tokens',
  nonce: 'tokens',
  response: 'tokens',
  'set-cookie': 'everything',
  cookie: 'everything',
}

const TRUST = { nothing: 0, tokens: 1, everything: 2, never: 3 } as const
/** Shorter values occur in other words by chance: they are taken out by their name alone. */
const SHORTEST = 6
/** Characters of a sentence of an explanation, which may quote what came from outside. */
const LONGEST_SENTENCE = 1024

interface Secret {
  name: string
  value: string
  placeholder: string
  spellings: RegExp
}

export interface Redactor {
  /** The event as a reader of this kind may have it. Values are learned on the way, so events have to come in order. */
  event(event: WalkEvent, reveal: Reveal): WalkEvent
  explanation(explanation: Explanation): Explanation
}

/** The one seam at which secrets are taken out: by their names, and by their values in every usual encoding. */
export function createRedactor(known: readonly Parameter[]): Redactor {
  const secrets = new Map<string, Secret>()

  function learn(name: string, value: string): void {
    if (!Object.hasOwn(SENSITIVE, name) || value.length < SHORTEST || secrets.has(value)) return
    secrets.set(value, { name, value, placeholder: placeholder(name, value), spellings: spellings(value) })
  }

  function clean(text: string, reveal: Reveal): string {
    let result = text
    for (const { name, placeholder, spellings } of [...secrets.values()].toSorted((a, b) => b.value.length - a.value.length)) {
      if (hidden(name, reveal)) result = result.replace(spellings, placeholder)
    }
    return result
  }

  for (const { name, value } of known) learn(name, value)

  return {
    event(event, reveal) {
      for (const { name, value } of named(event)) learn(name, value)
      return deepMap(event, (text) => clean(text, reveal), (name, value) => hiddenValue(name, value, reveal))
    },
    explanation: (explanation) => deepMap(explanation, (text) => shortened(clean(text, 'nothing')), () => undefined),
  }
}

/** After the secrets are out: a cut before that could leave half of one, which nobody would know again. */
function shortened(text: string): string {
  return text.length > LONGEST_SENTENCE ? `${text.slice(0, LONGEST_SENTENCE)}…` : text
}

function hidden(name: string, reveal: Reveal): boolean {
  const needs = Object.hasOwn(SENSITIVE, name) ? SENSITIVE[name] : undefined
  return needs !== undefined && TRUST[needs] > TRUST[reveal]
}

/** What stands in the place of a value that a reader may not see; undefined where it may. */
function hiddenValue(name: string, value: string, reveal: Reveal): string | undefined {
  if (name !== 'authorization') return hidden(name, reveal) ? placeholder(name, value) : undefined
  const [scheme = '', token = ''] = value.split(' ')
  if (scheme === 'Basic') return 'Basic [client_id:client_secret]'
  return hidden('access_token', reveal) ? `${scheme} ${placeholder('access_token', token)}` : undefined
}

/** A fingerprint tells equal values from different ones. What a person chose gets none: it could be guessed from it. */
function placeholder(name: string, value: string): string {
  if (SENSITIVE[name] === 'never') return `[${name}]`
  const fingerprint = createHash('sha256').update(value).digest('hex').slice(0, 8)
  return `[${name}, ${value.length} characters, sha256 ${fingerprint}]`
}

/** Every place in which an event carries a value under its name on the wire. */
function named(event: WalkEvent): Parameter[] {
  switch (event.type) {
    case 'value':
      return [event]
    case 'navigate':
    case 'redirect':
      return event.parameters
    case 'request':
      return [...event.parameters, ...event.headers, ...credentials(event.headers)]
    case 'response':
      return [...event.headers, ...members(event.body)]
    case 'observed':
      return event.details
    default:
      return []
  }
}

function credentials(headers: readonly Parameter[]): Parameter[] {
  const value = headers.find(({ name }) => name.toLowerCase() === 'authorization')?.value ?? ''
  return value.startsWith('Bearer ') ? [{ name: 'access_token', value: value.slice('Bearer '.length) }] : []
}

/** Names and strings of a body, form-encoded or JSON, without parsing it: a broken body may hold a token too. */
function members(body: string): Parameter[] {
  const json = [...body.matchAll(/"([A-Za-z_]+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => ({ name, value }))
  const form = /^[\w.-]+=/.test(body) ? [...new URLSearchParams(body)].map(([name, value]) => ({ name, value })) : []
  return [...json, ...form]
}

/** The value as it is, percent-, form-, JSON-, base64-, base64url- and hex-encoded. */
function spellings(value: string): RegExp {
  const bytes = Buffer.from(value)
  const forms = [
    value,
    encodeURIComponent(value),
    new URLSearchParams([['', value]]).toString().slice(1),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),
  ]
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
}

/** The characters that a value always has inside a longer base64 text, at one of three alignments. */
function inBase64(bytes: Buffer, offset: number): string[] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '')
  const start = Math.ceil((offset * 8) / 6)
  const end = Math.floor(((offset + bytes.length) * 8) / 6)
  const core = padded.slice(start, end)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}

/** Rebuilds a value with every string cleaned; an object with `name` and `value` may be replaced by its name. */
function deepMap<T>(value: T, clean: (text: string) => string, byName: (name: string, value: string) => string | undefined): T
function deepMap(value: unknown, clean: (text: string) => string, byName: (name: string, value: string) => string | undefined): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => deepMap(item, clean, byName))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [clean(key), deepMap(member, clean, byName)] as const)
  const result = Object.fromEntries(entries)
  if ('name' in value && 'value' in value && typeof value.name === 'string' && typeof value.value === 'string') {
    const replaced = byName(value.name.toLowerCase(), value.value)
    if (replaced !== undefined) result['value'] = replaced
  }
  return result
}

import { createHash } from 'node:crypto'
import type { Explanation } from './errors.ts'
import type { Parameter, WalkEvent } from './events.ts'
import { type Findable, replaced, spellings } from './redact/spellings.ts'

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
  registration_access_token: 'never',
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
  // The part of a JWS in JSON form (RFC 7515 7.2) that makes the rest of it a token.
  signature: 'tokens',
  'set-cookie': 'everything',
  cookie: 'everything',
}

const TRUST = { nothing: 0, tokens: 1, everything: 2, never: 3 } as const
/** Shorter values occur in other words by chance: they are taken out by their name alone. */
const SHORTEST = 6
/** Characters of a sentence of an explanation, which may quote what came from outside. */
const LONGEST_SENTENCE = 1024

interface Secret extends Findable {
  name: string
}

export interface Redactor {
  /** The event as a reader of this kind may have it. Values are learned on the way, so events have to come in order. */
  event(event: WalkEvent, reveal: Reveal): WalkEvent
  explanation(explanation: Explanation): Explanation
  /** Anything else that is shown or stored, for readers who may see nothing. */
  finding<Value>(value: Value): Value
}

/** The one seam at which secrets are taken out: by their names, and by their values in every usual encoding. */
export function createRedactor(known: readonly Parameter[]): Redactor {
  const secrets = new Map<string, Secret>()

  function learn(name: string, value: string): void {
    if (!Object.hasOwn(SENSITIVE, name) || value.length < SHORTEST || secrets.has(value) || PLACEHOLDER.test(value)) return
    secrets.set(value, { name, placeholder: placeholder(name, value), spellings: spellings(value) })
  }

  function clean(text: string, reveal: Reveal): string {
    return replaced(text, [...secrets.values()].filter(({ name }) => hidden(name, reveal)))
  }

  for (const { name, value } of known) learn(name, value)

  return {
    event(whole, reveal) {
      const event = withoutHoard(whole)
      for (const { name, value } of named(event)) learn(name, value)
      const shown = deepMap(event, (text) => clean(text, reveal), (name, value) => hiddenValue(name, value, reveal))
      return Object.assign(shown, ours(event))
    },
    finding: (value) => deepMap(value, (text) => clean(text, 'nothing'), () => undefined),
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
  const [scheme = ''] = value.split(' ')
  const token = value.slice(scheme.length + 1)
  if (scheme === 'Basic') return 'Basic [client_id:client_secret]'
  return hidden('access_token', reveal) ? `${scheme} ${placeholder('access_token', token)}` : undefined
}

/** What stands in a saved walk already, and has to stay the same when it is redacted again. */
const PLACEHOLDER = /^\[\w+, \d+ characters, sha256 [0-9a-f]{8}\]$/

/** A fingerprint tells equal values from different ones. What a person chose gets none: it could be guessed from it. */
function placeholder(name: string, value: string): string {
  if (SENSITIVE[name] === 'never') return `[${name}]`
  if (PLACEHOLDER.test(value)) return value
  const fingerprint = createHash('sha256').update(value).digest('hex').slice(0, 8)
  return `[${name}, ${value.length} characters, sha256 ${fingerprint}]`
}

/** Each is looked for in every text from then on. No answer has as many, and a megabyte of them would take minutes. */
const MOST_IN_A_BODY = 100

/** A body with more secret values than any answer has is taken out as a whole, for everybody. */
function withoutHoard(event: WalkEvent): WalkEvent {
  if (event.type !== 'response') return event
  const secret = members(event.body).filter(({ name, value }) => Object.hasOwn(SENSITIVE, name) && value.length >= SHORTEST)
  if (secret.length <= MOST_IN_A_BODY) return event
  return { ...event, body: `[body, ${event.body.length} characters]` }
}

/** Every place in which an event carries a value under its name on the wire. */
function named(event: WalkEvent): Parameter[] {
  switch (event.type) {
    case 'value':
      return [event]
    case 'navigate':
      return event.parameters
    case 'redirect':
      // What a stranger calls a token may be any word of ours.
      return event.accepted ? event.parameters : []
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

/** What an event says in the words of this program stays: it is what readers tell events apart by. */
function ours(event: WalkEvent): object {
  return Object.fromEntries(OURS.flatMap((name) => (name in event ? [[name, Reflect.get(event, name)]] : [])))
}

const OURS = ['type', 'name', 'id', 'status', 'level', 'origin', 'by', 'from', 'to', 'channel', 'section']

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

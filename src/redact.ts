import { createHash } from 'node:crypto'
import type { Explanation } from './errors.ts'
import type { Parameter, WalkEvent } from './events.ts'
import { cleaned, cleanedEvent, type Cleaning } from './redact/cleaned.ts'
import { named, withoutHoard } from './redact/named.ts'
import { createSearch, SHORTEST } from './redact/spellings.ts'

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
/** Characters of a sentence of an explanation, which may quote what came from outside. */
const LONGEST_SENTENCE = 1024

export interface Redactor {
  /** The event as a reader of this kind may have it. Values are learned on the way, so events have to come in order. */
  event(event: WalkEvent, reveal: Reveal): WalkEvent
  explanation(explanation: Explanation): Explanation
  /** Anything else that is shown or stored, for readers who may see nothing. */
  finding<Value>(value: Value): Value
}

/** The one seam at which secrets are taken out: by their names, and by their values in every usual encoding. */
export function createRedactor(known: readonly Parameter[]): Redactor {
  const search = createSearch()
  const learned = new Set<string>()

  /** What is too short to be looked for is taken out by its name alone. */
  function learn({ name, value }: Parameter): void {
    if (!isSensitive(name) || value.length < SHORTEST || learned.has(value) || PLACEHOLDER.test(value)) return
    learned.add(value)
    search.add(name, value, placeholder(name, value))
  }

  const cleaningFor = (reveal: Reveal): Cleaning => ({
    text: (text) => search.replaced(text, (name) => hidden(name, reveal)),
    named: (name, value) => hiddenValue(name, value, reveal),
  })

  const hideAll: Cleaning = { ...cleaningFor('nothing'), named: () => undefined }

  known.forEach(learn)

  return {
    event(whole, reveal) {
      const event = withoutHoard(whole, isSensitive)
      named(event).forEach(learn)
      return cleanedEvent(event, cleaningFor(reveal))
    },
    finding: (value) => cleaned(value, hideAll),
    explanation: (explanation) => cleaned(explanation, { ...hideAll, text: (text) => shortened(hideAll.text(text)) }),
  }
}

function isSensitive(name: string): boolean {
  return Object.hasOwn(SENSITIVE, name)
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

import type { Json, JsonObject, Parameter } from '../../events.ts'
import { isJsonObject } from '../../oauth/json.ts'

/** What a lie may need to know of the truth. */
export interface Facts {
  issuer: string
  clientId: string
  /** Seconds since the epoch. */
  now: number
}

/** A response with a JSON body. */
export interface Answer {
  status: number
  /** Those to set; an empty value takes one away. */
  headers: Readonly<Record<string, string>>
  body: JsonObject
}

/** An ID Token before it is signed again. */
export interface UnsignedToken {
  header: JsonObject
  claims: JsonObject
  signature: 'right' | 'wrong' | 'none'
}

export type Change<Message> = (message: Message, facts: Facts) => Message

interface About {
  /** The check that it proves able to fail. */
  id: string
  /** What the provider does wrong, in one line. */
  says: string
  /** Parameters of the authorization request without which the lie is not told. */
  asks?: Readonly<Record<string, string>>
}

/** One surgical misbehaviour: which message is touched, and how. */
export type Lie = About &
  (
    // A refusal is what the protected resource answers who brings no token.
    | { in: 'metadata' | 'jwks' | 'token-response' | 'userinfo' | 'refusal'; change: Change<Answer> }
    | { in: 'authorization-response'; change: Change<Parameter[]> }
    | { in: 'id-token'; change: Change<UnsignedToken> }
  )

/** Members to set; `undefined` takes one away. */
type Patch = Record<string, Json | undefined>

function patched(object: JsonObject, patch: Patch): JsonObject {
  const entries = Object.entries({ ...object, ...patch })
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

export function body(patch: (facts: Facts, body: JsonObject) => Patch): Change<Answer> {
  return (answer, facts) => ({ ...answer, body: patched(answer.body, patch(facts, answer.body)) })
}

export function headers(changed: Answer['headers']): Change<Answer> {
  return (answer) => ({ ...answer, headers: changed })
}

/** Changes the published key. The practice provider has one. */
export function key(patch: (key: JsonObject) => Patch): Change<Answer> {
  return body((_facts, { keys }) => ({
    keys: Array.isArray(keys) ? keys.filter(isJsonObject).map((item) => patched(item, patch(item))) : [],
  }))
}

export function header(patch: () => Patch): Change<UnsignedToken> {
  return (token) => ({ ...token, header: patched(token.header, patch()) })
}

export function claims(patch: (facts: Facts) => Patch): Change<UnsignedToken> {
  return (token, facts) => ({ ...token, claims: patched(token.claims, patch(facts)) })
}

export function replace(name: string, change: (value: string) => string): Change<Parameter[]> {
  return (parameters) => parameters.map((item) => (item.name === name ? { name, value: change(item.value) } : item))
}

import { findRule } from '../diagnosis/diagnose.ts'
import { presetAt } from '../diagnosis/provider.ts'
import type { Rule } from '../diagnosis/rule.ts'
import type { JsonObject } from '../events.ts'
import { chooseMethod, clientAuthenticationMethods, type Credentials, formEncode } from '../oauth/client-authentication.ts'
import { isJsonObject, JsonError, readJson } from '../oauth/json.ts'
import { failureIn, tokenRequestHeaders } from '../providers/dialect.ts'
import type { Context } from './probe.ts'

/** A token request with a made-up code, and what the answer says of the client. */
export interface Attempt {
  method: string
  status: number
  error?: string
  text: string
  rule?: Rule
  /** Undefined where the answer leaves it open. */
  accepted?: boolean
  /** Tokens came for a code that nobody issued. */
  issued?: true
}

export interface Clients {
  /** By method, each tried once, in their order. It ends with the first that is accepted. */
  ours: Attempt[]
  /** A made-up client with a made-up secret: what a stranger gets. */
  stranger: Attempt
  /** The control, where the person agreed: this client with a made-up secret. */
  wrongSecret?: Attempt
}

/** One after the other, so that no secret is tried more often than has to be. */
export async function attemptAll(context: Context): Promise<Clients> {
  const { settings: { client }, outside, wrongSecret } = context
  const { token_endpoint_auth_methods_supported: listed } = await context.metadata()
  const chosen = chooseMethod(client, listed)
  const madeUp = outside.random(32)
  const control = wrongSecret && client.secret !== undefined ? { wrongSecret: await attempt(context, chosen, { id: client.id, secret: madeUp }) } : {}
  const stranger = await attempt(context, chosen, { id: `not-a-client-${outside.random(9)}`, secret: madeUp })
  const ours: Attempt[] = []
  for (const method of methodsFor(client, chosen)) {
    const tried = await attempt(context, method, client)
    ours.push(tried)
    if (tried.accepted !== false) break
  }
  return { ours, stranger, ...control }
}

/** The chosen method first. The raw header is a request of its own only where form-encoding changes something. */
function methodsFor({ id, secret }: Credentials, chosen: string): string[] {
  if (secret === undefined) return [chosen]
  const same = formEncode(id) === id && formEncode(secret) === secret
  const others = Object.entries(clientAuthenticationMethods).filter(([name, { needsSecret }]) => needsSecret && !(same && name === 'client_secret_basic_raw'))
  return [...new Set([chosen, ...others.map(([name]) => name)])]
}

async function attempt(context: Context, method: string, client: Credentials): Promise<Attempt> {
  const { settings, outside } = context
  const { token_endpoint: url } = await context.metadata()
  const proof = clientAuthenticationMethods[method]?.apply(client) ?? { headers: [], parameters: [] }
  const response = await outside.send({
    method: 'POST',
    url,
    headers: [{ name: 'accept', value: 'application/json' }, ...tokenRequestHeaders(settings.dialect), ...proof.headers],
    parameters: [
      { name: 'grant_type', value: 'authorization_code' },
      { name: 'code', value: `made-up-${outside.random(24)}` },
      { name: 'redirect_uri', value: settings.redirectUri },
      ...(settings.pkce === 'none' ? [] : [{ name: 'code_verifier', value: outside.random(32) }]),
      ...proof.parameters,
    ],
  })
  const members = membersOf(response.body)
  const { error, description } = failureOf(members, settings.dialect)
  if (members['access_token'] !== undefined) return { method, status: response.status, text: '', issued: true }
  const text = description ?? (error === undefined ? new TextDecoder().decode(response.body).slice(0, 4000) : '')
  const rule = findRule({ at: 'token', error, text }, presetAt(settings.server.issuer ?? url)?.id)
  const accepted = response.status < 500 ? verdictOf(rule, response.status) : undefined
  return { method, status: response.status, text, ...(error === undefined ? {} : { error }), ...(rule ? { rule } : {}), ...(accepted === undefined ? {} : { accepted }) }
}

/** Who complains about the code, or what belongs to it, has let the client in. RFC 6749 5.2. */
function verdictOf(rule: Rule | undefined, status: number): boolean | undefined {
  if (rule?.about === 'client') return false
  if (rule?.about === 'code' || rule?.about === 'redirect_uri' || rule?.about === 'pkce') return true
  return rule === undefined && status === 401 ? false : undefined
}

function failureOf(members: JsonObject, dialect: Context['settings']['dialect']): { error?: string; description?: string } {
  const { error, error_description: description } = members
  return failureIn(members, dialect) ?? (typeof error === 'string' ? { error, ...(typeof description === 'string' ? { description } : {}) } : {})
}

/** JSON, or a form as GitHub sends it. */
function membersOf(bytes: Uint8Array): JsonObject {
  try {
    const { value } = readJson(bytes)
    return isJsonObject(value) ? value : {}
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes.subarray(0, 4000))))
  }
}

import type { Json, JsonObject, Parameter } from '../events.ts'
import { isJsonObject } from '../oauth/json.ts'

/** One departure from the specifications: what a provider does, and what makes the standard's message of it. */
export interface Oddity {
  says: string
  /** The rule that it departs from. */
  section: string
  /** @param asked the issuer that the person named */
  metadata?: (document: JsonObject, asked: string) => JsonObject
  tokenRequestHeaders?: readonly Parameter[]
  tokenResponse?: (members: JsonObject) => JsonObject
  /** The error that a body stands for, where it stands for one. */
  failure?: (members: JsonObject) => Failure | undefined
  /** Another `iss` that ID Tokens of this issuer may carry. */
  alsoIssuer?: (issuer: string) => string
  /** What is asked for and never comes back is not asked for. */
  withoutNonce?: true
  /** UserInfo is a JWT, whatever its label says. */
  signedUserInfo?: true
}

export interface Failure {
  error: string
  description?: string
}

export type OddityName = keyof typeof oddities

export const oddities = {
  'tenant-in-issuer': {
    says: 'the issuer in the metadata is a template, and the tenant that was named fits it',
    section: 'OpenID Connect Discovery 4.3',
    metadata: (document, asked) => {
      const { issuer } = document
      const fits = typeof issuer === 'string' && pattern(issuer, '{tenantid}', GUID).test(asked)
      return fits && issuer !== asked ? { ...document, issuer: asked } : document
    },
  },
  'bare-issuer': {
    says: 'iss in the ID Token may lack the https://',
    section: 'OpenID Connect Core 2',
    alsoIssuer: (issuer) => issuer.replace(/^https:\/\//, ''),
  },
  'nonce-lost': {
    says: 'nonce does not come back in the ID Token',
    section: 'OpenID Connect Core 3.1.2.1',
    withoutNonce: true,
  },
  'json-token-request': {
    says: 'the token request is a JSON object, not a form',
    section: 'RFC 6749 4.1.3',
    tokenRequestHeaders: [{ name: 'content-type', value: 'application/json' }],
  },
  'token-type-access-token': {
    says: 'token_type is access_token and means Bearer',
    section: 'RFC 6749 7.1',
    tokenResponse: (members) => (members['token_type'] === 'access_token' ? { ...members, token_type: 'Bearer' } : members),
  },
  'scope-array': {
    says: 'scope is a JSON array',
    section: 'RFC 6749 5.1',
    tokenResponse: (members) => {
      const { scope } = members
      return Array.isArray(scope) && scope.every(isText) ? { ...members, scope: scope.join(' ') } : members
    },
  },
  'scope-commas': {
    says: 'commas stand between the scopes',
    section: 'RFC 6749 3.3',
    tokenResponse: (members) => withScope(members, (scope) => scope.replaceAll(',', ' ')),
  },
  'scope-urls': {
    says: 'email and profile come back as URLs',
    section: 'RFC 6749 3.3',
    tokenResponse: (members) => withScope(members, (scope) => scope.replace(/https:\/\/www\.googleapis\.com\/auth\/userinfo\.(email|profile)(?= |$)/g, '$1')),
  },
  'scopes-member': {
    says: 'the scope is in a member scopes',
    section: 'RFC 6749 5.1',
    tokenResponse: (members) => (members['scope'] === undefined && isText(members['scopes']) ? { ...members, scope: members['scopes'] } : members),
  },
  'error-ok-false': {
    says: 'a failure comes with status 200 and ok: false',
    section: 'RFC 6750 3.1',
    failure: ({ ok, error }) => (ok === false && isText(error) ? { error } : undefined),
  },
  'error-object': {
    says: 'error is an object',
    section: 'RFC 6749 5.2',
    failure: ({ error }) => {
      if (!isJsonObject(error) || !isText(error['message'])) return undefined
      const numbers = [error['code'], error['error_subcode']].filter((number) => typeof number === 'number')
      return { error: isText(error['type']) ? error['type'] : 'error', description: [error['message'], ...numbers].join(', ') }
    },
  },
  'error-status-message': {
    says: 'an error is status and message',
    section: 'RFC 6749 5.2',
    failure: ({ status, message, access_token: token }) =>
      token === undefined && isText(message) && (isText(status) || typeof status === 'number') ? { error: String(status), description: message } : undefined,
  },
  'error-number': {
    says: 'an error is a number',
    section: 'RFC 6749 5.2',
    failure: ({ ErrorCode: code, Message: message, Description: description }) =>
      typeof code === 'number' ? { error: String(code), description: [message, description].filter(isText).join(' ') } : undefined,
  },
  'error-reason': {
    says: 'the description of an error is in reason',
    section: 'RFC 6749 5.2',
    failure: ({ error, reason }) => (isText(error) && isText(reason) ? { error, description: reason } : undefined),
  },
  'signed-userinfo': {
    says: 'UserInfo is a signed JWT without being labelled as one',
    section: 'OpenID Connect Core 5.3.2',
    signedUserInfo: true,
  },
} satisfies Readonly<Record<string, Oddity>>

const GUID = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}'

/** The template with each occurrence of a variable as a pattern, and the rest of it as it is. */
function pattern(template: string, variable: string, source: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${template.split(variable).map(literal).join(source)}$`)
}

function withScope(members: JsonObject, change: (scope: string) => string): JsonObject {
  const { scope } = members
  if (!isText(scope) || change(scope) === scope) return members
  return { ...members, scope: change(scope) }
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string'
}

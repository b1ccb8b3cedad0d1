import type { Json, JsonObject } from '../events.ts'

/** Authorization server metadata, RFC 8414 2 and OpenID Connect Discovery 3: the members that this client uses. */
export interface ServerMetadata {
  issuer?: string
  authorization_endpoint: string
  token_endpoint: string
  jwks_uri?: string
  userinfo_endpoint?: string
  registration_endpoint?: string
  revocation_endpoint?: string
  introspection_endpoint?: string
  end_session_endpoint?: string
  response_types_supported?: string[]
  scopes_supported?: string[]
  token_endpoint_auth_methods_supported?: string[]
  code_challenge_methods_supported?: string[]
  id_token_signing_alg_values_supported?: string[]
  authorization_response_iss_parameter_supported: boolean
}

export const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'registration_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'end_session_endpoint',
] as const

const LISTS = [
  'response_types_supported',
  'scopes_supported',
  'token_endpoint_auth_methods_supported',
  'code_challenge_methods_supported',
  'id_token_signing_alg_values_supported',
] as const

/** Takes the known members of a document whose checks have passed, and nothing else of it. */
export function readMetadata(document: JsonObject): ServerMetadata {
  const metadata: ServerMetadata = {
    authorization_endpoint: '',
    token_endpoint: '',
    authorization_response_iss_parameter_supported: document['authorization_response_iss_parameter_supported'] === true,
  }
  for (const name of ['issuer', ...ENDPOINTS] as const) {
    const value = document[name]
    if (typeof value === 'string') metadata[name] = value
  }
  for (const name of LISTS) {
    const value = strings(document[name])
    if (value) metadata[name] = value
  }
  return metadata
}

/** A list of strings, or undefined where it is none. */
export function strings(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

/** Where an issuer's metadata may be, in the order that is tried: OpenID Connect Discovery 4.1, RFC 8414 3.1. */
export function wellKnownUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ]
}

/** What a server may demand of every client and this one does not do. */
const DEMANDS = [
  { member: 'require_pushed_authorization_requests', what: 'pushed authorization requests (PAR)', read: 'RFC 9126 5' },
  { member: 'require_signed_request_object', what: 'signed request objects (JAR)', read: 'RFC 9101 10.5' },
] as const

export function demandOf(document: JsonObject): (typeof DEMANDS)[number] | undefined {
  return DEMANDS.find(({ member }) => document[member] === true)
}

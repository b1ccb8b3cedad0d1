import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { JsonObject, Parameter } from '../../src/events.ts'
import type { Answer, UnsignedToken } from '../../src/practice/lies/lie.ts'
import { compactJws, publicJwk, rs256, rsaKeys } from '../support/signing.ts'
import type { Facts, Knob, Raw, Reply, Turn } from './knob.ts'
import type { Endpoint } from './provider.ts'

/** Signs for every honest provider of this process: making one takes longer than a walk. */
export const providerKey = rsaKeys()

const KEY_ID = 'k1'

/** What the authorization server and the resource say to whom, and what they remember of it. */
export function honest(facts: Facts, origins: Readonly<Record<string, string>>) {
  const jwksPath = `/keys-${randomBytes(6).toString('hex')}`
  const times = new Map<Endpoint, number>()
  const issued = { idToken: '' }
  const at = (endpoint: string, path: string) => `${origins[endpoint] ?? facts.origin}${path}`

  function endpointOf({ url = '' }: IncomingMessage): Endpoint {
    const path = url.split('?')[0] ?? ''
    if (path.includes('/.well-known/')) return 'metadata'
    if (path === jwksPath) return 'jwks'
    if (path.startsWith('/authorize')) return 'authorize'
    const named = { '/token': 'token', '/userinfo': 'userinfo', '/notes': 'resource', '/login': 'login' } as const
    return Object.entries(named).find(([one]) => one === path)?.[1] ?? 'elsewhere'
  }

  function answer(incoming: IncomingMessage, body: string, knob: Knob): Reply | Raw {
    const endpoint = endpointOf(incoming)
    facts.time = (times.get(endpoint) ?? 0) + 1
    times.set(endpoint, facts.time)
    switch (endpoint) {
      case 'metadata':
        return turned(knob.metadata, metadata())
      case 'jwks':
        return turned(knob.jwks, json({ keys: [publicJwk(providerKey, { kid: KEY_ID, use: 'sig', alg: 'RS256' })] }))
      case 'authorize':
        return login(incoming.url ?? '')
      case 'login':
        return respond(parametersFor(new URLSearchParams(body), knob))
      case 'token':
        facts.redeemed = new URLSearchParams(body)
        return turned(knob['token-response'], tokens(incoming, knob))
      case 'userinfo':
      case 'resource':
        return resource(incoming, endpoint, knob)
      default:
        return { status: 404, headers: {}, body: 'not here' }
    }
  }

  const turned = (turn: Turn | undefined, message: Answer) => turn?.(message, facts) ?? message

  function metadata(): Answer {
    return json({
      issuer: facts.issuer,
      authorization_endpoint: `${facts.origin}/authorize`,
      token_endpoint: at('token', '/token'),
      jwks_uri: at('jwks', jwksPath),
      userinfo_endpoint: at('userinfo', '/userinfo'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    })
  }

  function login(url: string): Reply {
    facts.asked = new URL(url, facts.origin).searchParams
    const page = '<form method="post" action="/login"><input name="user"><input name="password" type="password"><button>Log in</button></form>'
    return { status: 200, headers: { 'content-type': 'text/html' }, body: page }
  }

  function parametersFor(form: URLSearchParams, knob: Knob): Parameter[] {
    const known = form.get('password') === facts.canaries.password
    const proven = known ? { code: facts.canaries.code } : { error: 'access_denied' }
    const parameters = named({ ...proven, state: facts.asked.get('state') ?? '', iss: facts.issuer })
    return knob['authorization-response']?.(parameters, facts) ?? parameters
  }

  /** In the query, or as a form that the browser sends on, OAuth 2.0 Form Post Response Mode 2. */
  function respond(parameters: readonly Parameter[]): Reply {
    const url = new URL(facts.asked.get('redirect_uri') ?? facts.origin)
    if (facts.asked.get('response_mode') === 'form_post') {
      const fields = parameters.map(({ name, value }) => `<input type="hidden" name="${name}" value="${value}">`)
      return { status: 200, headers: { 'content-type': 'text/html' }, body: `<form method="post" action="${url.href}">${fields.join('')}<button>Go on</button></form>` }
    }
    for (const { name, value } of parameters) url.searchParams.append(name, value)
    return { status: 303, headers: { location: url.href }, body: '' }
  }

  function tokens(incoming: IncomingMessage, knob: Knob): Answer {
    const { redeemed, asked, canaries } = facts
    if (!isAuthenticated(incoming, facts)) return refused('invalid_client', 'the client is not known by this secret', 401)
    const challenge = createHash('sha256').update(redeemed.get('code_verifier') ?? '').digest('base64url')
    const fits = redeemed.get('code') === canaries.code && redeemed.get('redirect_uri') === asked.get('redirect_uri') &&
      challenge === (asked.get('code_challenge') ?? createHash('sha256').digest('base64url'))
    if (!fits) return refused('invalid_grant', 'code, redirect_uri or code_verifier do not fit')
    const openid = asked.get('scope')?.split(' ').includes('openid')
    return json({
      access_token: canaries.accessToken,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: canaries.refreshToken,
      scope: asked.get('scope') ?? '',
      ...(openid ? { id_token: idToken(knob) } : {}),
    })
  }

  function idToken(knob: Knob): string {
    const { issuer, clientId, now, asked, canaries } = facts
    const claims = {
      iss: issuer, sub: 'alice', aud: clientId, iat: now, exp: now + 3600, auth_time: now, nonce: asked.get('nonce'),
      at_hash: halfOfHash(canaries.accessToken),
    }
    const token: UnsignedToken = { header: { alg: 'RS256', kid: KEY_ID, typ: 'JWT' }, claims, signature: 'right' }
    const made = knob['id-token']?.(token, facts) ?? token
    issued.idToken = typeof made === 'string' ? made : signed(made)
    return issued.idToken
  }

  function resource({ headers: { authorization } }: IncomingMessage, endpoint: 'userinfo' | 'resource', knob: Knob): Reply | Raw {
    if (authorization === undefined) return turned(knob.refusal, { ...json({}), status: 401, headers: { 'www-authenticate': 'Bearer realm="notes"' } })
    const known = authorization === `Bearer ${facts.canaries.accessToken}`
    if (!known) return { ...refused('invalid_token', 'this token was not issued here', 401), headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }
    if (endpoint === 'resource') return json({ notes: [] })
    return turned(knob.userinfo, json({ sub: 'alice', name: 'Alice Adams', email: 'alice@example.com' }))
  }

  return { endpointOf, answer, issued }
}

export function signed({ header, claims, signature }: UnsignedToken): string {
  const compact = compactJws(header, claims, rs256(providerKey))
  if (signature === 'none') return compact.replace(/[^.]+$/, '')
  return signature === 'wrong' ? compact.replace(/[^.]+$/, Buffer.alloc(256, 7).toString('base64url')) : compact
}

/** OpenID Connect Core 3.1.3.6, for an algorithm with SHA-256. */
export function halfOfHash(value: string): string {
  return createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url')
}

function isAuthenticated({ headers: { authorization = '' } }: IncomingMessage, { clientId, canaries, redeemed }: Facts): boolean {
  if (!authorization.startsWith('Basic ')) return redeemed.get('client_id') === clientId && redeemed.get('client_secret') === canaries.secret
  const [id, secret] = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':').map(formDecode)
  return id === clientId && secret === canaries.secret && !redeemed.has('client_secret')
}

/** RFC 6749 2.3.1 and Appendix B. */
function formDecode(value: string): string {
  return new URLSearchParams(`v=${value}`).get('v') ?? ''
}

export function json(body: JsonObject): Answer {
  return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body }
}

export function refused(error: string, error_description: string, status = 400): Answer {
  return { ...json({ error, error_description }), status }
}

function named(values: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}

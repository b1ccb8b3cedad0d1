import { refused } from '../honest.ts'
import { members } from '../knob.ts'
import type { Row } from '../row.ts'

const absent = (id: string, says: string, why: string): Row => ({ id, says, skip: why, expect: { exit: 2 } })

export const extensionRows: readonly Row[] = [
  { id: 'X-01', says: 'private_key_jwt: refused, with the methods that there are', args: ['--auth-method', 'private_key_jwt'], expect: { exit: 2, shows: ['client_secret_basic', 'client_secret_post'] } },
  {
    id: 'X-02',
    says: 'the server lists private_key_jwt alone, and takes nothing else: no assertion is made for an audience of its choice',
    knob: { metadata: members(() => ({ token_endpoint_auth_methods_supported: ['private_key_jwt'] })), 'token-response': () => refused('invalid_client', 'private_key_jwt', 401) },
    expect: { exit: 3, warns: ['metadata-auth-methods'], requests: ['metadata', 'jwks', 'userinfo', 'token'] },
  },
  { id: 'X-02', says: 'mutual TLS: refused', args: ['--auth-method', 'tls_client_auth'], expect: { exit: 2 } },
  absent('X-04', 'a key file for client authentication', 'no private key is ever read (X-01)'),
  {
    id: 'X-05',
    says: 'pushed authorization requests are demanded: refused before anything is sent (A-05)',
    knob: { metadata: members(({ origin }) => ({ require_pushed_authorization_requests: true, pushed_authorization_request_endpoint: `${origin}/par` })) },
    expect: { exit: 2, requests: ['metadata'], neverSent: ['authorize'] },
  },
  absent('X-07', 'request_uri of a pushed request', 'nothing is pushed (X-05)'),
  absent('X-08', 'expires_in of a pushed request', 'nothing is pushed (X-05)'),
  absent('X-10', 'a refresh with another iss, sub or aud', 'the walk does not refresh'),
  absent('X-11', 'a refresh without an ID Token', 'the walk does not refresh'),
  absent('X-13', 'revocation', 'the walk does not revoke'),
  absent('X-14', 'dynamic registration', 'clients are not registered here'),
  {
    id: 'X-16',
    says: 'signed request objects are demanded: refused before anything is sent',
    knob: { metadata: members(() => ({ require_signed_request_object: true })) },
    expect: { exit: 2, requests: ['metadata'], neverSent: ['authorize'], shows: ['JAR'] },
  },
]

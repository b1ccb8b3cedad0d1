import { body, type Lie } from './lie.ts'

export const metadataLies: readonly Lie[] = [
  {
    id: 'metadata-issuer',
    says: 'The metadata names an issuer with a slash more.',
    in: 'metadata',
    change: body(({ issuer }) => ({ issuer: `${issuer}/` })),
  },
  {
    id: 'metadata-issuer-type',
    says: 'The metadata names no issuer.',
    in: 'metadata',
    change: body(() => ({ issuer: undefined })),
  },
  {
    id: 'metadata-authorization-endpoint',
    says: 'The metadata has a relative authorization endpoint.',
    in: 'metadata',
    change: body(() => ({ authorization_endpoint: '/authorize' })),
  },
  {
    id: 'metadata-token-endpoint',
    says: 'The metadata has no token endpoint.',
    in: 'metadata',
    change: body(() => ({ token_endpoint: undefined })),
  },
  {
    id: 'metadata-jwks-uri',
    says: 'The metadata does not say where the keys are.',
    in: 'metadata',
    change: body(() => ({ jwks_uri: undefined })),
  },
  {
    id: 'metadata-url-scheme',
    says: 'The authorization endpoint is a script.',
    in: 'metadata',
    change: body(() => ({ authorization_endpoint: 'javascript:alert(1)' })),
  },
  {
    id: 'metadata-url-https',
    says: 'The token endpoint is far away and without TLS.',
    in: 'metadata',
    change: body(() => ({ token_endpoint: 'http://authorization-server.example/token' })),
  },
  {
    id: 'metadata-url-fragment',
    says: 'The token endpoint has a fragment.',
    in: 'metadata',
    change: body(({ issuer }) => ({ token_endpoint: `${issuer}/token#here` })),
  },
  {
    id: 'metadata-url-origin',
    says: 'The token endpoint belongs to another domain.',
    in: 'metadata',
    change: body(() => ({ token_endpoint: 'https://somebody-else.example/token' })),
  },
  {
    id: 'metadata-response-types',
    says: 'The metadata does not offer the Authorization Code Flow.',
    in: 'metadata',
    change: body(() => ({ response_types_supported: ['id_token'] })),
  },
  {
    id: 'metadata-auth-methods',
    says: 'The metadata lists another client authentication method than the token endpoint takes.',
    in: 'metadata',
    change: body(() => ({ token_endpoint_auth_methods_supported: ['private_key_jwt'] })),
  },
  {
    id: 'metadata-pkce',
    says: 'The metadata is silent about PKCE.',
    in: 'metadata',
    change: body(() => ({ code_challenge_methods_supported: undefined })),
  },
  {
    id: 'metadata-iss-parameter',
    says: 'The metadata promises the iss parameter with a string.',
    in: 'metadata',
    change: body(() => ({ authorization_response_iss_parameter_supported: 'true' })),
  },
]

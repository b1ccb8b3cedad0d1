import { body, claims, header, key, type Lie } from './lie.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const SOMEBODY_ELSE = 'somebody-else'

export const idTokenLies: readonly Lie[] = [
  {
    id: 'id-token-jwt',
    says: 'The ID Token is encrypted for somebody else.',
    in: 'token-response',
    change: body((_facts, { id_token }) => ({ id_token: `${String(id_token)}.bm8.a2V5` })),
  },
  {
    id: 'id-token-form',
    says: 'The signature is written with padding.',
    in: 'token-response',
    change: body((_facts, { id_token }) => ({ id_token: `${String(id_token)}==` })),
  },
  {
    id: 'id-token-typ',
    says: 'An access token comes in the place of the ID Token.',
    in: 'id-token',
    change: header(() => ({ typ: 'at+jwt' })),
  },
  {
    id: 'id-token-crit',
    says: 'The header of the ID Token demands an extension.',
    in: 'id-token',
    change: header(() => ({ crit: ['urn:example:extension'], 'urn:example:extension': true })),
  },
  {
    id: 'id-token-alg',
    says: 'The ID Token says alg none, and carries no signature.',
    in: 'id-token',
    change: (token) => ({ ...token, header: { ...token.header, alg: 'none' }, signature: 'none' }),
  },
  {
    id: 'jwks-kid',
    says: 'The key that signed is not among the published ones.',
    in: 'jwks',
    change: key(() => ({ kid: 'last-week' })),
  },
  {
    id: 'jwks-rsa-size',
    says: 'The published key has 1024 bits.',
    in: 'jwks',
    change: key(({ n }) => ({ n: Buffer.from(String(n), 'base64url').subarray(0, 128).toString('base64url') })),
  },
  {
    id: 'jwks-rsa-e',
    says: 'The published key has the exponent 1.',
    in: 'jwks',
    change: key(() => ({ e: 'AQ' })),
  },
  {
    id: 'id-token-sig',
    says: 'The signature of the ID Token is not the issuer’s.',
    in: 'id-token',
    change: (token) => ({ ...token, signature: 'wrong' }),
  },
  {
    id: 'id-token-iss',
    says: 'The ID Token is of another issuer.',
    in: 'id-token',
    change: claims(() => ({ iss: 'https://somebody-else.example' })),
  },
  {
    id: 'id-token-sub',
    says: 'The ID Token does not name the person.',
    in: 'id-token',
    change: claims(() => ({ sub: undefined })),
  },
  {
    id: 'id-token-aud',
    says: 'The ID Token was made for another client.',
    in: 'id-token',
    change: claims(() => ({ aud: SOMEBODY_ELSE })),
  },
  {
    id: 'id-token-aud-untrusted',
    says: 'The ID Token was made for this client and for another one.',
    in: 'id-token',
    change: claims(({ clientId }) => ({ aud: [clientId, SOMEBODY_ELSE], azp: clientId })),
  },
  {
    id: 'id-token-azp',
    says: 'The ID Token was issued to another client.',
    in: 'id-token',
    change: claims(() => ({ azp: SOMEBODY_ELSE })),
  },
  {
    id: 'id-token-exp',
    says: 'The ID Token expired seven minutes ago.',
    in: 'id-token',
    change: claims(({ now }) => ({ iat: now - 480, exp: now - 420 })),
  },
  {
    id: 'id-token-exp-range',
    says: 'The ID Token never expires.',
    in: 'id-token',
    change: claims(() => ({ exp: 1e300 })),
  },
  {
    id: 'id-token-iat',
    says: 'The ID Token was issued an hour from now.',
    in: 'id-token',
    change: claims(({ now }) => ({ iat: now + HOUR, exp: now + 2 * HOUR })),
  },
  {
    id: 'id-token-iat-age',
    says: 'The ID Token was issued a week ago.',
    in: 'id-token',
    change: claims(({ now }) => ({ iat: now - 7 * DAY })),
  },
  {
    id: 'id-token-clock',
    says: 'The clock of the authorization server is 90 seconds fast.',
    in: 'id-token',
    change: claims(({ now }) => ({ iat: now + 90, exp: now + 90 + HOUR })),
  },
  {
    id: 'id-token-nbf',
    says: 'The ID Token is not valid before tomorrow.',
    in: 'id-token',
    change: claims(({ now }) => ({ nbf: now + DAY })),
  },
  {
    id: 'id-token-nonce',
    says: 'The ID Token carries the nonce of another login.',
    in: 'id-token',
    change: claims(() => ({ nonce: 'the-nonce-of-another-login' })),
  },
  {
    id: 'id-token-at-hash',
    says: 'at_hash belongs to another access token.',
    in: 'id-token',
    change: claims(() => ({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  },
  {
    id: 'id-token-c-hash',
    says: 'c_hash belongs to another code.',
    in: 'id-token',
    change: claims(() => ({ c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  },
  {
    id: 'id-token-s-hash',
    says: 's_hash belongs to another state.',
    in: 'id-token',
    change: claims(() => ({ s_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })),
  },
  {
    id: 'id-token-acr',
    says: 'The person was authenticated less strongly than was asked for.',
    asks: { acr_values: 'urn:authwalk:password' },
    in: 'id-token',
    change: claims(() => ({ acr: '0' })),
  },
  {
    id: 'id-token-auth-time',
    says: 'The login that max_age asked to be fresh is a month old.',
    asks: { max_age: '600' },
    in: 'id-token',
    change: claims(({ now }) => ({ auth_time: now - 30 * DAY })),
  },
]

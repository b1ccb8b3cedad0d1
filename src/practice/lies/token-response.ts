import { body, headers, type Lie } from './lie.ts'

export const tokenResponseLies: readonly Lie[] = [
  {
    id: 'token-response-content-type',
    says: 'The token response is labelled as HTML.',
    in: 'token-response',
    change: headers({ 'content-type': 'text/html; charset=utf-8' }),
  },
  {
    id: 'token-response-cache-control',
    says: 'The token response may be kept by a cache.',
    in: 'token-response',
    change: headers({ 'cache-control': '' }),
  },
  {
    id: 'token-response-ambiguous',
    says: 'The token response is a success and an error.',
    in: 'token-response',
    change: body(() => ({ error: 'invalid_grant' })),
  },
  {
    id: 'token-response-access-token-syntax',
    says: 'The access token has a space in it.',
    in: 'token-response',
    change: body((_facts, { access_token }) => ({ access_token: `${String(access_token)} and more` })),
  },
  {
    id: 'token-response-token-type-missing',
    says: 'The token response does not say of which type the token is.',
    in: 'token-response',
    change: body(() => ({ token_type: undefined })),
  },
  {
    id: 'token-response-token-type',
    says: 'The token is of a type that nobody knows.',
    in: 'token-response',
    change: body(() => ({ token_type: 'mac' })),
  },
  {
    id: 'token-response-expires-in',
    says: 'The lifetime of the token is no number.',
    in: 'token-response',
    change: body(() => ({ expires_in: 'an hour' })),
  },
  {
    id: 'token-response-scope-syntax',
    says: 'The scope is a list instead of one string.',
    in: 'token-response',
    change: body((_facts, { scope }) => ({ scope: String(scope).split(' ') })),
  },
  {
    id: 'token-response-scope',
    says: 'Less is granted than was asked for.',
    asks: { scope: 'openid profile' },
    in: 'token-response',
    change: body(() => ({ scope: 'openid' })),
  },
  {
    id: 'token-response-refresh-token',
    says: 'The refresh token is a number.',
    in: 'token-response',
    change: body(() => ({ refresh_token: 42 })),
  },
  {
    id: 'token-response-id-token',
    says: 'No ID Token comes, although scope had openid in it.',
    in: 'token-response',
    change: body(() => ({ id_token: undefined })),
  },
]

import type { Rule } from '../rule.ts'

const at = 'resource'
const RFC = 'RFC 6750 3.1'

/** What the specifications say of errors at a protected resource. RFC 6750 3.1 and its extensions. */
export const resourceRules: readonly Rule[] = [
  {
    id: 'invalid_request',
    at,
    about: 'request',
    means: 'The resource can’t work with the request.',
    causes: ['the token came in two places', 'a parameter of the API is missing'],
    fix: 'Compare the request with the API’s documentation.',
    read: RFC,
  },
  {
    id: 'invalid_token',
    at,
    about: 'token',
    means: 'The resource does not accept this access token.',
    causes: ['it was issued for another API: its audience differs', 'it has expired or was revoked', 'it comes from another environment of the same provider'],
    fix: 'Ask for a token for this API: with --param resource=… or audience=…, as the provider calls it.',
    read: RFC,
  },
  {
    id: 'insufficient_scope',
    at,
    about: 'scope',
    means: 'The access token is good, and allows too little for this request.',
    causes: ['the scope was not asked for', 'it was asked for and not granted', 'the person lacks a role'],
    fix: 'Ask for the scope that the WWW-Authenticate header names: --scope.',
    read: RFC,
  },
  {
    id: 'insufficient_user_authentication',
    at,
    about: 'person',
    means: 'The resource wants a stronger login, or a more recent one.',
    causes: ['the API asks for a second factor', 'the last login is too long ago'],
    fix: 'Walk again with the acr_values or max_age that the WWW-Authenticate header names.',
    read: 'RFC 9470 3',
  },
]

import type { Meanings } from './parameters.ts'

const CORE_2 = 'OpenID Connect Core 2'
const CORE_5_1 = 'OpenID Connect Core 5.1'
const CORE_5_1_1 = 'OpenID Connect Core 5.1.1'

/** Claims of ID Tokens, UserInfo responses and JWT access tokens. */
export const claims: Meanings = {
  iss: { meaning: 'who says all this', section: CORE_2 },
  sub: { meaning: 'who logged in, unique there', section: CORE_2 },
  aud: { meaning: 'for whom it is said', section: CORE_2 },
  exp: { meaning: 'expires', section: CORE_2 },
  iat: { meaning: 'issued', section: CORE_2 },
  auth_time: { meaning: 'the person authenticated', section: CORE_2 },
  nonce: { meaning: 'has to be the one sent', section: CORE_2 },
  acr: { meaning: 'how strong the authentication was', section: CORE_2 },
  amr: { meaning: 'by which means: pwd, otp, hwk', section: CORE_2 },
  azp: { meaning: 'the client that asked for it', section: CORE_2 },
  at_hash: { meaning: 'hash of the access token', section: 'OpenID Connect Core 3.1.3.6' },
  c_hash: { meaning: 'hash of the code', section: 'OpenID Connect Core 3.3.2.11' },
  s_hash: { meaning: 'hash of state', section: 'FAPI 1.0 Advanced 5.1.1' },
  sid: { meaning: 'the login session at the server', section: 'OpenID Connect Front-Channel Logout 3' },
  nbf: { meaning: 'not to be used before', section: 'RFC 7519 4.1.5' },
  jti: { meaning: 'the name of this one token', section: 'RFC 7519 4.1.7' },
  sub_jwk: { meaning: 'the key of a self-issued token', section: 'OpenID Connect Core 7.4' },

  name: { meaning: 'full name, for display', section: CORE_5_1 },
  given_name: { meaning: 'first name or names', section: CORE_5_1 },
  family_name: { meaning: 'last name or names', section: CORE_5_1 },
  middle_name: { meaning: 'names in the middle', section: CORE_5_1 },
  nickname: { meaning: 'casual name', section: CORE_5_1 },
  preferred_username: { meaning: 'may change, may not be unique', section: CORE_5_1 },
  profile: { meaning: 'a page about the person', section: CORE_5_1 },
  picture: { meaning: 'the address of a picture', section: CORE_5_1 },
  website: { meaning: 'the person’s own page', section: CORE_5_1 },
  email: { meaning: 'may change: no key for an account', section: CORE_5_1 },
  email_verified: { meaning: 'whether the issuer has tested the address', section: CORE_5_1 },
  gender: { meaning: 'female, male or any other word', section: CORE_5_1 },
  birthdate: { meaning: 'YYYY-MM-DD, or the year alone', section: CORE_5_1 },
  zoneinfo: { meaning: 'time zone', section: CORE_5_1 },
  locale: { meaning: 'language and country', section: CORE_5_1 },
  phone_number: { meaning: 'may change: no key for an account', section: CORE_5_1 },
  phone_number_verified: { meaning: 'whether the issuer has tested the number', section: CORE_5_1 },
  address: { meaning: 'postal address', section: CORE_5_1_1 },
  updated_at: { meaning: 'these Claims changed', section: CORE_5_1 },
  _claim_names: { meaning: 'Claims that another source vouches for', section: 'OpenID Connect Core 5.6.2' },
  _claim_sources: { meaning: 'where those can be had, not fetched', section: 'OpenID Connect Core 5.6.2' },

  scope: { meaning: 'what the token may be used for', section: 'RFC 8693 4.2' },
  client_id: { meaning: 'the client that it was issued to', section: 'RFC 8693 4.3' },
  act: { meaning: 'who acts for the subject', section: 'RFC 8693 4.1' },
  may_act: { meaning: 'who may act for the subject', section: 'RFC 8693 4.4' },
  cnf: { meaning: 'the key that its holder must prove', section: 'RFC 7800 3.1' },
  roles: { meaning: 'roles of the person', section: 'RFC 9068 2.2.3.1' },
  groups: { meaning: 'groups of the person', section: 'RFC 9068 2.2.3.1' },
  entitlements: { meaning: 'single rights of the person', section: 'RFC 9068 2.2.3.1' },
  authorization_details: { meaning: 'what was granted, in fine detail', section: 'RFC 9396 9.1' },

  hd: { meaning: 'the organization’s domain', section: 'Google' },
  tid: { meaning: 'the tenant', section: 'Microsoft Entra' },
  oid: { meaning: 'the person, the same for every client', section: 'Microsoft Entra' },
  upn: { meaning: 'user name: may change', section: 'Microsoft Entra' },
  ver: { meaning: 'version of the token’s format', section: 'Microsoft Entra' },
  realm_access: { meaning: 'roles in the realm', section: 'Keycloak' },
  resource_access: { meaning: 'roles at single clients', section: 'Keycloak' },
}

/** Claims whose value is a NumericDate, RFC 7519 2. Their meaning reads on: `expires in 59 minutes`. */
export const timeClaims: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at'])

/** Members of a JOSE header. */
export const joseHeader: Meanings = {
  alg: { meaning: 'how it is signed', section: 'RFC 7515 4.1.1' },
  jku: { meaning: 'where a key would be, never fetched', section: 'RFC 7515 4.1.2' },
  jwk: { meaning: 'a key brought along proves nothing', section: 'RFC 7515 4.1.3' },
  kid: { meaning: 'which key of the issuer', section: 'RFC 7515 4.1.4' },
  x5u: { meaning: 'where a certificate would be, never fetched', section: 'RFC 7515 4.1.5' },
  x5c: { meaning: 'a certificate brought along proves nothing', section: 'RFC 7515 4.1.6' },
  x5t: { meaning: 'SHA-1 of the certificate', section: 'RFC 7515 4.1.7' },
  'x5t#S256': { meaning: 'SHA-256 of the certificate', section: 'RFC 7515 4.1.8' },
  typ: { meaning: 'which kind of token it is', section: 'RFC 7515 4.1.9' },
  cty: { meaning: 'the form of what is inside', section: 'RFC 7515 4.1.10' },
  crit: { meaning: 'extensions that a reader must understand', section: 'RFC 7515 4.1.11' },
  b64: { meaning: 'whether the payload is base64url', section: 'RFC 7797 3' },
  enc: { meaning: 'how it is encrypted', section: 'RFC 7516 4.1.2' },
  zip: { meaning: 'whether it is compressed', section: 'RFC 7516 4.1.3' },
}

/** What a parameter is for, in at most eight words, and where that is written. */
export interface Meaning {
  meaning: string
  /** Specification and section; the provider's name for what no specification has. */
  section: string
}

export type Meanings = Readonly<Record<string, Meaning>>

/** A name from outside may be `constructor`. */
export function meaningOf(meanings: Meanings, name: string): Meaning | undefined {
  return Object.hasOwn(meanings, name) ? meanings[name] : undefined
}

export const authorizationRequest: Meanings = {
  response_type: { meaning: 'a code, not a token', section: 'RFC 6749 4.1.1' },
  client_id: { meaning: 'who is asking', section: 'RFC 6749 4.1.1' },
  redirect_uri: { meaning: 'where the answer may go, exactly', section: 'RFC 6749 4.1.1' },
  scope: { meaning: 'what is asked for', section: 'RFC 6749 4.1.1' },
  state: { meaning: 'ties the answer to you', section: 'RFC 6749 4.1.1' },
  nonce: { meaning: 'ties the ID Token to this', section: 'OpenID Connect Core 3.1.2.1' },
  code_challenge: { meaning: 'to be matched in step 5', section: 'RFC 7636 4.3' },
  code_challenge_method: { meaning: 'how both are compared', section: 'RFC 7636 4.3' },
  response_mode: { meaning: 'how the answer is to be sent', section: 'OpenID Connect Core 3.1.2.1' },
  display: { meaning: 'how the login page is to look', section: 'OpenID Connect Core 3.1.2.1' },
  prompt: { meaning: 'whether to ask for login or consent', section: 'OpenID Connect Core 3.1.2.1' },
  max_age: { meaning: 'seconds since the last login, at most', section: 'OpenID Connect Core 3.1.2.1' },
  ui_locales: { meaning: 'languages for the pages, best first', section: 'OpenID Connect Core 3.1.2.1' },
  id_token_hint: { meaning: 'an earlier ID Token: the same person', section: 'OpenID Connect Core 3.1.2.1' },
  login_hint: { meaning: 'who probably logs in', section: 'OpenID Connect Core 3.1.2.1' },
  acr_values: { meaning: 'how strong the login is to be', section: 'OpenID Connect Core 3.1.2.1' },
  claims_locales: { meaning: 'languages for the Claims, best first', section: 'OpenID Connect Core 5.2' },
  claims: { meaning: 'single Claims that are asked for', section: 'OpenID Connect Core 5.5' },
  request: { meaning: 'these parameters as a signed JWT', section: 'RFC 9101 5.1' },
  request_uri: { meaning: 'where these parameters are, pushed beforehand', section: 'RFC 9126 4' },
  registration: { meaning: 'client metadata sent along', section: 'OpenID Connect Core 7.2.1' },
  resource: { meaning: 'the resource that the token is for', section: 'RFC 8707 2.1' },
  authorization_details: { meaning: 'what is asked for, in fine detail', section: 'RFC 9396 2' },
  dpop_jkt: { meaning: 'the key that the code is bound to', section: 'RFC 9449 10' },
  audience: { meaning: 'the resource that the token is for', section: 'Auth0' },
  access_type: { meaning: 'offline asks for a refresh token', section: 'Google' },
  hd: { meaning: 'only accounts of this domain', section: 'Google' },
  domain_hint: { meaning: 'skips the choice of an organization', section: 'Microsoft Entra' },
}

export const authorizationResponse: Meanings = {
  code: { meaning: 'to be redeemed once, soon', section: 'RFC 6749 4.1.2' },
  state: { meaning: 'has to be the one sent', section: 'RFC 6749 4.1.2' },
  iss: { meaning: 'which server answers', section: 'RFC 9207 2' },
  error: { meaning: 'why there is no code', section: 'RFC 6749 4.1.2.1' },
  error_description: { meaning: 'the same in words, for developers', section: 'RFC 6749 4.1.2.1' },
  error_uri: { meaning: 'a page about it, not opened', section: 'RFC 6749 4.1.2.1' },
  session_state: { meaning: 'the login session at the server', section: 'OpenID Connect Session Management 2' },
  scope: { meaning: 'what was granted', section: 'RFC 6749 3.3' },
  response: { meaning: 'the whole answer as a JWT', section: 'JARM 2.3' },
}

export const tokenRequest: Meanings = {
  grant_type: { meaning: 'what is handed in: a code', section: 'RFC 6749 4.1.3' },
  code: { meaning: 'as the browser brought it', section: 'RFC 6749 4.1.3' },
  redirect_uri: { meaning: 'the same as in step 1', section: 'RFC 6749 4.1.3' },
  client_id: { meaning: 'who is asking', section: 'RFC 6749 4.1.3' },
  client_secret: { meaning: 'proves that it is this client', section: 'RFC 6749 2.3.1' },
  code_verifier: { meaning: 'matches the code_challenge', section: 'RFC 7636 4.5' },
  client_assertion: { meaning: 'a signed JWT in place of a secret', section: 'RFC 7523 2.2' },
  client_assertion_type: { meaning: 'what kind of assertion it is', section: 'RFC 7523 2.2' },
  refresh_token: { meaning: 'what earlier tokens came with', section: 'RFC 6749 6' },
  scope: { meaning: 'the same or less than granted', section: 'RFC 6749 6' },
  resource: { meaning: 'the resource that the token is for', section: 'RFC 8707 2.2' },
  audience: { meaning: 'the resource that the token is for', section: 'Auth0' },
  token: { meaning: 'the token in question', section: 'RFC 7662 2.1' },
  token_type_hint: { meaning: 'which kind of token it is', section: 'RFC 7662 2.1' },
}

export const tokenResponse: Meanings = {
  access_token: { meaning: 'a key for the resource', section: 'RFC 6749 5.1' },
  token_type: { meaning: 'whoever bears it may use it', section: 'RFC 6749 5.1' },
  expires_in: { meaning: 'seconds that it lives', section: 'RFC 6749 5.1' },
  refresh_token: { meaning: 'gets new tokens later', section: 'RFC 6749 5.1' },
  scope: { meaning: 'what was granted', section: 'RFC 6749 5.1' },
  id_token: { meaning: 'who logged in, for this client', section: 'OpenID Connect Core 3.1.3.3' },
  issued_token_type: { meaning: 'which kind of token this is', section: 'RFC 8693 2.2.1' },
  authorization_details: { meaning: 'what was granted, in fine detail', section: 'RFC 9396 7' },
  session_state: { meaning: 'the login session at the server', section: 'OpenID Connect Session Management 2' },
  refresh_token_expires_in: { meaning: 'seconds that the refresh token lives', section: 'GitHub' },
  refresh_expires_in: { meaning: 'seconds that the refresh token lives', section: 'Keycloak' },
  'not-before-policy': { meaning: 'tokens issued before this are void', section: 'Keycloak' },
  ext_expires_in: { meaning: 'seconds it lives during an outage', section: 'Microsoft Entra' },
  error: { meaning: 'why there are no tokens', section: 'RFC 6749 5.2' },
  error_description: { meaning: 'the same in words, for developers', section: 'RFC 6749 5.2' },
  error_uri: { meaning: 'a page about it, not opened', section: 'RFC 6749 5.2' },
}

/** What a client says of itself, and what the server makes of it. */
export const clientRegistration: Meanings = {
  client_name: { meaning: 'what people read when they are asked', section: 'RFC 7591 2' },
  redirect_uris: { meaning: 'where answers may go, exactly', section: 'RFC 7591 2' },
  response_types: { meaning: 'what it asks for: a code', section: 'RFC 7591 2' },
  grant_types: { meaning: 'what it hands in for tokens', section: 'RFC 7591 2' },
  token_endpoint_auth_method: { meaning: 'how it proves who it is', section: 'RFC 7591 2' },
  scope: { meaning: 'what it may ask for later', section: 'RFC 7591 2' },
  client_id: { meaning: 'the name of the new client', section: 'RFC 7591 3.2.1' },
  client_secret: { meaning: 'proves that it is this client', section: 'RFC 7591 3.2.1' },
  client_id_issued_at: { meaning: 'when it was made', section: 'RFC 7591 3.2.1' },
  client_secret_expires_at: { meaning: 'when the secret ends, 0 for never', section: 'RFC 7591 3.2.1' },
  registration_access_token: { meaning: 'lets the client be changed or deleted', section: 'RFC 7592 3' },
  registration_client_uri: { meaning: 'where that is done', section: 'RFC 7592 3' },
  error: { meaning: 'why there is no client', section: 'RFC 7591 3.2.2' },
  error_description: { meaning: 'the same in words, for developers', section: 'RFC 7591 3.2.2' },
}

/** The parameters of a back-channel request, by the name of the message. */
export function requestMeanings(name: string): Meanings {
  return name.startsWith('client registration') ? clientRegistration : tokenRequest
}

/** The members that this flow depends on; a document has three times as many. */
export const metadata: Meanings = {
  issuer: { meaning: 'its name, to be compared', section: 'RFC 8414 2' },
  authorization_endpoint: { meaning: 'the browser goes here', section: 'RFC 8414 2' },
  token_endpoint: { meaning: 'the code is redeemed here', section: 'RFC 8414 2' },
  userinfo_endpoint: { meaning: 'Claims about the person', section: 'OpenID Connect Discovery 3' },
  jwks_uri: { meaning: 'its public keys', section: 'RFC 8414 2' },
  scopes_supported: { meaning: 'what may be asked for', section: 'RFC 8414 2' },
  token_endpoint_auth_methods_supported: { meaning: 'how clients prove themselves', section: 'RFC 8414 2' },
  code_challenge_methods_supported: { meaning: 'PKCE: S256 should be here', section: 'RFC 8414 2' },
  authorization_response_iss_parameter_supported: { meaning: 'answers name their server', section: 'RFC 9207 3' },
}

/** HTTP header fields that carry a part of the flow, in lower case; `authorization` with its scheme. */
export const requestHeaders: Meanings = {
  'authorization basic': { meaning: 'client_id and client_secret, base64', section: 'RFC 6749 2.3.1' },
  'authorization bearer': { meaning: 'the access token, as a key', section: 'RFC 6750 2.1' },
  'authorization dpop': { meaning: 'the access token, bound to a key', section: 'RFC 9449 7.1' },
  'content-type': { meaning: 'how the body is written, never the URL', section: 'RFC 6749 4.1.3' },
  dpop: { meaning: 'proves possession of a key', section: 'RFC 9449 4' },
}

export const responseHeaders: Meanings = {
  'www-authenticate': { meaning: 'how to ask so that it answers', section: 'RFC 6750 3' },
  'content-type': { meaning: 'the form of the body', section: 'RFC 9110 8.3' },
  'cache-control': { meaning: 'nobody may keep a copy', section: 'RFC 6749 5.1' },
  location: { meaning: 'a redirect, not followed', section: 'RFC 9110 10.2.2' },
  'retry-after': { meaning: 'when to ask again', section: 'RFC 9110 10.2.3' },
  'dpop-nonce': { meaning: 'to be put into the next proof', section: 'RFC 9449 8' },
}

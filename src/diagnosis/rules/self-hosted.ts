import { encodedSecret, noPkce, paddedSecret, unlistedScope, wrongMethod } from '../evidence.ts'
import type { Rule } from '../rule.ts'
import { messagesOf } from './own.ts'

const keycloak = messagesOf('keycloak')
const gitlab = messagesOf('gitlab')
const dex = messagesOf('dex')
const hydra = messagesOf('hydra')
const authentik = messagesOf('authentik')

/** What servers say that people run themselves. */
export const selfHostedRules: readonly Rule[] = [
  keycloak('authorization', 'redirect_uri', 'redirect', {
    says: /Invalid parameter: redirect_uri/,
    means: 'The redirect_uri fits none of the Valid redirect URIs of this client, or is missing.',
    causes: ['it differs by host, port, path or a slash', 'a port was registered: without one, http://127.0.0.1 allows every port', 'another client of the realm was edited'],
    fix: 'Add it to Valid redirect URIs of the client.',
  }),
  keycloak('authorization', 'client', 'client-not-found', {
    says: /Client not found/,
    means: 'There is no client with this client_id in this realm.',
    causes: ['the client belongs to another realm', 'client_id is misspelt: it is the Client ID, not the name'],
    fix: 'Copy the Client ID, and walk at the realm that it belongs to.',
  }),
  keycloak('token', 'client', 'client-credentials', {
    says: /Invalid client or Invalid client credentials/,
    means: 'The client was not believed. Keycloak says unauthorized_client to a wrong secret, and invalid_client to an unknown client.',
    causes: [paddedSecret, encodedSecret, wrongMethod, 'the secret is wrong, or was made anew since', 'the client belongs to another realm'],
    fix: 'Copy the secret from the tab Credentials, and look which Client Authenticator is chosen there.',
  }),
  keycloak('token', 'code', 'code-not-valid', {
    says: /Code not valid/,
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
  keycloak('token', 'code', 'code-expired', {
    says: /Code is expired/,
    means: 'The code was older than its lifetime, which is one minute unless somebody changed it.',
    causes: ['too much time passed between steps 4 and 5'],
    fix: 'Walk again without a pause, or raise Client login timeout of the realm.',
  }),
  keycloak('token', 'redirect_uri', 'incorrect-redirect', {
    says: /Incorrect redirect_uri/,
    means: 'redirect_uri is not the one of the authorization request.',
    causes: ['it was changed between steps 1 and 5'],
    fix: 'Send the same redirect_uri in both.',
  }),
  keycloak('authorization', 'flow', 'standard-flow', {
    says: /Standard flow is disabled for the client/,
    means: 'The Authorization Code Flow, here called Standard flow, is switched off for this client.',
    causes: ['it was not ticked when the client was made'],
    fix: 'Tick Standard flow under Capability config of the client.',
  }),
  keycloak('token', 'pkce', 'pkce', {
    says: /PKCE (verification failed|code verifier not specified|invalid code verifier)/,
    means: 'code_verifier is missing, or does not belong to the code_challenge of the authorization request.',
    causes: [noPkce, 'one of the two was changed by hand'],
    fix: 'Walk again, with both values as they are made.',
  }),
  keycloak('authorization', 'scope', 'scopes', {
    says: /Invalid scopes: /,
    means: 'A scope is not one of this realm, or has not been given to this client.',
    causes: [unlistedScope, 'the client scope exists, and is not linked to the client'],
    fix: 'Add it under Client scopes of the client.',
  }),

  gitlab('authorization', 'redirect_uri', 'redirect', {
    says: /redirect URI (is malformed or doesn't match|included is not valid)/i,
    means: 'The redirect_uri is none of those of this application.',
    causes: ['it differs by host, port, path or a slash', 'two of them stand in one line'],
    fix: 'Edit the application: one redirect URI a line.',
  }),
  gitlab('token', 'client', 'unknown-client', {
    says: /Client authentication failed due to unknown client, no client authentication included, or unsupported/,
    means: 'The client was not believed. One text stands for an unknown client, a wrong secret and an unknown method.',
    causes: [paddedSecret, encodedSecret, wrongMethod, 'the secret is wrong, or was renewed since', 'the application belongs to another instance'],
    fix: 'Renew the secret of the application, and copy both values.',
  }),

  dex('authorization', 'redirect_uri', 'redirect', {
    says: /Unregistered redirect_uri/,
    means: 'The redirect_uri is none of those of this client.',
    causes: ['it differs by host, port, path or a slash'],
    fix: 'Add it to redirectURIs of the client in Dex’s configuration.',
  }),
  dex('authorization', 'client', 'client', {
    says: /Invalid client_id\b/,
    means: 'There is no client with this client_id.',
    causes: ['it is misspelt', 'the configuration with the client was not loaded'],
    fix: 'Compare it with id under staticClients in Dex’s configuration.',
  }),
  dex('authorization', 'scope', 'openid-missing', {
    says: /Missing required scope\(s\)/,
    means: 'Dex speaks OpenID Connect alone: openid has to be in the scope.',
    causes: ['--scope was given without openid'],
    fix: '--scope "openid profile"',
  }),
  dex('token', 'redirect_uri', 'token-redirect', {
    says: /redirect_uri did not match URI from initial request/,
    means: 'redirect_uri is not the one of the authorization request.',
    causes: ['it was changed between steps 1 and 5'],
    fix: 'Send the same redirect_uri in both.',
  }),

  hydra('authorization', 'redirect_uri', 'redirect', {
    says: /does not match any of the OAuth 2\.0 Client's pre-registered redirect urls/i,
    means: 'The redirect_uri is none of those of this client.',
    causes: ['it differs by host, path or a slash', 'it differs by its port: only the loopback addresses, not localhost, allow every port'],
    fix: 'Add it to redirect_uris of the client.',
  }),
  hydra('token', 'client', 'auth-method', {
    says: /supports client authentication method '[a-z_]+', but method/,
    means: 'The client is known and registered for another way of authentication. The secret may be right.',
    causes: [wrongMethod, 'token_endpoint_auth_method of the client is another one'],
    fix: 'Walk with the --auth-method that the description names first.',
  }),
  hydra('authorization', 'request', 'state-entropy', {
    says: /ensure sufficient entropy|^invalid_state|insufficient_entropy/,
    means: 'state or nonce is too short: at least eight characters are demanded.',
    causes: ['one of them was given by hand'],
    fix: 'Leave both as they are made.',
  }),

  authentik('authorization', 'redirect_uri', 'redirect', {
    says: /Redirect URI Error|missing, invalid, or mismatching redirection URI/,
    means: 'The redirect_uri fits none of those of this provider.',
    causes: ['it differs by host, port, path or a slash', 'the entry is a regular expression with a dot that is not escaped'],
    fix: 'Edit Redirect URIs of the provider. Its event log shows both, the allowed and the sent one.',
  }),
  authentik('authorization', 'client', 'client', {
    says: /Client ID Error|missing or has an invalid client identifier/,
    means: 'There is no provider with this client_id.',
    causes: ['it is misspelt', 'the application belongs to another instance'],
    fix: 'Copy the Client ID from the provider, not from the application.',
  }),
]

import { encodedSecret, noPkce, paddedSecret, promptNone, unlistedScope, wrongMethod } from '../evidence.ts'
import type { Rule } from '../rule.ts'
import { messagesOf } from './own.ts'

const auth0 = messagesOf('auth0')
const okta = messagesOf('okta')
const cognito = messagesOf('cognito')
const pingone = messagesOf('pingone')
const supabase = messagesOf('supabase')
const loginradius = messagesOf('loginradius')

/** What identity services say in their own words. */
export const identityServiceRules: readonly Rule[] = [
  auth0('authorization', 'redirect_uri', 'callback-mismatch', {
    says: /Callback URL mismatch/i,
    means: 'The redirect_uri is none of the Allowed Callback URLs of this application.',
    causes: ['it differs by host, port, path or a slash', 'it was added to another application', 'the entries of the list are not separated by commas'],
    fix: 'Add it to Allowed Callback URLs, and save.',
  }),
  auth0('authorization', 'client', 'unknown-client', {
    says: /Unknown client: /,
    means: 'There is no application with this client_id in this tenant.',
    causes: ['the application belongs to another tenant or region', 'client_id is misspelt'],
    fix: 'Walk at the Domain that stands beside the Client ID in the application’s settings.',
  }),
  auth0('token', 'client', 'unauthorized', {
    says: /access_denied\W+(error_description\W+)?Unauthorized/,
    means: 'The client was not believed. Auth0 says access_denied where others say invalid_client.',
    causes: [paddedSecret, wrongMethod, encodedSecret, 'the secret is wrong'],
    fix: 'Copy the Client Secret again, and look at the authentication method under Credentials.',
  }),
  auth0('token', 'code', 'invalid-code', {
    says: /Invalid authorization code/,
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already', 'it has expired', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
  auth0('token', 'pkce', 'code-verifier', {
    says: /Failed to verify code verifier/,
    means: 'code_verifier does not belong to the code_challenge of the authorization request.',
    causes: ['one of the two was changed by hand', 'the verifier is that of another walk'],
    fix: 'Walk again, with both values as they are made.',
  }),
  auth0('authorization', 'request', 'service-not-found', {
    says: /Service not found/,
    means: 'audience names an API that is not registered in this tenant.',
    causes: ['the identifier is misspelt: it is compared as a string, slash included'],
    fix: 'Copy the Identifier of the API, or walk without --param audience.',
  }),
  auth0('authorization', 'session', 'loopback-consent', {
    says: /consent_required\W+(error_description\W+)?Consent required/i,
    only: true,
    means: 'Auth0 asks again for every client on a loopback address, because anybody could stand there.',
    causes: [promptNone, 'the redirect_uri is on loopback, so an earlier consent is not enough'],
    fix: 'Walk without prompt=none.',
  }),

  okta('authorization', 'redirect_uri', 'login-redirect-uri', {
    says: /must be a Login redirect URI in the client app settings/,
    means: 'The redirect_uri is none of the Sign-in redirect URIs of this app.',
    causes: ['it differs by host, port, path or a slash', 'it was added to another app, or to the sign-out URIs'],
    fix: 'Add it to Sign-in redirect URIs.',
  }),
  okta('token', 'client', 'invalid-client-id', {
    says: /Invalid value for 'client_id' parameter/,
    means: 'There is no active app with this client_id in this organization.',
    causes: ['the app belongs to another organization, preview or production', 'it is switched off', 'client_id is misspelt'],
    fix: 'Copy the Client ID, and walk at the organization that it belongs to.',
  }),
  okta('token', 'client', 'client-secret', {
    says: /client secret supplied for a confidential client is invalid/,
    means: 'The client is known, and its secret is wrong.',
    causes: [paddedSecret, encodedSecret, 'it was cut off, or replaced by a newer one'],
    fix: 'Copy the client secret again, or make a new one.',
  }),
  okta('token', 'pkce', 'browser-pkce', {
    says: /must use Proof Key for Code Exchange/,
    means: 'The app is one for browsers, which may redeem a code with PKCE alone.',
    causes: [noPkce, 'the app is registered as a single-page app'],
    fix: 'Register a Web application, and walk with --pkce S256.',
  }),
  okta('authorization', 'person', 'not-assigned', {
    says: /User is not assigned to the client application/,
    means: 'This person has not been assigned to the app.',
    causes: ['nobody assigned them, or a group that they are in'],
    fix: 'Assign the person or a group, under Assignments of the app.',
  }),
  okta('authorization', 'person', 'policy', {
    says: /Policy evaluation failed/,
    means: 'The authorization server has no rule that allows this client, this person and these scopes together.',
    causes: ['a custom authorization server without a rule for this client', 'a scope that no rule covers'],
    fix: 'Add a rule under Access Policies of the authorization server.',
  }),
  okta('token', 'code', 'code-invalid', {
    says: /authorization code is invalid or has expired/,
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already', 'it has expired', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),

  cognito('authorization', 'redirect_uri', 'redirect_mismatch', {
    only: true,
    means: 'The redirect_uri is none of the Allowed callback URLs of this app client. Cognito sends the browser to a page of its own.',
    causes: ['127.0.0.1 was sent, and localhost is the one host that it takes over http', 'a slash at the end more or less'],
    fix: 'Add it to Allowed callback URLs of the app client, with localhost for the host.',
  }),
  cognito('token', 'client', 'invalid_client_secret', {
    means: 'The app client is known, and its secret is wrong or missing.',
    causes: [paddedSecret, 'the app client was made without a secret, or with another one'],
    fix: 'Copy the secret from the app client; one without a secret is walked with --auth-method none.',
  }),
  cognito('token', 'client', 'invalid_client', {
    only: true,
    says: /^invalid_client\b/,
    means: 'The client was not believed.',
    causes: [wrongMethod, encodedSecret, 'no secret came for an app client that has one', 'a secret came for an app client that has none', 'the secret is wrong'],
    fix: 'Look whether the app client has a secret. One without is walked with --auth-method none.',
  }),
  cognito('token', 'redirect_uri', 'unauthorized_client', {
    only: true,
    says: /^unauthorized_client\b/,
    means: 'Cognito says so in two cases: the grant is not switched on, or redirect_uri is not the one of the authorization request.',
    causes: ['Authorization code grant is not ticked for the app client', 'redirect_uri was changed between steps 1 and 5'],
    fix: 'Tick Authorization code grant under OAuth grant types of the app client.',
  }),
  cognito('authorization', 'scope', 'invalid_scope', {
    only: true,
    says: /^invalid_(scope|request)\b/,
    means: 'A scope is not ticked for this app client, or does not exist.',
    causes: [unlistedScope, 'the scope is not ticked', 'offline_access was asked for, which Cognito has not'],
    fix: 'Tick the scopes under OpenID Connect scopes of the app client.',
  }),

  pingone('authorization', 'redirect_uri', 'redirect-mismatch', {
    says: /Redirect URI mismatch/i,
    means: 'The redirect_uri fits none of the Redirect URIs of this application.',
    causes: ['it differs by host, port, path or a slash', 'the pattern that was registered does not cover it'],
    fix: 'Add it to Redirect URIs, under Configuration.',
  }),

  supabase('authorization', 'redirect_uri', 'redirect', {
    says: /invalid redirect_uri/,
    only: true,
    means: 'The redirect_uri is not registered. The port counts, on loopback too.',
    causes: ['it differs from the registered one, perhaps by its port'],
    fix: 'Register exactly the redirect_uri that was sent.',
  }),
  supabase('authorization', 'pkce', 'pkce', {
    says: /PKCE flow requires both code_challenge and code_challenge_method/,
    means: 'PKCE is not optional here.',
    causes: [noPkce, 'code_challenge or its method was taken out by hand'],
    fix: 'Walk with --pkce S256.',
  }),

  loginradius('token', 'code', '2005', {
    says: /(^|ErrorCode\W+)2005\b/,
    only: true,
    means: 'The code has expired.',
    causes: ['too much time passed between steps 4 and 5'],
    fix: 'Walk again, without a pause.',
  }),
  loginradius('token', 'redirect_uri', '2006', {
    says: /(^|ErrorCode\W+)2006\b/,
    only: true,
    means: 'redirect_uri is not the one that the code was issued for.',
    causes: ['it was changed between steps 1 and 5'],
    fix: 'Send the same redirect_uri in both.',
  }),
  loginradius('token', 'code', '2007', {
    says: /(^|ErrorCode\W+)2007\b/,
    only: true,
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
  loginradius('token', 'client', '2009', {
    says: /(^|ErrorCode\W+)(2009|901|902|920|921)\b/,
    only: true,
    means: 'The API key or the secret of the app is wrong.',
    causes: [paddedSecret, 'key and secret belong to two apps'],
    fix: 'Copy both from the app’s API credentials.',
  }),
]

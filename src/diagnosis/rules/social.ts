import { encodedSecret, paddedSecret, unlistedScope, wrongMethod } from '../evidence.ts'
import type { Cause, Rule } from '../rule.ts'
import { messagesOf } from './own.ts'

const google = messagesOf('google')
const apple = messagesOf('apple')
const facebook = messagesOf('facebook')
const github = messagesOf('github')
const linkedin = messagesOf('linkedin')
const discord = messagesOf('discord')
const x = messagesOf('x')
const twitch = messagesOf('twitch')
const line = messagesOf('line')

const offlineAccess: Cause = {
  says: 'offline_access was asked for, which Google has not',
  seen: ({ settings }) =>
    settings?.scope.split(' ').includes('offline_access') ? { evidence: 'it is in the scope', fix: 'Leave it out, and add --param access_type=offline --prompt consent.' } : undefined,
}

const pkceSent: Cause = {
  says: 'PKCE was sent to an app without it',
  seen: ({ settings }) => (settings && settings.pkce !== 'none' ? { evidence: `this walk uses ${settings.pkce}`, fix: '--pkce none, at this provider alone' } : undefined),
}

/** What providers of social logins say in their own words. */
export const socialRules: readonly Rule[] = [
  google('authorization', 'redirect_uri', 'redirect_uri_mismatch', {
    only: true,
    means: 'The redirect_uri is none of the Authorized redirect URIs of this client.',
    causes: ['it differs by scheme, port, host or a slash: 127.0.0.1 and localhost are two entries', 'another client or another project was edited', 'the change has not arrived yet: it may take minutes, rarely hours'],
    fix: 'Add it to Authorized redirect URIs of the client, of the type Web application.',
  }),
  google('token', 'client', 'client-not-found', {
    says: /The OAuth client was not found|OAuth client was deleted/,
    means: 'There is no client with this client_id.',
    causes: ['it was copied with something more or less', 'it was deleted'],
    fix: 'Copy the Client ID again, with .apps.googleusercontent.com at its end.',
  }),
  google('token', 'client', 'client-secret', {
    says: /provided client secret is invalid|invalid_client\W+(error_description\W+)?Unauthorized/,
    means: 'The client is known, and its secret is wrong.',
    causes: [paddedSecret, encodedSecret, 'it is the secret of another client', 'it was switched off'],
    fix: 'Make a new secret for this client, and copy it at once.',
  }),
  google('token', 'code', 'malformed-code', {
    says: /Malformed auth code/,
    means: 'The client was believed, and the code is none.',
    causes: ['it is still percent-encoded (4%2F0…), or was cut off', 'it was made up, as doctor does'],
    fix: 'Redeem a fresh code, as it came.',
  }),
  google('token', 'code', 'bad-request', {
    says: /invalid_grant\W+(error_description\W+)?Bad Request/,
    means: 'The code or the refresh token can’t be used any more.',
    causes: ['it was used already, or redirect_uri differs from step 1', 'a refresh token of an app in Testing dies after seven days', 'the person took the access back'],
    fix: 'Walk again; publish the app for refresh tokens that live longer.',
  }),
  google('authorization', 'person', 'access_denied-403', {
    says: /Error 403: access_denied|admin_policy_enforced/,
    means: 'The app is in Testing and this account is no test user, or an administrator has blocked it.',
    causes: ['the account is not in the list of test users', 'a rule of the Workspace blocks the app'],
    fix: 'Add the account to Test users, under Audience, or publish the app.',
  }),
  google('authorization', 'person', 'org_internal', {
    means: 'The app is for one organization, and the account is outside.',
    causes: ['the audience of the app is Internal'],
    fix: 'Log in with an account of the organization, or make the audience External.',
  }),
  google('authorization', 'person', 'disallowed_useragent', {
    means: 'Google shows no login inside another app.',
    causes: ['the URL was opened in the browser view of an app'],
    fix: 'Open it in a real browser.',
  }),
  google('authorization', 'scope', 'invalid_scope', {
    says: /Error 400: invalid_scope|invalid_scope\b.*offline_access/,
    means: 'Google does not know one of the scopes.',
    causes: [offlineAccess, unlistedScope, 'a scope is misspelt'],
    fix: 'Walk with --scope "openid email", then add one scope at a time.',
  }),

  apple('token', 'client', 'invalid_client', {
    says: /^invalid_client\b/,
    only: true,
    means: 'The secret, a JWT that you sign yourself, was not accepted.',
    causes: ['it has expired: six months are the most', 'its sub is the App ID, not the Services ID', 'kid or iss (the Team ID) is wrong', 'its aud is not https://appleid.apple.com'],
    fix: 'Sign a new secret with the .p8 key, and look at each of its claims.',
  }),
  apple('authorization', 'redirect_uri', 'redirect', {
    says: /Invalid web redirect url|invalid redirect url/i,
    means: 'The redirect_uri is none of the Return URLs of the Services ID. Apple takes no loopback address and no http.',
    causes: ['it is on this machine', 'it was not added to the Services ID'],
    fix: 'Register an https address of a domain, and let it lead here.',
  }),
  apple('authorization', 'request', 'response-mode', {
    says: /Invalid response mode|response_mode must be form_post/i,
    means: 'With name or email in the scope, the answer has to come as a form.',
    causes: ['response_mode=form_post was not sent'],
    fix: '--provider apple, or --param response_mode=form_post',
  }),

  facebook('authorization', 'redirect_uri', 'domain', {
    says: /domain of this URL isn[’']t included in the app[’']s domains/,
    means: 'The host of redirect_uri is not allowed for this app.',
    causes: ['127.0.0.1 was sent: only localhost works, and only in Development mode', 'App Domains is empty, or Facebook Login is not set up'],
    fix: 'Walk with --redirect-uri http://localhost:8765/callback, with the app in Development mode.',
  }),
  facebook('authorization', 'redirect_uri', 'url-blocked', {
    says: /URL Blocked/,
    means: 'The redirect_uri is none of the Valid OAuth Redirect URIs.',
    causes: ['it is not in the list', 'Client OAuth Login or Web OAuth Login is off'],
    fix: 'Add it to Valid OAuth Redirect URIs, and switch both on.',
  }),
  facebook('token', 'redirect_uri', 'verification-code', {
    says: /Error validating verification code/,
    means: 'Meta says that redirect_uri differs between steps 1 and 5. It may say the same to a wrong secret.',
    causes: ['redirect_uri was changed between the two', 'the app secret was cut off'],
    fix: 'Send the same redirect_uri in both, and count the characters of the secret: 32.',
  }),
  facebook('token', 'client', 'client-secret', {
    says: /Error validating client secret/,
    means: 'The app secret is wrong.',
    causes: [paddedSecret, 'it was reset since'],
    fix: 'Copy it from App settings, Basic.',
  }),

  github('token', 'code', 'bad_verification_code', {
    means: 'The client was believed, and the code was not accepted. GitHub answers so with status 200.',
    causes: ['it has been used already', 'it is older than ten minutes', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
  github('token', 'client', 'incorrect_client_credentials', {
    means: 'client_id or client_secret is wrong. GitHub answers so with status 200.',
    causes: [paddedSecret, 'the secret belongs to another app', 'it was deleted since'],
    fix: 'Generate a new client secret in the app’s settings.',
  }),
  github('authorization', 'redirect_uri', 'redirect_uri_mismatch', {
    says: /redirect_uri MUST match the registered callback URL/i,
    means: 'The redirect_uri does not lie under the registered callback URL. GitHub sends this error to the registered one.',
    causes: ['host or path differ; on loopback the port alone may'],
    fix: 'Change Authorization callback URL of the app.',
  }),
  github('authorization', 'client', 'application_suspended', {
    means: 'GitHub has suspended the app.',
    causes: ['somebody reported it'],
    fix: 'Write to GitHub’s support.',
  }),
  github('token', 'person', 'unverified_user_email', {
    means: 'The person has not confirmed a primary e-mail address.',
    causes: ['the account is new'],
    fix: 'Confirm the address at GitHub, or log in as somebody else.',
  }),
  github('authorization', 'server', 'unexpected-iss', {
    says: /issuer must be configured on the issuer|unexpected "iss"/,
    means: 'GitHub names itself in the response (iss), and a client that knows no issuer stumbles over it.',
    causes: ['the endpoints were given by hand, without an issuer'],
    fix: 'Expect https://github.com/login/oauth.',
  }),

  linkedin('authorization', 'redirect_uri', 'redirect', {
    says: /redirect_uri does not match the registered value/,
    means: 'The redirect_uri is none of the Authorized redirect URLs of this app.',
    causes: ['it differs by host, port, path or a slash'],
    fix: 'Add it on the tab Auth.',
  }),
  linkedin('token', 'code', 'catch-all', {
    says: /appid\/redirect uri\/code verifier does not match/i,
    means: 'One text for everything: the code was used or has expired, redirect_uri differs, or PKCE does not fit the app.',
    causes: [pkceSent, 'the code has been used already or has expired', 'redirect_uri was changed between steps 1 and 5'],
    fix: 'Walk again, and change one thing at a time.',
  }),
  linkedin('authorization', 'scope', 'unauthorized_scope_error', {
    means: 'A scope belongs to a product that this app has not.',
    causes: ['Sign In with LinkedIn using OpenID Connect was not added'],
    fix: 'Add it on the tab Products.',
  }),
  linkedin('authorization', 'person', 'user_cancelled', {
    says: /user_cancelled_(login|authorize)/,
    means: 'The person went back without agreeing.',
    causes: ['Cancel was pressed'],
    fix: 'Walk again and agree.',
  }),

  discord('authorization', 'redirect_uri', 'redirect', {
    says: /Invalid OAuth2 redirect_uri/,
    means: 'The redirect_uri is none of the Redirects of this application.',
    causes: ['it differs by host, port, path or a slash', 'it was typed in and not saved'],
    fix: 'Add it under OAuth2, Redirects, and save.',
  }),
  discord('token', 'code', 'code', {
    says: /Invalid \\?"code\\?" in request/,
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already or has expired', 'redirect_uri differs from step 1', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),

  x('token', 'code', 'code', {
    says: /Value passed for the authorization code was invalid/,
    means: 'The client was believed, and the code was not accepted. X calls it invalid_request.',
    causes: ['it is older than 30 seconds', 'it has been used already', 'code_verifier does not belong to it', 'it was made up, as doctor does'],
    fix: 'Walk again, without a pause.',
  }),
  x('token', 'client', 'authorization-header', {
    says: /Missing valid authorization header/,
    means: 'A confidential client has to authenticate in the header, and this was missing or wrong.',
    causes: [wrongMethod, 'the secret is wrong', 'it was sent in the body'],
    fix: '--auth-method client_secret_basic',
  }),

  twitch('authorization', 'redirect_uri', 'redirect', {
    says: /Parameter redirect_uri does not match registered URI/,
    means: 'The redirect_uri is none of the OAuth Redirect URLs of this application, or differs between steps 1 and 5.',
    causes: ['it differs by host, port, path or a slash'],
    fix: 'Add it in the developer console, under Manage.',
  }),

  line('authorization', 'redirect_uri', 'redirect', {
    says: /Invalid redirect_uri value/,
    means: 'The redirect_uri is none of the Callback URLs of this channel.',
    causes: ['it differs by host, port, path or a slash', 'another channel was edited'],
    fix: 'Add it on the tab LINE Login of the channel.',
  }),
]

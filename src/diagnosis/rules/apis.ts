import { paddedSecret } from '../evidence.ts'
import type { Rule } from '../rule.ts'
import { messagesOf } from './own.ts'

const slack = messagesOf('slack')
const salesforce = messagesOf('salesforce')
const spotify = messagesOf('spotify')
const hubspot = messagesOf('hubspot')
const zoom = messagesOf('zoom')
const atlassian = messagesOf('atlassian')
const dropbox = messagesOf('dropbox')

/** What providers of APIs say in their own words. */
export const apiRules: readonly Rule[] = [
  slack('token', 'redirect_uri', 'bad_redirect_uri', {
    means: 'redirect_uri is not registered, or is not the one of step 1. Slack answers so with status 200.',
    causes: ['it is http: Slack takes https alone', 'it was changed between steps 1 and 5'],
    fix: 'Register an https address under OAuth & Permissions.',
  }),
  slack('token', 'client', 'bad_client_secret', {
    says: /\bbad_client_secret\b|^invalid_client_id: $/,
    means: 'client_id or client_secret is wrong. Slack answers so with status 200.',
    causes: [paddedSecret, 'the two belong to different apps', 'the secret was made anew since'],
    fix: 'Copy both from Basic Information, App Credentials.',
  }),
  slack('token', 'code', 'invalid_code', {
    says: /\b(invalid_code|code_already_used)\b/,
    means: 'The client was believed, and the code was not accepted. Slack answers so with status 200.',
    causes: ['it has been used already', 'it is older than ten minutes', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
  slack('token', 'request', 'ok-false', {
    says: /"ok"\s*:\s*false/,
    means: 'Slack reports a failure in the body, with status 200.',
    causes: ['the member error beside it says which'],
    fix: 'authwalk explain, with the word in error.',
  }),

  salesforce('authorization', 'redirect_uri', 'redirect', {
    says: /redirect_uri must match configuration/,
    means: 'The redirect_uri is none of the Callback URLs of this app.',
    causes: ['it differs by host, port, path or a slash', 'it was saved a moment ago: ten minutes may pass', 'the app belongs to another organization'],
    fix: 'Add it to Callback URL, in the OAuth settings of the app.',
  }),
  salesforce('token', 'client', 'client-id', {
    says: /client identifier invalid/,
    means: 'There is no app with this consumer key on this host.',
    causes: ['login, test and My Domain are different hosts', 'the app is new: ten minutes may pass'],
    fix: 'Walk at the My Domain host of the organization.',
  }),
  salesforce('token', 'person', 'policy', {
    says: /ip restricted|hasn[’']t approved this consumer/,
    means: 'A rule of the app forbids it: by the address that you come from, or because an administrator has to agree first.',
    causes: ['IP Relaxation is strict', 'users have to be approved beforehand'],
    fix: 'Change the OAuth policies of the app; Login History names the reason.',
  }),

  spotify('authorization', 'redirect_uri', 'redirect', {
    says: /Invalid redirect URI/,
    only: true,
    means: 'The redirect_uri is none of those of this app. Spotify calls it INVALID_CLIENT.',
    causes: ['it differs by host, port, path or a slash'],
    fix: 'Add it in the app’s Settings on the dashboard, and save.',
  }),
  spotify('authorization', 'redirect_uri', 'insecure-redirect', {
    says: /Insecure redirect URI/,
    means: 'Spotify takes http for 127.0.0.1 and [::1] alone. Also localhost is refused.',
    causes: ['localhost was sent, or an address of the local network'],
    fix: 'Register http://127.0.0.1:8765/callback, and walk with it.',
  }),

  hubspot('token', 'code', 'BAD_AUTH_CODE', {
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already or has expired', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
  hubspot('token', 'client', 'BAD_CLIENT_ID', {
    says: /\bBAD_CLIENT_(ID|SECRET)\b/,
    means: 'client_id or client_secret is wrong: the word says which.',
    causes: [paddedSecret, 'the two belong to different apps'],
    fix: 'Copy both from the tab Auth of the app.',
  }),
  hubspot('token', 'redirect_uri', 'BAD_REDIRECT_URI', {
    means: 'redirect_uri is not the one of step 1.',
    causes: ['it was changed between steps 1 and 5'],
    fix: 'Send the same redirect_uri in both.',
  }),

  zoom('authorization', 'redirect_uri', '4700', {
    says: /\(4,700\)|Invalid redirect url/,
    only: true,
    means: 'The redirect_uri is not allowed for this app.',
    causes: ['it stands in one of the two lists and not in the other', 'it is http'],
    fix: 'Add it to OAuth Redirect URL and to OAuth Allow Lists.',
  }),

  atlassian('authorization', 'redirect_uri', 'redirect', {
    says: /redirect_uri is not registered for client/,
    means: 'The redirect_uri is not the Callback URL of this app.',
    causes: ['it differs by host, port, path or a slash'],
    fix: 'Change it under Authorization, OAuth 2.0 (3LO).',
  }),

  dropbox('token', 'code', 'code', {
    says: /code doesn[’']t exist or has expired/,
    means: 'The client was believed, and the code was not accepted.',
    causes: ['it has been used already or has expired', 'it was made up, as doctor does'],
    fix: 'Walk again: each code works once.',
  }),
]

import type { Json } from '../../../src/events.ts'
import { refused } from '../honest.ts'
import { type Facts, members, PAINT, rewritten, says, type Turn } from '../knob.ts'
import { type Expectation, rarely, type Row } from '../row.ts'

function answer(id: string, words: string, turn: Turn, expect: Expectation, more: Partial<Row> = {}): Row {
  return { id, says: words, knob: { 'token-response': turn }, expect, ...more }
}

function member(id: string, name: string, value: Json | undefined, expect: Expectation, more: Partial<Row> = {}): Row {
  return answer(id, `${name} is ${JSON.stringify(value)?.slice(0, 60)}`, members(() => ({ [name]: value })), expect, more)
}

/** An error that says back what it was sent. */
function echo(words: string, spell: (value: string) => string, more: Partial<Row> = {}): Row {
  return answer('K-26', `the error repeats secret, code and verifier: ${words}`, (_, facts) => refused('invalid_grant', secretsOf(facts).map(spell).join(' and ')), {
    exit: 3, shows: ['invalid_grant'],
  }, more)
}

function secretsOf({ canaries: { secret, code }, redeemed }: Facts): string[] {
  return [secret, code, redeemed.get('code_verifier') ?? '']
}

/** A text of this length, and then a secret: whoever cuts it there cuts through the secret. */
const filled = (length: number, value: string) => `${'x'.repeat(length)} ${value}`

const codes = ['use_dpop_nonce', 'invalid_dpop_proof', 'invalid_target', 'invalid_authorization_details', 'a_code_of_our_own', 'constructor', '__proto__']
const noObject: readonly [says: string, body: string, status?: number][] = [
  ['nothing', ''], ['null', 'null'], ['a list', '[]'], ['a string', '"x"'], ['something behind it', '{} {}'], ['NaN', '{"expires_in":NaN}'], ['nothing, as it says', '', 204],
]

export const tokenResponseRows: readonly Row[] = [
  ...[7, '', 'a b', `a${PAINT}b`, 'a\r\nX-Injected: 1', 'tökén', null, {}].map((value, index) =>
    member('K-02', 'access_token', value, { exit: 5, check: 'token-response-access-token-syntax' }, index === 3 ? { everyMode: true } : rarely(index > 4))),
  member('K-03', 'token_type', undefined, { exit: 5, check: 'token-response-token-type-missing' }),
  ...['mac', 'N_A', {}, 7].map((value, index) => member('K-05', 'token_type', value, { exit: 4, check: 'token-response-token-type' }, rarely(index > 0))),
  member('K-06', 'token_type', 'DPoP', { exit: 4, check: 'token-response-token-type' }),
  member('K-06', 'token_type', 'bEARER', { exit: 0 }),
  ...['3600', -1, 1.5, null, 1e18, [3600]].map((value, index) => member('K-08', 'expires_in', value, { exit: 0, warns: ['token-response-expires-in'] }, rarely(index > 1))),
  answer('K-08', 'expires_in is 1e999', rewritten('3600', '1e999'), { exit: 0, warns: ['token-response-expires-in'] }),
  member('K-08', 'expires_in', undefined, { exit: 0 }),
  member('K-09', 'scope', undefined, { exit: 0 }),
  member('K-09', 'scope', 'openid', { exit: 0, warns: ['token-response-scope'] }),
  member('K-09', 'scope', 'openid profile admin', { exit: 0, warns: ['token-response-scope'] }),
  member('K-09', 'scope', 'profile openid', { exit: 0 }),
  member('K-09', 'scope', ['openid'], { exit: 5, check: 'token-response-scope-syntax' }),
  ...[null, {}, '', 7].map((value, index) => member('K-11', 'id_token', value, { exit: 4, check: 'token-response-id-token' }, rarely(index > 1))),
  member('K-11', 'id_token', 'x'.repeat(20_000), { exit: 4, check: 'id-token-jwt' }),
  ...[7, {}].map((value) => member('K-12', 'refresh_token', value, { exit: 5, check: 'token-response-refresh-token' })),
  member('K-12', 'refresh_token', undefined, { exit: 0 }),
  ...codes.map((code, index) => answer('K-14', `the error ${code}`, () => refused(code, 'no'), { exit: 3, shows: [code] }, rarely(index % 3 > 0))),
  answer('K-15', 'an error with status 200', () => refused('bad_verification_code', 'The code passed is incorrect or expired.', 200), { exit: 3, shows: ['bad_verification_code'] }),
  answer('K-17', 'an error that is form-encoded', says('error=bad_verification_code&error_description=expired', { 'content-type': 'application/x-www-form-urlencoded' }), { exit: 3, shows: ['bad_verification_code'] }),
  answer('K-17', 'a form with a name twice', says('error=a&error=b', { 'content-type': 'application/x-www-form-urlencoded' }), { exit: 5, check: 'token-response-duplicate' }),
  answer('K-17', 'a form with broken percent-encoding', says('error=x&error_description=%E0%A4%A', { 'content-type': 'application/x-www-form-urlencoded' }), { exit: 3 }),
  answer('K-18', 'Slack says no', says({ ok: false, error: 'invalid_code' }), { exit: 3, shows: ['invalid_code'] }),
  answer('K-18', 'the token lies deeper, where Slack puts it', says({ ok: true, authed_user: { access_token: 'xoxp', token_type: 'user' } }), { exit: 5, check: 'token-response-access-token-syntax' }),
  answer('K-20', 'a token and an error', members(() => ({ error: 'invalid_grant' })), { exit: 4, check: 'token-response-ambiguous' }),
  answer('K-20', 'a token and an error, with status 400', (honest, facts) => ({ ...members(() => ({ error: 'invalid_grant' }))(honest, facts), status: 400 }), { exit: 4, check: 'token-response-ambiguous' }),
  ...['text/html', 'text/plain', ''].map((type) => answer('K-21', `JSON under the label “${type}”`, (honest) => ({ ...honest, headers: { ...honest.headers, 'content-type': type } }), {
    exit: 0, warns: ['token-response-content-type'],
  })),
  ...noObject.map(([words, text, status], index) => answer('K-23', `the body is ${words}`, says(text, {}, status), { exit: 5, check: 'token-response-json' }, rarely(index % 2 === 1))),
  answer('K-24', 'a syntax error next to the tokens', rewritten(',"token_type"', ' "token_type"'), { exit: 5, check: 'token-response-json' }, { everyMode: true }),
  answer('K-24', 'a body that breaks off inside a token', (honest) => ({ ...honest, body: JSON.stringify(honest.body).slice(0, 40) }), { exit: 5, check: 'token-response-json' }),
  answer('K-24', 'a syntax error, and a token at the end of what is shown of it', (_, { canaries }) =>
    ({ status: 200, headers: { 'content-type': 'application/json' }, body: `{"x":"${'y'.repeat(170)}","access_token":"${canaries.accessToken}" "` }), { exit: 5, check: 'token-response-json' }),
  answer('K-25', 'access_token twice', rewritten('{', '{"access_token":"first",'), { exit: 5, check: 'json-duplicate', shows: ['access_token'] }),
  echo('as they are', (value) => value, { everyMode: true }),
  echo('percent-encoded', encodeURIComponent),
  echo('form-encoded', (value) => new URLSearchParams([['v', value]]).toString()),
  echo('base64', (value) => Buffer.from(`hostile-client:${value}`).toString('base64')),
  echo('base64url', (value) => Buffer.from(value).toString('base64url')),
  echo('hex', (value) => Buffer.from(value).toString('hex')),
  echo('upper-case hex', (value) => Buffer.from(value).toString('hex').toUpperCase()),
  echo('as JSON in JSON', (value) => JSON.stringify({ value })),
  ...[900, 990, 1000, 1010].map((length) => echo(`behind ${length} other characters`, (value) => filled(length, value), rarely(length !== 1000))),
  answer('K-26', 'the error code itself is the secret', (_, { canaries }) => refused(canaries.secret, ''), { exit: 3 }),
  answer('K-26', 'a page with status 500 repeats them', (_, facts) => says(`<p>${secretsOf(facts).join('</p><p>')}</p>`, { 'content-type': 'text/html' }, 500)({ status: 500, headers: {}, body: {} }, facts), { exit: 5, check: 'token-response-status' }),
  answer('K-26', 'a page with status 400 repeats them, where it is cut', (_, facts) => says(filled(185, secretsOf(facts)[2] ?? ''), { 'content-type': 'text/html' }, 400)({ status: 400, headers: {}, body: {} }, facts), { exit: 5, check: 'token-response-json' }),
  answer('K-26', 'a header repeats them', (_, facts) => ({ ...refused('invalid_grant', 'no'), headers: { 'content-type': 'application/json', 'x-debug': secretsOf(facts).map(encodeURIComponent).join(',') } }), { exit: 3 }),
  answer('K-27', 'error_description of half a megabyte', () => refused('invalid_grant', 'no '.repeat(170_000)), { exit: 3, shows: ['invalid_grant'] }),
  answer('K-27', 'error_description paints', () => refused('invalid_grant', PAINT), { exit: 3, shows: ['pwned'] }, { everyMode: true }),
  answer('K-29', 'a secret with : % + & and é is form-encoded in the Basic header', (honest) => honest, { exit: 0 }),
  answer('K-29', 'invalid_client', () => refused('invalid_client', 'unknown', 401), { exit: 3, shows: ['invalid_client', '--auth-method'] }),
  answer('K-30', 'the server wants client_secret_post, and says so with invalid_client', (honest, { redeemed }) => (redeemed.has('client_secret') ? honest : refused('invalid_client', 'use client_secret_post', 401)), {
    exit: 3, shows: ['--auth-method'],
  }),
  answer('K-30', 'the server wants client_secret_post, and gets it', (honest, { redeemed }) => (redeemed.has('client_secret') ? honest : refused('invalid_client', 'use client_secret_post', 401)), {
    exit: 0,
  }, { args: ['--auth-method', 'client_secret_post'] }),
  {
    id: 'K-30',
    says: 'client_secret_post alone is listed, and taken by itself',
    knob: { metadata: members(() => ({ token_endpoint_auth_methods_supported: ['client_secret_post'] })), 'token-response': (honest, { redeemed }) => (redeemed.has('client_secret') ? honest : refused('invalid_client', 'no')) },
    expect: { exit: 0 },
  },
  answer('K-32', 'redirect_uri is compared with that of the authorization request', (honest, { redeemed, asked }) => (redeemed.get('redirect_uri') === asked.get('redirect_uri') ? honest : refused('invalid_grant', 'no')), { exit: 0 }),
  answer('K-32', 'proxies are not told to keep no copy', (honest) => ({ ...honest, headers: { 'content-type': 'application/json' } }), { exit: 0, warns: ['token-response-cache-control'] }),
]

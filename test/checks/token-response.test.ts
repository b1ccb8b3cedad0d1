import { tokenResponseChecks, type TokenResponseInput } from '../../src/checks/token-response.ts'
import type { JsonObject } from '../../src/events.ts'
import { proveTable, type Row } from './table.ts'

const GOOD: JsonObject = { access_token: 'abc', token_type: 'Bearer', expires_in: 3600, id_token: 'a.b.c' }
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }

function row(says: string, expected: string[], changes: JsonObject, headers: Record<string, string> = {}, scope = 'openid'): Row<TokenResponseInput> {
  const members = Object.fromEntries(Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== 'absent'))
  return [says, expected, { members, scope, headers: Object.entries({ ...HEADERS, ...headers }).map(([name, value]) => ({ name, value })) }]
}

proveTable('token-response', tokenResponseChecks, [
  row('the plain case', [], {}),
  row('a label of text/html', ['token-response-content-type'], {}, { 'content-type': 'text/html' }),
  row('no label', ['token-response-content-type'], {}, { 'content-type': '' }),
  row('no Cache-Control', ['token-response-cache-control'], {}, { 'cache-control': 'private' }),
  ['no header at all', ['token-response-content-type', 'token-response-cache-control'], { members: GOOD, scope: 'openid', headers: [] }],
  row('white space around the label', [], {}, { 'content-type': ' application/json ; charset=utf-8' }),
  row('an error alone', ['token-response-access-token-syntax'], { access_token: 'absent', error: 'invalid_grant' }),
  row('expires_in 0', [], { expires_in: 0 }),
  row('a refresh token', [], { refresh_token: 'a b' }),
  ...['a\nb', '\nab', 'ab\n', ''].map((value) => row(`refresh_token ${JSON.stringify(value)}`, ['token-response-refresh-token'], { refresh_token: value })),
  row('an empty ID Token', ['token-response-id-token'], { id_token: '' }),
  row('scope with spaces to spare, and a word twice', [], { scope: ' profile  openid openid ' }, {}, 'openid profile'),
  row('the letters of the scope in other words', ['token-response-scope'], { scope: 'openid ab c' }, {}, 'openid a bc'),
  row('a token and an error', ['token-response-ambiguous'], { error: 'invalid_grant' }),
  ...[7, '', 'a b', 'a\nb', 'é', null, 'absent', {}].map((value) => row(`access_token ${JSON.stringify(value)}`, ['token-response-access-token-syntax'], { access_token: value })),
  row('token_type missing', ['token-response-token-type-missing'], { token_type: 'absent' }),
  ...['mac', 'N_A', 'DPoP', 'access_token', {}].map((value) => row(`token_type ${JSON.stringify(value)}`, ['token-response-token-type'], { token_type: value })),
  row('token_type in another case', [], { token_type: 'bEARER' }),
  ...['3600', -1, 1.5, null, 1e30].map((value) => row(`expires_in ${JSON.stringify(value)}`, ['token-response-expires-in'], { expires_in: value })),
  row('expires_in missing', [], { expires_in: 'absent' }),
  row('scope as a list', ['token-response-scope-syntax'], { scope: ['openid'] }),
  row('scope narrower', ['token-response-scope'], { scope: 'openid' }, {}, 'openid profile'),
  row('scope wider', ['token-response-scope'], { scope: 'openid admin' }),
  row('scope in another order', [], { scope: 'profile openid' }, {}, 'openid profile'),
  row('refresh_token a number', ['token-response-refresh-token'], { refresh_token: 7 }),
  row('no ID Token', ['token-response-id-token'], { id_token: 'absent' }),
  row('an ID Token that is null', ['token-response-id-token'], { id_token: null }),
  row('no ID Token, none asked for', [], { id_token: 'absent' }, {}, 'profile'),
])

import { gzipSync } from 'node:zlib'
import type { Json, JsonObject } from '../../../src/events.ts'
import { body } from '../../../src/practice/lies/lie.ts'
import { pem } from '../../io/servers.ts'
import { bytes, drip, type Facts, flood, JSON_HEAD, lie, members, PAINT, preceded, redirect, rewritten, says } from '../knob.ts'
import { type Expectation, rarely, type Row } from '../row.ts'

/** One member of the document changed, and what follows. */
function member(id: string, words: string, patch: (facts: Facts) => Record<string, Json | undefined>, expect: Expectation, more: Partial<Row> = {}): Row {
  return { id, says: words, knob: { metadata: members(patch) }, expect, ...more }
}

const issuerNames: readonly [id: string, says: string, change: (issuer: string) => string][] = [
  ['D-01', 'the issuer has INVALID behind it', (issuer) => `${issuer}INVALID`],
  ['D-02', 'the issuer has a slash more', (issuer) => `${issuer}/`],
  ['D-03', 'the issuer in another case', (issuer) => issuer.replace('http', 'HTTP')],
  ['D-03', 'the issuer with a dot behind its host', (issuer) => issuer.replace('127.0.0.1', '127.0.0.1.')],
  ['D-03', 'the issuer in another spelling of its host', (issuer) => issuer.replace('127.0.0.1', '127.1')],
  ['D-03', 'the issuer percent-encoded', (issuer) => issuer.replace('/tenant', '/%74enant')],
  ['D-03', 'the issuer with white space', (issuer) => `${issuer} `],
]

const notIssuers: readonly Json[] = [null, 7, [], ['http://127.0.0.1'], '', {}]

const notUrls: readonly (Json | undefined)[] = [undefined, 7, null, '', '/authorize', 'as.example/authorize', []]

const schemes = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', '\tjava\nscript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd',
  'vscode://x', 'ms-msdt:/id', 'search-ms:query=x', 'smb://evil.example/x', 'blob:https://evil.example/x', 'ws://127.0.0.1/',
]

const privatePlaces = [
  'https://127.0.0.1/', 'https://localhost/', 'https://169.254.169.254/', 'https://10.0.0.1/', 'https://[::ffff:127.0.0.1]/', 'https://0x7f.1/',
  'https://2130706433/', 'https://[::1]/', 'http://127.0.0.1:1/',
]

/** A public server, as far as its document goes. Nobody may ask it: there is no network in these tests. */
function publicDocument(patch: JsonObject): JsonObject {
  return {
    issuer: 'https://as.example',
    authorization_endpoint: 'https://as.example/authorize',
    token_endpoint: 'https://as.example/token',
    jwks_uri: 'https://as.example/jwks',
    userinfo_endpoint: 'https://as.example/userinfo',
    ...patch,
  }
}

const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024))
const crooked = "/authorize/a$(calc)`id`'\";&\u2018\u2019\n|x%0a"

export const discoveryRows: readonly Row[] = [
  ...issuerNames.map(([id, words, change], index) => member(id, words, ({ issuer }) => ({ issuer: change(issuer) }), {
    exit: 4,
    check: 'metadata-issuer',
    neverSent: ['authorize'],
  }, { issuerPath: '/tenant', ...(index === 0 ? { everyMode: true } : {}) })),
  member('D-03', 'and the very same issuer', ({ issuer }) => ({ issuer }), { exit: 0 }, { issuerPath: '/tenant' }),
  ...notIssuers.map((value, index) => member('D-04', `the issuer is ${JSON.stringify(value)}`, () => ({ issuer: value }), {
    exit: 5, check: 'metadata-issuer-type',
  }, rarely(index > 0))),
  { id: 'D-04', says: 'there is no issuer', knob: lie('metadata-issuer-type'), expect: { exit: 5, check: 'metadata-issuer-type' } },
  { id: 'D-05', says: 'an issuer with a query is typed', typed: ({ issuer }) => `${issuer}?x=1`, expect: { exit: 2, shows: ['127.0.0.1'] } },
  { id: 'D-05', says: 'an issuer with a fragment is typed', typed: ({ issuer }) => `${issuer}#x`, expect: { exit: 2 } },
  {
    id: 'D-05',
    says: 'an issuer with a user name is typed, and the host is another',
    typed: ({ issuer }) => issuer.replace('//', '//accounts.example.com@'),
    expect: { exit: 2, shows: [/this one is 127\.0\.0\.1/] },
    everyMode: true,
  },
  member('D-07', 'the issuer is a template', ({ origin }) => ({ issuer: `${origin}/{tenantid}/v2.0` }), {
    exit: 4, check: 'metadata-issuer', shows: ['your own tenant'],
  }, { issuerPath: '/common/v2.0' }),
  {
    id: 'D-08',
    says: 'the document is at the place of RFC 8414 alone',
    issuerPath: '/tenant',
    knob: { metadata: (answer, { time }) => (time === 1 ? { status: 404, headers: {}, body: '' } : answer) },
    expect: { exit: 0, requests: ['metadata', 'metadata', 'jwks', 'userinfo', 'token', 'userinfo'] },
  },
  {
    id: 'D-08',
    says: 'and it names another issuer there',
    issuerPath: '/tenant',
    knob: { metadata: (answer, facts) => (facts.time === 1 ? { status: 404, headers: {}, body: '' } : body(() => ({ issuer: facts.origin }))(answer, facts)) },
    expect: { exit: 4, check: 'metadata-issuer', requests: ['metadata', 'metadata'] },
  },
  { id: 'D-08', says: 'the document is nowhere', knob: { metadata: says('', {}, 404) }, expect: { exit: 5, check: 'metadata-status', requests: ['metadata', 'metadata'] } },
  {
    id: 'D-10',
    says: 'a login page of the network answers',
    knob: { metadata: says(`<!doctype html><title>Free Wi-Fi ${PAINT}</title>`, { 'content-type': 'text/html' }) },
    expect: { exit: 5, check: 'metadata-json', shows: ['status 200', 'text/html', 'Free Wi-Fi', /login page of the network/] },
    everyMode: true,
  },
  {
    id: 'D-11',
    says: 'a redirect to another server that has a fitting document',
    knob: { metadata: redirect(302, ({ stranger }) => `${stranger}/.well-known/openid-configuration`) },
    expect: { exit: 5, check: 'metadata-redirect', neverSent: ['stranger'], shows: ['/.well-known/openid-configuration'] },
    everyMode: true,
  },
  { id: 'D-13', says: 'a body without an end', knob: { metadata: flood(JSON_HEAD) }, expect: { exit: 5, check: 'http-cap' } },
  { id: 'D-13', says: 'a body of 1 GiB', knob: { metadata: flood(JSON_HEAD, 1024 ** 3) }, expect: { exit: 5, check: 'http-cap' } },
  { id: 'D-13', says: 'a body of 1 GiB, as it says', knob: { metadata: flood(JSON_HEAD.replace('\r\n\r\n', `\r\nContent-Length: ${1024 ** 3}\r\n\r\n`), 1024 ** 3) }, expect: { exit: 5, check: 'http-cap' } },
  {
    id: 'D-14',
    says: '50 MiB of zeros in 50 KB of gzip: refused by its label, before anything is inflated',
    knob: { metadata: says(bomb, { 'content-encoding': 'gzip' }) },
    expect: { exit: 5, check: 'http-encoding' },
  },
  { id: 'D-14', says: 'the same without its label', knob: { metadata: says(bomb) }, expect: { exit: 5, check: 'json-utf8' } },
  {
    id: 'D-15',
    says: 'gzip, fifty times',
    knob: { metadata: says('{}', { 'content-encoding': Array.from({ length: 50 }, () => 'gzip').join(', ') }) },
    expect: { exit: 5, check: 'http-encoding' },
  },
  { id: 'D-16', says: 'a body that drips for ever', knob: { metadata: drip(JSON_HEAD, ' ', 200) }, timeout: 1, expect: { exit: 6, check: 'http-deadline' } },
  { id: 'D-17', says: 'a header that drips for ever', knob: { metadata: drip('HTTP/1.1 200 OK\r\n', 'X: y\r\n', 200) }, timeout: 1, expect: { exit: 6, check: 'http-deadline' } },
  { id: 'D-17', says: 'a header of 64 KiB', knob: { metadata: bytes(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(65_536)}\r\n\r\n{}`) }, expect: { exit: 5, check: 'http-headers' } },
  { id: 'D-17', says: '2000 early hints, and then the answer', knob: { metadata: preceded('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(2000)) }, expect: { exit: 0 } },
  {
    id: 'D-18',
    says: 'token_endpoint twice',
    knob: { metadata: (answer, facts) => rewritten('{', `{"token_endpoint":"${facts.stranger}/token",`)(answer, facts) },
    expect: { exit: 5, check: 'json-duplicate', shows: ['token_endpoint'] },
  },
  { id: 'D-18', says: 'token_endpoint twice, once in another spelling', knob: { metadata: rewritten('{', '{"token\\u005fendpoint":"https://evil.example",') }, expect: { exit: 5, check: 'json-duplicate' } },
  {
    id: 'D-19',
    says: 'members named __proto__, constructor and toString',
    knob: { metadata: rewritten('{', '{"__proto__":{"token_endpoint":"https://evil.example","secret":1},"constructor":{"prototype":{"polluted":1}},"toString":7,') },
    expect: { exit: 0 },
  },
  { id: 'D-20', says: 'a byte order mark', knob: { metadata: rewritten(/^/, '\ufeff') }, expect: { exit: 0, warns: ['json-bom'] } },
  { id: 'D-20', says: 'UTF-16', knob: { metadata: says(Buffer.from('\ufeff{"issuer":"x"}', 'utf16le')) }, expect: { exit: 5, check: 'json-utf8' } },
  { id: 'D-20', says: 'bytes that are no UTF-8', knob: { metadata: says(Buffer.from('{"issuer":"\xff"}', 'latin1')) }, expect: { exit: 5, check: 'json-utf8' } },
  { id: 'D-21', says: '100 000 lists inside each other', knob: { metadata: says(`{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) }, expect: { exit: 5, check: 'json-depth' } },
  { id: 'D-21', says: 'and 60 of them', knob: { metadata: rewritten('{', `{"x":${'['.repeat(60)}${']'.repeat(60)},`) }, expect: { exit: 0 } },
  ...schemes.map((url, index) => member('D-22', `authorization_endpoint is ${JSON.stringify(url)}`, () => ({ authorization_endpoint: url }), {
    exit: 4,
    check: 'metadata-url-scheme',
    neverSent: ['authorize'],
  }, { opens: true, ...(index === 2 ? { everyMode: true } : rarely(index % 3 > 0)) })),
  member('D-22', 'token_endpoint is a script', () => ({ token_endpoint: 'javascript:alert(1)' }), { exit: 4, check: 'metadata-url-scheme' }),
  member('D-23', 'authorization_endpoint would be a command in a shell', ({ origin }) => ({ authorization_endpoint: `${origin}${crooked}` }), {
    exit: 0,
    opened: /^1\nhttp:\/\/127\.0\.0\.1:\d+\/authorize\/a\$\(calc\)%60id%60'%22;&%E2%80%98%E2%80%99\|x%0a\?response_type=code&[\x21-\x7e]+\n--\n/,
  }, { opens: true, everyMode: true }),
  member('D-25', 'authorization_endpoint has the look of another host', () => ({ authorization_endpoint: 'https://р\u0430ypal.com/authorize' }), {
    exit: 0,
    shows: ['https://xn--'],
    hides: [/Open this URL in a browser:\s+https:\/\/р/],
  }, { everyMode: true }),
  member('D-26', 'authorization_endpoint has a query', ({ origin }) => ({ authorization_endpoint: `${origin}/authorize?p=policy` }), {
    exit: 0, asked: { p: 'policy', response_type: 'code', client_id: 'hostile-client', code_challenge_method: 'S256' },
  }),
  member('D-28', 'authorization_endpoint has a fragment', ({ origin }) => ({ authorization_endpoint: `${origin}/authorize#x` }), { exit: 5, check: 'metadata-url-fragment' }),
  member('D-28', 'authorization_endpoint has an empty fragment', ({ origin }) => ({ authorization_endpoint: `${origin}/authorize#` }), { exit: 5, check: 'metadata-url-fragment' }),
  ...['token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'authorization_endpoint'].map((name, index) =>
    member('D-29', `${name} is far away and without TLS`, () => ({ [name]: 'http://as.example/x' }), { exit: 4, check: 'metadata-url-https' }, rarely(index > 0))),
  ...privatePlaces.map((url, index): Row => {
    const name = ['token_endpoint', 'jwks_uri', 'userinfo_endpoint'][index % 3] ?? ''
    return {
      id: 'D-30',
      says: `${name} ${url} of a public issuer`,
      document: () => publicDocument({ [name]: url }),
      expect: { exit: 4, check: 'metadata-url-private', requests: [] },
      ...rarely(index > 3),
    }
  }),
  {
    id: 'D-31',
    says: 'token_endpoint belongs to another domain. There is no --strict: what is shown before the request is the whole of it',
    knob: { metadata: (answer, facts) => body(() => ({ token_endpoint: `${facts.origin.replace('127.0.0.1', 'localhost')}/token` }))(answer, facts) },
    expect: { exit: 0, warns: ['metadata-url-origin'], shows: ['your secret goes to localhost'] },
  },
  ...notUrls.flatMap((value, index) => (['authorization', 'token'] as const).map((name) =>
    member('D-32', `${name}_endpoint is ${JSON.stringify(value)}`, () => ({ [`${name}_endpoint`]: value }), {
      exit: 5, check: `metadata-${name}-endpoint`,
    }, rarely(index > 1)))),
  member('D-34', 'the code flow is not offered', () => ({ response_types_supported: ['id_token'] }), { exit: 0, warns: ['metadata-response-types'] }),
  member('D-35', 'another client authentication method is listed', () => ({ token_endpoint_auth_methods_supported: ['client_secret_basic'] }), {
    exit: 0, warns: ['metadata-auth-methods'],
  }, { args: ['--auth-method', 'client_secret_post'] }),
  member('D-35', 'no method is listed, so client_secret_basic is meant', () => ({ token_endpoint_auth_methods_supported: undefined }), { exit: 0 }),
  member('D-35', 'no method is listed, and client_secret_post is used', () => ({ token_endpoint_auth_methods_supported: undefined }), {
    exit: 0, warns: ['metadata-auth-methods'],
  }, { args: ['--auth-method', 'client_secret_post'] }),
  {
    id: 'D-37',
    says: 'the metadata offers alg none, and the ID Token has it',
    knob: { metadata: body(() => ({ id_token_signing_alg_values_supported: ['none', 'HS256'] })), ...lie('id-token-alg') },
    expect: { exit: 4, check: 'id-token-alg' },
  },
  member('D-37', 'the metadata offers alg none, and the ID Token is signed', () => ({ id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256'] }), { exit: 0 }),
  member('D-38', 'the iss parameter is promised by a string', () => ({ authorization_response_iss_parameter_supported: 'true' }), { exit: 0, warns: ['metadata-iss-parameter'] }),
  {
    id: 'D-38',
    says: 'the iss parameter is promised by a string, and does not come',
    knob: { ...lie('metadata-iss-parameter'), ...lie('authorization-response-iss-missing') },
    expect: { exit: 0, warns: ['metadata-iss-parameter'] },
  },
  member('D-40', 'signed_metadata says other things', () => ({ signed_metadata: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"token_endpoint":"https://evil.example/token"}').toString('base64url')}.` }), { exit: 0 }),
  member('D-41', '10 000 members that nobody knows', () => Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x_${index}${index === 3 ? PAINT : ''}`, index])), { exit: 0 }, { everyMode: true }),
  member('D-41', '100 000 scopes', () => ({ scopes_supported: Array.from({ length: 100_000 }, () => 'x') }), { exit: 0 }),
  member('D-41', 'a member of 1 MiB', () => ({ service_documentation: 'x'.repeat(1024 * 1024) }), { exit: 5, check: 'http-cap' }),
  { id: 'D-43', says: 'WebFinger by an acct: URI: there is no WebFinger here, an issuer is asked for', typed: () => 'acct:alice@127.0.0.1', expect: { exit: 2 } },
  member('D-44', 'jwks_uri is another one in every walk', () => ({}), { exit: 0 }),
  {
    id: 'D-45',
    says: 'the names in the certificate paint on the terminal',
    tls: { metadata: { key: pem('key'), cert: pem('escaping') } },
    ca: 'escaping',
    expect: { exit: 6, requests: [], shows: [/Its names: .*pwned.*evil\.example/] },
    everyMode: true,
  },
]

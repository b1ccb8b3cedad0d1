import { gzipSync } from 'node:zlib'
import { pem } from '../../io/servers.ts'
import { bytes, drip, type Facts, flood, JSON_HEAD, PAINT, preceded, redirect, says, type Turn } from '../knob.ts'
import { type Expectation, rarely, type Row } from '../row.ts'

const served = (cert: string) => ({ key: pem('key'), cert: pem(cert) })

/** What comes in the place of the honest token response. */
function answer(id: string, words: string, turn: Turn, expect: Expectation, more: Partial<Row> = {}): Row {
  return { id, says: words, knob: { 'token-response': turn }, expect, ...more }
}

/** The honest tokens under a header of our own. */
const headed = (head: string): Turn => ({ body }) => ({ raw: (socket) => void socket.end(head + JSON.stringify(body)) })

const untrusted: readonly [id: string, says: string, cert: string, shows: RegExp][] = [
  ['T-12', 'a self-signed certificate', 'self-signed', /self-signed certificate/],
  ['T-13', 'an expired certificate', 'expired', /clock of this machine/],
  ['T-14', 'a certificate of another host', 'other-host', /other\.example/],
]

const noHttp: readonly [says: string, check: string, answer: string][] = [
  ['HTTP/0.9', 'http-syntax', '{"access_token":"T"}'],
  ['line feeds alone', 'http-syntax', 'HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'],
  ['a carriage return in a header', 'http-syntax', 'HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\n{}'],
  ['Content-Length and chunks', 'http-length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
  ['two lengths', 'http-length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
  ['204 with a body', 'http-length', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}'],
  ['101', 'http-syntax', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
]

const proxies = ({ stranger }: Facts) => ({ HTTP_PROXY: stranger, HTTPS_PROXY: stranger, http_proxy: stranger, https_proxy: stranger, ALL_PROXY: stranger })

const beforeToken = ['metadata', 'jwks', 'userinfo'] as const

export const transportRows: readonly Row[] = [
  ...[307, 308].map((status) => answer('T-01', `${status} to another server`, redirect(status, ({ stranger }) => `${stranger}/token`), {
    exit: 5, check: 'token-response-redirect', neverSent: ['stranger'], shows: [`${status} to http://127.0.0.1:`],
  }, status === 307 ? { everyMode: true } : {})),
  ...[301, 302, 303].map((status, index) => answer('T-02', `${status} to another server`, redirect(status, ({ stranger }) => `${stranger}/token`), {
    exit: 5, check: 'token-response-redirect', neverSent: ['stranger'],
  }, rarely(index > 0))),
  answer('T-02', '307 to the same server', redirect(307, ({ origin }) => `${origin}/token?again`), { exit: 5, check: 'token-response-redirect' }),
  answer('T-02', 'a redirect whose Location paints', () => ({ raw: (socket) => void socket.end('HTTP/1.1 302 Found\r\nLocation: https://x/\x9b31m\u202e\r\nContent-Length: 0\r\n\r\n') }), {
    exit: 5, check: 'token-response-redirect',
  }, { everyMode: true }),
  answer('T-03', 'closed before the answer', () => ({ raw: (socket) => void socket.end() }), { exit: 6, shows: ['The code may be used up'] }),
  answer('T-03', 'reset before the answer', () => ({ raw: (socket) => void socket.resetAndDestroy() }), { exit: 6, shows: ['The code may be used up'] }),
  answer('T-04', 'every request has a connection of its own, so there is none to be reset on: a server that offers to keep them', headed('HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nKeep-Alive: timeout=60\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n\r\n'), { exit: 0 }),
  answer('T-05', 'a body shorter than its length', ({ body }) => ({
    raw: (socket) => void socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n${JSON.stringify(body)}`),
  }), { exit: 6 }),
  answer('T-06', 'HTTP/1.0, ended by the connection', headed('HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n\r\n'), { exit: 0 }),
  ...noHttp.map(([words, check, text], index) => answer('T-07', words, bytes(text), { exit: 5, check }, rarely(index % 2 === 1))),
  answer('T-08', 'status 999', bytes('HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}'), { exit: 5, check: 'http-status' }),
  ...[201, 206, 304].map((status) => answer('T-08', `status ${status} with good tokens`, (honest) => ({ ...honest, status, ...(status === 304 ? { body: '' } : {}) }), { exit: 5, check: 'token-response-status' })),
  answer('T-08', 'nothing but 100 Continue', bytes('HTTP/1.1 100 Continue\r\n\r\n'), { exit: 5, check: 'http-syntax' }),
  answer('T-09', 'a reason phrase that paints, on good tokens', headed('HTTP/1.1 200 \x1b]0;pwned\x07\x1b[2J\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n\r\n'), { exit: 0 }, { everyMode: true }),
  answer('T-09', 'a reason phrase that paints, on a failure', bytes('HTTP/1.1 500 \x1b]0;pwned\x07\x1b[2J\r\nContent-Length: 0\r\n\r\n'), { exit: 5, check: 'token-response-status' }, { everyMode: true }),
  answer('T-10', 'taken, and never answered', () => ({ raw: () => {} }), { exit: 6, check: 'http-deadline', shows: ['The code may be used up'] }, { timeout: 1 }),
  { id: 'T-10', says: 'a TLS handshake that never ends', tls: { token: () => {} }, timeout: 1, expect: { exit: 6, check: 'http-deadline', requests: beforeToken } },
  answer('T-11', 'a body that drips for ever', drip(JSON_HEAD, ' ', 200), { exit: 6, check: 'http-deadline' }, { timeout: 1 }),
  answer('T-11', 'a body without an end', flood(JSON_HEAD), { exit: 5, check: 'http-cap' }),
  answer('T-11', 'a gzip bomb', says(gzipSync(Buffer.alloc(50 * 1024 * 1024)), { 'content-encoding': 'gzip' }), { exit: 5, check: 'http-encoding' }),
  ...untrusted.map(([id, words, cert, shows]): Row => ({ id, says: words, tls: { token: served(cert) }, expect: { exit: 6, requests: beforeToken, shows: [shows] } })),
  { id: 'T-14', says: 'and the right one, of an authority named with --ca', tls: { token: served('localhost') }, expect: { exit: 0 } },
  { id: 'T-14', says: 'the right one, and nobody names its authority', tls: { token: served('localhost') }, ca: 'none', expect: { exit: 6, requests: beforeToken } },
  {
    id: 'T-16',
    says: 'TLS 1.1 at most',
    tls: { token: { ...served('localhost'), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } },
    expect: { exit: 6, requests: beforeToken, shows: ['speaks no TLS version'] },
  },
  {
    id: 'T-16',
    says: 'plain HTTP on the port of TLS',
    tls: { token: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n') },
    expect: { exit: 6, requests: beforeToken, shows: ['does not speak TLS'] },
  },
  {
    id: 'T-16',
    says: 'a certificate of the client is demanded',
    tls: { token: { ...served('localhost'), requestCert: true, rejectUnauthorized: true, ca: pem('ca') } },
    expect: { exit: 6, requests: beforeToken, shows: ['mTLS'] },
  },
  {
    id: 'T-17',
    says: 'NODE_TLS_REJECT_UNAUTHORIZED=0',
    tls: { metadata: served('other-host') },
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    expect: { exit: 4, check: 'tls-env', requests: [] },
  },
  {
    id: 'T-17',
    says: 'NODE_TLS_REJECT_UNAUTHORIZED=0, and only the secret would go over TLS',
    tls: { token: served('other-host') },
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    expect: { exit: 4, check: 'tls-env', requests: beforeToken },
  },
  answer('T-19', '503 with a Retry-After of three years', says('busy', { 'content-type': 'text/plain', 'retry-after': '99999999' }, 503), { exit: 5, check: 'token-response-status', shows: ['99999999'] }),
  answer('T-19', '429 with an error of its own', says({ error: 'slow_down' }, { 'retry-after': PAINT.replace(/[^\x20-\x7e]/g, '') }, 429), { exit: 3, shows: ['slow_down'] }),
  answer('T-20', 'cookies, Alt-Svc, Link, Refresh: nobody cares', (honest, { stranger }) => ({
    ...honest,
    headers: { ...honest.headers, 'set-cookie': 'sid=1; Path=/', 'alt-svc': `h2="${new URL(stranger).host}"`, link: `<${stranger}>; rel=preload`, refresh: `0;url=${stranger}`, 'strict-transport-security': 'max-age=1' },
  }), { exit: 0, neverSent: ['stranger'] }),
  { id: 'T-21', says: 'the environment names proxies: none is used', env: proxies, expect: { exit: 0, neverSent: ['stranger'] } },
  { id: 'T-22', says: 'the proxy answers 407 or a page', skip: 'no proxy is ever asked (T-21)', expect: { exit: 6 } },
  answer('T-23', 'a second answer behind the first', ({ body }) => ({
    raw(socket) {
      const text = JSON.stringify(body)
      const whole = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
      socket.end(whole + whole.replace('200 OK', '500 No'))
    },
  }), { exit: 0 }),
  answer('T-23', 'early hints before it', preceded('HTTP/1.1 103 Early Hints\r\n\r\n'), { exit: 0 }),
]

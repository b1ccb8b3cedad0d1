import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CheckFailed, Malformed, NetworkError, UsageError, WalkError } from '../../src/errors.ts'
import { explainFailure } from '../../src/io/failure.ts'
import { createRequests } from '../../src/io/send.ts'
import type { Request } from '../../src/outside.ts'
import { freePort } from '../support/port.ts'
import { pem, type RawServer, rawServer, rawTlsServer, reply } from './servers.ts'

const never = new AbortController().signal
const key = pem('key')
const ca = pem('ca')

function post(url: string, parameters = [{ name: 'code', value: 'C' }]): Request {
  return { method: 'POST', url, headers: [{ name: 'accept', value: 'application/json' }], parameters }
}

function get(url: string): Request {
  return { method: 'GET', url, headers: [], parameters: [] }
}

/** The ending that a request leads to. */
async function failure(request: Request, options: { timeout?: number; ca?: string; signal?: AbortSignal } = {}): Promise<unknown> {
  const { send } = createRequests({ signal: never, timeout: 5, ...options })
  return send(request).then(() => undefined, (error: unknown) => error)
}

function urlOf({ port }: RawServer, scheme = 'http'): string {
  return `${scheme}://127.0.0.1:${port}/token`
}

function explained(error: unknown): WalkError['explanation'] {
  if (!(error instanceof WalkError)) throw new Error('no ending of a walk', { cause: error })
  return error.explanation
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('what goes out', () => {
  test('a form, in its order, on a connection that is closed', async () => {
    await using server = await rawServer((socket) => socket.end(reply('{}', 'X-One: 1\r\nX-One: 2\r\n')))
    const { send } = createRequests({ signal: never, timeout: 5 })
    const response = await send(post(urlOf(server), [
      { name: 'b', value: 'two words & +' },
      { name: 'a', value: 'é' },
      { name: 'b', value: '' },
    ]))
    expect(server.received[0]).toMatch(/\r\n\r\nb=two\+words\+%26\+%2B&a=%C3%A9&b=$/)
    expect(server.received[0]).toMatch(/^POST \/token HTTP\/1\.1\r\n/)
    expect(server.received[0]).toMatch(/content-type: application\/x-www-form-urlencoded\r\n/i)
    expect(server.received[0]).toMatch(/accept-encoding: identity\r\n/i)
    expect(server.received[0]).toMatch(/accept: application\/json\r\n/i)
    expect(server.received[0]).toMatch(/connection: close\r\n/i)
    expect(response).toMatchObject({ status: 200, reason: 'OK' })
    expect(response.headers.filter(({ name }) => name === 'x-one').map(({ value }) => value)).toEqual(['1', '2'])
    expect(Buffer.from(response.body).toString()).toBe('{}')
  })

  test('T-04: no connection is used twice', async () => {
    await using server = await rawServer((socket) => socket.write(reply('{}')))
    const { send } = createRequests({ signal: never, timeout: 5 })
    await send(get(urlOf(server)))
    await send(post(urlOf(server)))
    expect(server.received.map((text) => text.slice(0, 4))).toEqual(['GET ', 'POST'])
  })

  test('the query of an endpoint stays', async () => {
    await using server = await rawServer((socket) => socket.end(reply('')))
    await createRequests({ signal: never, timeout: 5 }).send(get(`${urlOf(server)}?p=policy`))
    expect(server.received[0]).toMatch(/^GET \/token\?p=policy HTTP/)
    expect(server.received[0]).not.toMatch(/content-type/i)
  })
})

describe('what comes back', () => {
  test('T-01, T-02: a redirect is an answer, and nobody follows it', async () => {
    await using other = await rawServer((socket) => socket.end(reply('')))
    await using server = await rawServer((socket) =>
      socket.end(`HTTP/1.1 307 Temporary\r\nLocation: ${urlOf(other)}\r\nContent-Length: 0\r\n\r\n`))
    const response = await createRequests({ signal: never, timeout: 5 }).send(post(urlOf(server)))
    expect(response.status).toBe(307)
    expect(other.received).toEqual([])
  })

  test('T-06: HTTP/1.0 up to the end of the connection', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n{"a":1}'))
    const response = await createRequests({ signal: never, timeout: 5 }).send(get(urlOf(server)))
    expect(Buffer.from(response.body).toString()).toBe('{"a":1}')
  })

  test('T-09: a reason phrase comes as it is, to be made harmless by whoever shows it', async () => {
    await using server = await rawServer((socket) => socket.end('HTTP/1.1 200 \x1b]0;pwn\x07\r\nContent-Length: 0\r\n\r\n'))
    expect((await createRequests({ signal: never, timeout: 5 }).send(get(urlOf(server)))).reason).toBe('\x1b]0;pwn\x07')
  })

  test('D-17: 2000 early hints, then the answer', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'.repeat(2000)
    await using server = await rawServer((socket) => socket.end(hints + reply('{}')))
    expect((await createRequests({ signal: never, timeout: 5 }).send(get(urlOf(server)))).status).toBe(200)
  })

  test.each<[row: string, check: string, answer: string | Uint8Array]>([
    ['D-13 a body over 1 MiB', 'http-cap', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1024 * 1024 + 1)}`],
    ['D-14 gzip', 'http-encoding', Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'), gzipSync('{}')])],
    ['D-15 gzip × 50', 'http-encoding', `HTTP/1.1 200 OK\r\nContent-Encoding: ${Array(50).fill('gzip').join(', ')}\r\n\r\n`],
    ['D-15 gzip in a second header', 'http-encoding', 'HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Encoding: gzip\r\n\r\n'],
    ['D-17 a header of 64 KiB', 'http-headers', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`],
    ['T-07 HTTP/0.9', 'http-syntax', '{"access_token":"T"}'],
    ['T-07 line feeds alone', 'http-syntax', 'HTTP/1.1 200 OK\nContent-Length: 2\n\n{}'],
    ['T-07 Content-Length and chunked', 'http-length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['T-07 two lengths', 'http-length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['T-07 101', 'http-syntax', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['T-08 999', 'http-status', 'HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}'],
    ['T-08 100 alone', 'http-syntax', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['T-16 TLS on a plain port', 'http-syntax', Buffer.from('15030300020228', 'hex')],
  ])('%s is malformed: %s', async (_row, check, answer) => {
    await using server = await rawServer((socket) => socket.end(answer))
    const error = await failure(post(urlOf(server)))
    expect(error).toBeInstanceOf(Malformed)
    expect(explained(error).check).toBe(check)
    expect(server.received).toHaveLength(1)
  })
})

describe('connections that fail', () => {
  test.each<[row: string, end: (server: import('node:net').Socket) => unknown, says: RegExp]>([
    ['T-03 closed without an answer', (socket) => socket.end(), /closed the connection early \(UND_ERR_SOCKET\)/],
    ['T-03 reset', (socket) => socket.resetAndDestroy(), /cut the connection \(ECONNRESET\)/],
    ['T-05 a body shorter than its length', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"a":'), /closed the connection early/],
  ])('%s is a network error, and the code is not sent again', async (_row, end, says) => {
    await using server = await rawServer(end)
    const error = await failure(post(urlOf(server)))
    expect(error).toBeInstanceOf(NetworkError)
    expect(explained(error).happened).toMatch(says)
    expect(explained(error).happened).toContain(`127.0.0.1:${server.port}`)
    expect(explained(error).means).toContain('The code may be used up')
    expect(server.received).toHaveLength(1)
  })

  test('a request without a code says nothing about codes', async () => {
    await using server = await rawServer((socket) => socket.end())
    expect(explained(await failure(get(urlOf(server)))).means).not.toContain('code')
  })

  test('Z-03: a refusal names the address, and nothing is said to have been sent', async () => {
    const port = await freePort()
    const error = await failure(post(`http://127.0.0.1:${port}/`))
    expect(error).toBeInstanceOf(NetworkError)
    expect(explained(error).happened).toBe(`127.0.0.1:${port} refused the connection (ECONNREFUSED, tried 127.0.0.1)`)
    expect(explained(error).means).not.toContain('used up')
  })

  test('Z-03: a refusal in both families names both, though Node says nothing', () => {
    const each = ['::1', '127.0.0.1'].map((address) => Object.assign(new Error('no'), { code: 'ECONNREFUSED', address }))
    const error = Object.assign(new AggregateError(each, ''), { code: 'ECONNREFUSED' })
    const { happened } = explainFailure(error, get('https://localhost/'), { answered: false }).explanation
    expect(happened).toBe('localhost:443 refused the connection (ECONNREFUSED, tried ::1, tried 127.0.0.1)')
  })

  test('an error that nobody has heard of is a network error too', () => {
    expect(explainFailure(new TypeError('x'), get('https://localhost/'), { answered: false })).toBeInstanceOf(NetworkError)
  })

  test('Z-04: a name without an address', async () => {
    const error = await failure(get('http://no-such-host.invalid/'))
    expect(error).toBeInstanceOf(NetworkError)
    expect(explained(error).happened).toMatch(/^no-such-host\.invalid:80 (has no address|could not be looked up)/)
  })

  test('T-21: proxy settings are pointed out, since they are not used', async () => {
    vi.stubEnv('https_proxy', 'http://user:secret@proxy.example:3128')
    const { tries } = explained(await failure(get(`http://127.0.0.1:${await freePort()}/`)))
    expect(tries.at(-1)).toMatch(/proxy settings/)
    expect(tries.join(' ')).not.toContain('proxy.example')
  })
})

describe('time', () => {
  test.each<[row: string, answer: (socket: import('node:net').Socket) => unknown]>([
    ['T-10 silence', () => {}],
    ['D-16 a body that drips', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n')
      const drip = setInterval(() => socket.write('x'), 20)
      socket.once('close', () => clearInterval(drip))
    }],
    ['D-17 a header that drips', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket.write('X: y\r\n'), 20)
      socket.once('close', () => clearInterval(drip))
    }],
  ])('%s ends at the deadline', async (_row, answer) => {
    await using server = await rawServer(answer)
    const error = await failure(post(urlOf(server)), { timeout: 0.3 })
    expect(error).toBeInstanceOf(NetworkError)
    expect(explained(error)).toMatchObject({ check: 'http-deadline' })
    expect(explained(error).happened).toContain('0.3 s')
  })

  test('T-10: a TLS handshake that never ends, ends', async () => {
    await using server = await rawServer(() => {})
    expect(explained(await failure(get(urlOf(server, 'https')), { timeout: 0.3 })).check).toBe('http-deadline')
  })

  test('a deadline longer than a timer can hold is no deadline of a millisecond', async () => {
    await using server = await rawServer((socket) => setTimeout(() => socket.end(reply('{}')), 50))
    expect((await createRequests({ signal: never, timeout: 1e9 }).send(get(urlOf(server)))).status).toBe(200)
  })

  test('the caller’s signal ends a request with the caller’s reason', async () => {
    const reason = new Error('SIGINT')
    const caller = new AbortController()
    await using server = await rawServer(() => caller.abort(reason))
    expect(await failure(get(urlOf(server)), { signal: caller.signal })).toBe(reason)
    expect(await failure(get(urlOf(server)), { signal: caller.signal })).toBe(reason)
    expect(server.received).toHaveLength(1)
  })
})

describe('TLS', () => {
  const ok = (socket: import('node:net').Socket) => socket.end(reply('{}'))

  test('a certificate of the authority in --ca is trusted', async () => {
    await using server = await rawTlsServer({ key, cert: pem('localhost') }, ok)
    expect((await createRequests({ signal: never, timeout: 5, ca }).send(post(urlOf(server, 'https')))).status).toBe(200)
  })

  test.each<[row: string, cert: string, trust: boolean, says: RegExp]>([
    ['T-12 self-signed', 'self-signed', false, /shows a self-signed certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
    ['T-13 expired', 'expired', true, /not valid today \(CERT_HAS_EXPIRED\)/],
    ['T-14 another host', 'other-host', true, /for another host \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
    ['an unknown authority', 'localhost', false, /unknown authority \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/],
  ])('%s: no byte of the request is sent', async (_row, cert, trust, says) => {
    await using server = await rawTlsServer({ key, cert: pem(cert) }, ok)
    const error = await failure(post(urlOf(server, 'https')), trust ? { ca } : {})
    expect(error).toBeInstanceOf(NetworkError)
    expect(explained(error).happened).toMatch(says)
    expect(server.received.join('')).toBe('')
  })

  test('D-45: the names of a foreign certificate are told', async () => {
    await using server = await rawTlsServer({ key, cert: pem('other-host') }, ok)
    expect(explained(await failure(get(urlOf(server, 'https')), { ca })).means).toContain('other.example')
  })

  test('T-16: three faults, three messages', async () => {
    await using old = await rawTlsServer({ key, cert: pem('localhost'), minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, ok)
    await using plain = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await using mutual = await rawTlsServer({ key, cert: pem('localhost'), ca, requestCert: true, rejectUnauthorized: true }, ok)
    const happened = await Promise.all([old, plain, mutual].map(async (server) => explained(await failure(post(urlOf(server, 'https')), { ca })).happened))
    expect(happened[0]).toMatch(/no TLS version that is accepted here/)
    expect(happened[1]).toMatch(/does not speak TLS on this port/)
    expect(happened[2]).toMatch(/refused the TLS handshake|closed the connection early|cut the connection/)
  })

  test('T-17: checks that are switched off in the environment stop the request', async () => {
    await using server = await rawTlsServer({ key, cert: pem('self-signed') }, ok)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const error = await failure(post(urlOf(server, 'https')))
    expect(error).toBeInstanceOf(CheckFailed)
    expect(explained(error).check).toBe('tls-env')
    expect(server.received).toEqual([])
  })

  test('--ca has to be a certificate', () => {
    expect(() => createRequests({ signal: never, timeout: 5, ca: 'no PEM' })).toThrow(UsageError)
  })
})

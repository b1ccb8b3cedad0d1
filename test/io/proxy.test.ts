import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type NetworkError, UsageError, WalkError } from '../../src/errors.ts'
import { proxyFor } from '../../src/io/proxy.ts'
import { createRequests, type SendOptions } from '../../src/io/send.ts'
import { freePort } from '../support/port.ts'
import { pem, rawServer, rawTlsServer, reply, tunnelTo } from './servers.ts'

const never = new AbortController().signal
const HOST = 'other.example'

async function sent(options: Partial<SendOptions> = {}, url = `https://${HOST}/token`) {
  const { send } = createRequests({ signal: never, timeout: 5, ca: pem('ca'), ...options })
  return await send({ method: 'POST', url, headers: [], parameters: [{ name: 'code', value: 'C' }] })
}

async function failure(options: Partial<SendOptions> = {}): Promise<NetworkError['explanation'] & { exit: number }> {
  const error: unknown = await sent(options).catch((thrown: unknown) => thrown)
  if (error instanceof WalkError) return { ...error.explanation, exit: error.exit }
  throw new Error('it went through', { cause: error })
}

beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']) vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

describe('which proxy', () => {
  test.each([
    ['https://as.example/', {}, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128/'],
    ['https://as.example/', { https_proxy: 'p:3128' }, 'http://p:3128/'],
    ['https://as.example/', { https_proxy: '', HTTPS_PROXY: 'http://p:3128' }, undefined],
    ['https://as.example/', { HTTP_PROXY: 'http://p:3128' }, undefined],
    ['https://localhost:8443/', { HTTPS_PROXY: 'http://p:3128' }, undefined],
    ['https://127.8.8.8/', { HTTPS_PROXY: 'http://p:3128' }, undefined],
    ['https://[::1]/', { HTTPS_PROXY: 'http://p:3128' }, undefined],
    ['http://127.0.0.1/', { HTTPS_PROXY: 'http://p:3128' }, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'other, as.example' }, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'example' }, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: '.example' }, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: '*.EXAMPLE' }, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', no_proxy: '*' }, undefined],
    ['https://as.example:8443/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'as.example:443' }, 'http://p:3128/'],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: 'as.example:443' }, undefined],
    ['https://as.example/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: 's.example' }, 'http://p:3128/'],
    ['https://[2001:db8::1]/', { HTTPS_PROXY: 'http://p:3128', NO_PROXY: '[2001:db8::1]' }, undefined],
  ])('%s with %o: %s', (url, env, proxy) => {
    expect(proxyFor(new URL(url), env)?.href).toBe(proxy)
  })

  test('one that is no URL is not guessed at, nor repeated', () => {
    let explanation = ''
    try {
      proxyFor(new URL('https://as.example/'), { HTTPS_PROXY: 'socks5://user:canary-4711@p' })
    } catch (error) {
      explanation = error instanceof UsageError ? JSON.stringify(error.explanation) : ''
    }
    expect(explanation).toContain('HTTPS_PROXY')
    expect(explanation).not.toContain('canary-4711')
  })
})

describe('T-21: through it', () => {
  test('the request goes in a tunnel, and the proxy sees host and port alone', async () => {
    await using server = await rawTlsServer({ key: pem('key'), cert: pem('other-host') }, (socket) => socket.end(reply('{}')))
    await using proxy = await tunnelTo(server.port)
    vi.stubEnv('HTTPS_PROXY', `http://walker:p%40ss@127.0.0.1:${proxy.port}`)
    expect((await sent()).status).toBe(200)
    const [head = ''] = proxy.received[0]?.split('\r\n\r\n') ?? []
    expect(head).toMatch(new RegExp(`^CONNECT ${HOST}:443 HTTP/1.1\r\n`))
    expect(head).toContain(`roxy-authorization: Basic ${Buffer.from('walker:p@ss').toString('base64')}`)
    expect(proxy.received[0]).not.toContain('code=C')
    expect(server.received[0]).toContain('code=C')
    expect(server.received[0]).not.toContain('roxy-authorization')
  })

  test('loopback is direct, always', async () => {
    await using server = await rawServer((socket) => socket.end(reply('{}')))
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await freePort()}`)
    expect((await sent({}, `http://127.0.0.1:${server.port}/`)).status).toBe(200)
  })

  test('a proxy that reads along is named beside the certificate', async () => {
    await using server = await rawTlsServer({ key: pem('key'), cert: pem('self-signed') }, (socket) => socket.end(reply('{}')))
    await using proxy = await tunnelTo(server.port)
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`)
    const { happened, tries } = await failure()
    expect(happened).toContain(`${HOST}:443 shows a`)
    expect(tries.join(' ')).toContain('A proxy that reads along')
  })
})

describe('T-22: what fails is the proxy, not the server', () => {
  test.each([
    ['407', 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n', 'wants to know who is asking (407)'],
    ['403 and a page', 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>', 'refused (403)'],
    ['a redirect to a login page', 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n', 'refused (302)'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'can’t be reached (HPE_INVALID_CONSTANT)'],
  ])('%s', async (_, answer, says) => {
    await using proxy = await rawServer((socket) => socket.end(answer))
    vi.stubEnv('HTTPS_PROXY', `http://walker:canary-4711@127.0.0.1:${proxy.port}`)
    const explained = await failure()
    expect(explained).toMatchObject({ exit: 6, check: 'proxy', happened: `The proxy 127.0.0.1:${proxy.port} ${says}` })
    expect(explained.means).toContain(`Nothing has reached that server`)
    expect(JSON.stringify(explained)).not.toContain('canary-4711')
  })

  test('nobody there', async () => {
    const port = await freePort()
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${port}`)
    expect((await failure()).happened).toBe(`The proxy 127.0.0.1:${port} can’t be reached (ECONNREFUSED)`)
  })

  test('no answer', async () => {
    await using proxy = await rawServer(() => {})
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`)
    expect((await failure({ timeout: 1 })).happened).toBe(`The proxy 127.0.0.1:${proxy.port} gave no answer within 1 s`)
  })

  test('behind an open tunnel it is the server again', async () => {
    await using proxy = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`)
    const { happened, check } = await failure({ timeout: 1 })
    expect({ happened, check }).toEqual({ happened: `${HOST}:443 gave no whole answer in time (within 1 s)`, check: 'http-deadline' })
  })
})

test('NODE_EXTRA_CA_CERTS counts beside --ca', async () => {
  await using server = await rawTlsServer({ key: pem('key'), cert: pem('localhost') }, (socket) => socket.end(reply('{}')))
  vi.stubEnv('NODE_EXTRA_CA_CERTS', new URL('../fixtures/tls/ca.pem', import.meta.url).pathname)
  expect((await sent({ ca: pem('self-signed') }, `https://localhost:${server.port}/`)).status).toBe(200)
})

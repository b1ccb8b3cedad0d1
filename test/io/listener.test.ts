import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { BrowserTimeout, CheckFailed, MachineError, UsageError, WalkError } from '../../src/errors.ts'
import { type ListenOptions, listen } from '../../src/io/listener.ts'
import type { Listener } from '../../src/outside.ts'
import { freePort, isFree } from '../support/port.ts'
import { closed, connected, getText, speak, statusOf } from './raw-client.ts'

const state = 'kQ3f-state-of-this-walk_Zw'

interface Place {
  listener: Listener
  port: number
  good: string
}

/** A listener on a port of its own that is gone after the test. */
async function place(options: Partial<ListenOptions> = {}, host = '127.0.0.1'): Promise<Place> {
  const port = await freePort()
  const end = new AbortController()
  const listener = await listen({ redirectUri: `http://${host}:${port}/callback`, state, wait: 30, signal: end.signal, ...options })
  onTestFinished(() => {
    end.abort()
    return listener[Symbol.asyncDispose]()
  })
  return { listener, port, good: `/callback?code=C&state=${state}` }
}

async function problem(work: Promise<unknown>): Promise<WalkError> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason)
  if (error instanceof WalkError) return error
  throw new Error('no ending of a walk', { cause: error })
}

const hasIPv6 = Object.values(networkInterfaces()).flat().some((address) => address?.address === '::1')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the authorization response', () => {
  test('C-33: is accepted once, even before anybody waits for it', async () => {
    const { listener, port, good } = await place()
    const answer = await speak(port, getText(port, good))
    expect(statusOf(answer)).toBe(303)
    expect(statusOf(await speak(port, getText(port, good)))).toBe(410)
    expect(await listener.next()).toMatchObject({
      method: 'GET',
      path: '/callback',
      parameters: [{ name: 'code', value: 'C' }, { name: 'state', value: state }],
      accepted: true,
      by: 'listener',
    })
    expect(await listener.next()).toMatchObject({ accepted: false, reason: 'the authorization response has already been here' })
  })

  test('L-25, L-17: leaves the address bar for a page that holds nothing of it', async () => {
    const { port, good } = await place()
    const sentOn = await speak(port, getText(port, good))
    const location = sentOn.match(/location: (\S+)/i)?.[1] ?? ''
    expect(location).toMatch(/^\/received\/[\w-]{22}$/)
    expect(sentOn).toMatch(/connection: close/i)
    expect(sentOn).toMatch(/referrer-policy: no-referrer/i)
    const page = await speak(port, getText(port, location))
    expect(statusOf(page)).toBe(200)
    expect(page).toContain('The authorization response is here')
    expect(page).toContain('Step 4 of 7')
    expect(page).toMatch(/content-security-policy: default-src 'none'; style-src 'nonce-/i)
    expect(page).toMatch(/cache-control: no-store/i)
    expect(page).not.toContain(state)
    // Who is no browser would not come back, and nobody has to wait for it.
    expect(page).not.toMatch(/^refresh:/im)
    const browser = await speak(port, getText(port, location, 'Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n'))
    expect(browser).toMatch(/^refresh: 1; url=\?verdict\r$/im)
  })

  test('an error is no code, and the page does not say so', async () => {
    const { listener, port } = await place()
    const sentOn = await speak(port, getText(port, `/callback?error=access_denied&state=${state}`))
    const page = await speak(port, getText(port, sentOn.match(/location: (\S+)/i)?.[1] ?? ''))
    expect(page).toContain('gave your browser an error')
    expect((await listener.next()).accepted).toBe(true)
  })

  test('L-20: may be long', async () => {
    const { listener, port } = await place()
    const code = 'c'.repeat(32 * 1024)
    await speak(port, getText(port, `/callback?code=${code}&state=${state}`, `Cookie: ${'x'.repeat(20_000)}\r\n`))
    expect((await listener.next()).parameters[0]).toEqual({ name: 'code', value: code })
  })

  test('L-19: three in one go, and the first one counts', async () => {
    const { listener, port, good } = await place()
    const answer = await speak(port, getText(port, good).repeat(3))
    expect(statusOf(answer)).toBe(303)
    expect(answer.match(/HTTP\/1\.1 303/g)).toHaveLength(1)
    expect((await listener.next()).accepted).toBe(true)
    expect((await listener.next()).accepted).toBe(false)
  })

  test('C-10: of ours, and unreadable: it is shown, and the wait ends', async () => {
    const { listener, port } = await place()
    const answer = await speak(port, getText(port, `/callback?error=x&error_description=%E0%A4%A&state=${state}`))
    expect(statusOf(answer)).toBe(400)
    expect(await listener.next()).toMatchObject({ accepted: false, parameters: [{}, { value: '%E0%A4%A' }, {}] })
    const error = await problem(listener.next())
    expect(error).toBeInstanceOf(CheckFailed)
    expect(error.explanation.check).toBe('authorization-response-encoding')
  })
})

describe('strangers', () => {
  const http = (line: string) => (port: number) => `${line}\r\nHost: 127.0.0.1:${port}\r\n\r\n`

  test.each<[row: string, bytes: (port: number) => string | Uint8Array, status: number, reason: RegExp]>([
    ['L-06 another Host', () => `GET /callback?code=C&state=${state} HTTP/1.1\r\nHost: evil.com\r\n\r\n`, 421, /Host/],
    ['L-07 absolute target', http(`GET http://evil.com/callback?code=C&state=${state} HTTP/1.1`), 400, /no path/],
    ['L-08 //', http('GET // HTTP/1.1'), 400, /no path/],
    ['L-09 //evil.com', http(`GET //evil.com/callback?code=C&state=${state} HTTP/1.1`), 404, /not the redirect_uri/],
    ['L-10 no Host', () => `GET /callback?code=C&state=${state} HTTP/1.1\r\n\r\n`, 400, /Host/],
    ['L-10 HTTP/1.0 without Host', () => `GET /callback?code=C&state=${state} HTTP/1.0\r\n\r\n`, 400, /Host/],
    ['L-10 two Hosts', (port) => `GET /callback?code=C&state=${state} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: 127.0.0.1:${port}\r\n\r\n`, 400, /Host/],
    ['L-11 HEAD', http(`HEAD /callback?code=C&state=${state} HTTP/1.1`), 405, /only GET/],
    ['L-11 TRACE', http(`TRACE /callback?code=C&state=${state} HTTP/1.1`), 405, /only GET/],
    ['L-11 OPTIONS *', http('OPTIONS * HTTP/1.1'), 405, /only GET/],
    ['L-11 CONNECT', http('CONNECT evil.com:443 HTTP/1.1'), 405, /only GET/],
    ['L-13 an image', (port) => getText(port, `/callback?code=C&state=${state}`, 'Sec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n'), 403, /background/],
    ['L-20 more than 64 KiB', (port) => getText(port, `/callback?code=${'c'.repeat(70_000)}&state=${state}`), 431, /64 KiB/],
    ['L-21 TLS', () => Buffer.from('160301020001000200', 'hex'), 400, /browser used https/],
    ['L-21 HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, /no HTTP request/],
    ['L-21 noise', () => Buffer.from('ff00fe01\r\n\r\n'), 400, /no HTTP request/],
    ['L-22 WebSocket', (port) => getText(port, `/callback?code=C&state=${state}`, 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), 400, /another protocol/],
    ['L-22 Expect', (port) => getText(port, `/callback?code=C&state=${state}`, 'Expect: 100-continue\r\n'), 417, /Expect/],
    ['L-22 an endless body', (port) => `${getText(port, `/callback?code=C&state=${state}`, 'Transfer-Encoding: chunked\r\n')}400\r\n`, 400, /body/],
    ['C-29 a form', (port) => `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1073741824\r\n\r\ncode=C`, 405, /POST/],
    ['C-02 another state', (port) => getText(port, '/callback?code=C&state=other'), 400, /state is not ours/],
    ['C-15 an error without state', (port) => getText(port, '/callback?error=access_denied'), 400, /no state/],
    ['a favicon', (port) => getText(port, '/favicon.ico'), 404, /not the redirect_uri/],
  ])('%s is turned away, told, and changes nothing', async (_row, bytes, status, reason) => {
    const { listener, port, good } = await place()
    const answer = await speak(port, bytes(port))
    expect(statusOf(answer)).toBe(status)
    expect(answer).not.toContain('100 Continue')
    expect(await listener.next()).toMatchObject({ accepted: false, by: 'listener', reason: expect.stringMatching(reason) as string })
    expect(statusOf(await speak(port, getText(port, good)))).toBe(303)
    expect((await listener.next()).accepted).toBe(true)
  })

  test('L-10: HTTP/0.9 is turned away', async () => {
    const { listener, port, good } = await place()
    await speak(port, `GET ${good}\r\n\r\n`)
    expect((await listener.next()).accepted).toBe(false)
  })

  test('L-23: nothing that is sent comes back', async () => {
    const { port } = await place()
    const mark = 'MARK<script>"\'MARK'
    const sent = `/callback?code=${encodeURIComponent(mark)}&state=MARK&error=MARK`
    const headers = 'X-MARK: MARK\r\nCookie: MARK\r\nOrigin: http://MARK\r\n'
    const targets = [sent, `/MARK${sent}`, sent.replace('state=MARK', `state=${state}`)]
    for (const target of targets) expect(await speak(port, getText(port, target, headers))).not.toMatch(/MARK/)
  })

  test('L-21: noise of all kinds leaves it standing', async () => {
    const { listener, port, good } = await place()
    for (let size = 1; size < 60; size += 1) await speak(port, Buffer.concat([randomBytes(size), Buffer.from('\r\n\r\n')]))
    expect(statusOf(await speak(port, getText(port, good)))).toBe(303)
    for (;;) if ((await listener.next()).accepted) return
  })

  test('L-14: a flood of requests is summed up', async () => {
    const { listener, port, good } = await place()
    const burst = getText(port, '/callback?code=C&state=x')
    for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 10 }, () => speak(port, burst)))
    await speak(port, getText(port, good))
    let strangers = 0
    while (!(await listener.next()).accepted) strangers += 1
    expect(strangers).toBeGreaterThanOrEqual(100)
    expect(strangers).toBeLessThan(150)
  })

  test('L-14: idle connections can’t lock the browser out', async () => {
    const { port, good } = await place()
    const idle: Socket[] = []
    // No more at once than a backlog holds.
    while (idle.length < 1200) idle.push(...await Promise.all(Array.from({ length: 100 }, () => connected(port))))
    for (const socket of idle) socket.resume()
    expect(statusOf(await speak(port, getText(port, good)))).toBe(303)
    // Long before the time of an unfinished request is over.
    await vi.waitFor(() => expect(idle.slice(0, 100).every((socket) => socket.closed)).toBe(true), 5_000)
    expect(idle.at(-1)?.closed).toBe(false)
    for (const socket of idle) socket.destroy()
  })

  test('L-15: who never finishes a request is dropped', async () => {
    const { listener, port } = await place()
    expect(statusOf(await speak(port, 'GET /callback?code=C HTTP/1.1\r\nHost: x\r\n'))).toBe(408)
    expect((await listener.next()).reason).toMatch(/never became a whole request/)
  })
})

describe('where it listens', () => {
  test('L-01: on loopback alone', async () => {
    const { port } = await place()
    const own = Object.values(networkInterfaces()).flat().map((address) => address?.address ?? '')
    // Linux answers to all of 127/8, so that a server on every address would be found there.
    const others = [...own, ...(process.platform === 'linux' ? ['127.0.0.2'] : [])].filter((address) => address !== '127.0.0.1')
    const open = await Promise.all(others.map((address) => connected(port, address).then(() => address, () => undefined)))
    expect(open.filter(Boolean)).toEqual([])
  })

  test('localhost has its own Host', async () => {
    const { port, good } = await place({}, 'localhost')
    expect(statusOf(await speak(port, getText(port, good)))).toBe(421)
    expect(statusOf(await speak(port, `GET ${good} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`))).toBe(303)
  })

  test.skipIf(!hasIPv6)('L-02: localhost is both families', async () => {
    const { port, good } = await place({}, 'localhost')
    expect(statusOf(await speak(port, `GET ${good} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`, '::1'))).toBe(303)
  })

  test.skipIf(!hasIPv6)('L-02: localhost with one family taken is taken, and nothing stays bound', async () => {
    const other = createServer().listen(0, '::1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as { port: number }
    const error = await problem(listen({ redirectUri: `http://localhost:${port}/cb`, state, wait: 1, signal: new AbortController().signal }))
    expect(error).toBeInstanceOf(MachineError)
    expect(await isFree(port)).toBe(true)
  })

  test('L-04, L-31: a port that is taken is named, and on Linux who has it', async () => {
    const { port } = await place()
    const error = await problem(listen({ redirectUri: `http://127.0.0.1:${port}/cb`, state, wait: 1, signal: new AbortController().signal }))
    expect(error).toBeInstanceOf(MachineError)
    expect(error.explanation.check).toBe('listener-port')
    expect(error.message).toContain(`Port ${port} of the redirect URI is taken`)
    expect(error.message).toContain(process.platform === 'linux' ? `(process ${process.pid})` : '')
  })

  test.each([
    ['Z-01 no port', 'http://127.0.0.1:99999/cb'],
    ['Z-01 port 0', 'http://127.0.0.1:0/cb'],
    ['no URL', 'callback'],
    ['L-32 another machine', 'http://example.com/cb'],
    ['L-01 all addresses', 'http://0.0.0.0:8765/cb'],
    ['https elsewhere', 'https://example.com/cb'],
    ['a fragment', 'http://127.0.0.1:8765/cb#x'],
    ['a user name', 'http://me@127.0.0.1:8765/cb'],
  ])('%s is a usage error', async (_row, redirectUri) => {
    expect(await problem(listen({ redirectUri, state, wait: 1, signal: new AbortController().signal }))).toBeInstanceOf(UsageError)
  })
})

describe('a pasted address', () => {
  async function paste(texts: string[], redirectUri?: string) {
    let receive = (_text: string) => {}
    const unsubscribe = vi.fn<() => void>()
    const made = await place({ ...(redirectUri ? { redirectUri } : {}), pasted: (given) => {
      receive = given
      return unsubscribe
    } })
    for (const text of texts) receive(text.replaceAll('PORT', String(made.port)))
    return { ...made, unsubscribe }
  }
  const url = `http://127.0.0.1:PORT/callback?code=C&state=${state}`

  test.each([
    ['as it is', url],
    ['with spaces and line ends', `  ${url} \r\n`],
    ['in quotes', `"${url}"`],
    ['in single quotes', `'${url}'`],
    ['in angle brackets', `<${url}>`],
    ['with what a provider hangs behind it', `${url}#_=_`],
  ])('C-32: %s is the response', async (_row, text) => {
    const { listener, port, good } = await paste(['', '  ', text])
    expect(await listener.next()).toMatchObject({ accepted: true, by: 'paste', path: '/callback', parameters: [{ name: 'code', value: 'C' }, { name: 'state', value: state }] })
    expect(statusOf(await speak(port, getText(port, good)))).toBe(410)
  })

  test.each([
    ['another host', url.replace('127.0.0.1', 'localhost'), /does not begin with http:/],
    ['another port', url.replace('PORT', '1'), /does not begin with http:/],
    ['another path', url.replace('callback', 'callback/'), /does not begin with http:/],
    ['https', url.replace('http', 'https'), /does not begin with http:/],
    ['the path behind a host of somebody else', `http://evil.com/${url}`, /does not begin with http:/],
    ['the code alone', 'C', /whole address/],
    ['parameters in the fragment', url.replace('?', '#'), /behind a #/],
    ['another state', url.replace(state, 'x'), /state is not ours/],
    ['nothing but the redirect URI', 'http://127.0.0.1:PORT/callback', /no state/],
    ['too much', `${url}${'x'.repeat(70_000)}`, /64 KiB/],
  ])('C-32: %s is not', async (_row, text, reason) => {
    const { listener } = await paste([text])
    expect(await listener.next()).toMatchObject({ accepted: false, by: 'paste', reason: expect.stringMatching(reason) as string })
  })

  test('nobody listens for it after the end', async () => {
    const { listener, unsubscribe } = await paste([])
    await listener[Symbol.asyncDispose]()
    expect(unsubscribe).toHaveBeenCalledOnce()
  })
})

describe('the end', () => {
  test('Z-15: nobody comes', async () => {
    const { listener, port } = await place({ wait: 0.2 })
    await speak(port, getText(port, '/favicon.ico'))
    expect((await listener.next()).accepted).toBe(false)
    const error = await problem(listener.next())
    expect(error).toBeInstanceOf(BrowserTimeout)
    expect(error.explanation.tries[0]).toContain(`http://127.0.0.1:${port}/callback`)
    expect(error.explanation.means).toContain('1 request was turned away')
  })

  test('reading time before the wait is not part of it', async () => {
    const { listener, port, good } = await place({ wait: 0.2 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const arrival = listener.next()
    await speak(port, getText(port, good))
    expect((await arrival).accepted).toBe(true)
  })

  test('the signal ends the wait with its reason', async () => {
    const caller = new AbortController()
    const { listener } = await place({ signal: caller.signal })
    const arrival = listener.next()
    caller.abort(new Error('SIGINT'))
    await expect(arrival).rejects.toThrow('SIGINT')
    await expect(listener.next()).rejects.toThrow('SIGINT')
    await expect(place({ signal: caller.signal })).rejects.toThrow('SIGINT')
  })

  test('L-16: idle connections do not hold it, and the port is free', async () => {
    const { listener, port } = await place()
    const idle = await connected(port)
    await listener[Symbol.asyncDispose]()
    expect(await isFree(port)).toBe(true)
    await closed(idle)
  })

  test('a browser that was sent on still gets its page', async () => {
    const { listener, port, good } = await place()
    const sentOn = await speak(port, getText(port, good))
    const over = listener[Symbol.asyncDispose]()
    const page = await speak(port, getText(port, sentOn.match(/location: (\S+)/i)?.[1] ?? ''))
    expect(page).toContain('</html>')
    await over
    expect(await isFree(port)).toBe(true)
  })

  test('one that never follows is not waited for longer than its grace, and not at all after an abort', async () => {
    const caller = new AbortController()
    const { listener, port, good } = await place({ signal: caller.signal })
    await speak(port, getText(port, good))
    const over = listener[Symbol.asyncDispose]()
    caller.abort(new Error('SIGINT'))
    await over
    expect(await isFree(port)).toBe(true)
    const second = await place()
    await speak(second.port, getText(second.port, second.good))
    await second.listener[Symbol.asyncDispose]()
    expect(await isFree(second.port)).toBe(true)
  })
})

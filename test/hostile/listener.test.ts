import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRedirectUri } from '../../src/io/redirect-uri.ts'
import { isReachedAt } from '../../src/io/self-probe.ts'
import { closed, connected, getText, statusOf } from '../io/raw-client.ts'
import { run, start } from '../support/child.ts'
import { freePort, isFree } from '../support/port.ts'
import { tempFolder } from '../support/temp.ts'
import { expectEveryCheckPassed, expectFourLines, readTranscript, scriptedBrowser } from '../support/walk.ts'
import { floodOf } from './flood.ts'
import { startWaiting, type Waiting } from './waiting.ts'

const linux = process.platform === 'linux'
const hasIPv6 = Object.values(networkInterfaces()).flat().some((address) => address?.address === '::1')

/** Bytes, and the status lines that must come back. */
type Attempt = readonly [bytes: (waiting: Waiting) => string | Uint8Array, ...statuses: number[]]

const line = (text: string) => ({ port }: Waiting) => `${text}\r\nHost: 127.0.0.1:${port}\r\n\r\n`
const get = (target: (waiting: Waiting) => string, headers = '') => (waiting: Waiting) => getText(waiting.port, target(waiting), headers)
const good = ({ good: target }: Waiting) => target

const turnedAway: readonly { id: string; says: string; attempts: readonly Attempt[] }[] = [
  {
    id: 'L-06',
    says: 'a page of another name that leads to this machine',
    attempts: ['evil.com:PORT', 'evil.com', 'localhost:PORT', '127.0.0.1', '127.0.0.1:80', '[::1]:PORT', '127.0.0.1.evil.com:PORT', '2130706433:PORT', '0.0.0.0:PORT', '127.0.0.1:0PORT', ''].map(
      (host): Attempt => [(waiting) => `GET ${waiting.good} HTTP/1.1\r\nHost: ${host.replace('PORT', String(waiting.port))}\r\n\r\n`, 421],
    ),
  },
  {
    id: 'L-07',
    says: 'a target in absolute form',
    attempts: [
      [({ good: target, port }) => line(`GET http://127.0.0.1:${port}${target} HTTP/1.1`)({ port } as Waiting), 400],
      [(waiting) => line(`GET http://evil.com${waiting.good} HTTP/1.1`)(waiting), 400],
    ],
  },
  { id: 'L-08', says: 'what no URL parser takes', attempts: [[line('GET // HTTP/1.1'), 400], [line('GET http:// HTTP/1.1'), 400]] },
  {
    id: 'L-09',
    says: 'the path in another spelling',
    attempts: [
      ...['//evil.com', '//', '/x/..', '/.', '/callback/..', '/%2e%2e'].map((before): Attempt => [get((waiting) => before + waiting.good), 404]),
      ...[['/c', '/%63'], ['?', ';x?'], ['?', '/?'], ['/', '/\\'], ['callback', 'CALLBACK'], ['?', '%3f'], ['?', '#?'], ['callback', 'callback%00']].map(
        ([from = '', to = '']): Attempt => [get((waiting) => waiting.good.replace(from, to)), 404],
      ),
    ],
  },
  {
    id: 'L-10',
    says: 'HTTP of another age, no Host, two of them',
    attempts: [
      [(waiting) => `GET ${waiting.good}\r\n\r\n`, 400],
      [(waiting) => `GET ${waiting.good} HTTP/1.0\r\n\r\n`, 400],
      [(waiting) => `GET ${waiting.good} HTTP/1.1\r\n\r\n`, 400],
      [(waiting) => `GET ${waiting.good} HTTP/1.1\r\nHost: 127.0.0.1:${waiting.port}\r\nHost: 127.0.0.1:${waiting.port}\r\n\r\n`, 400],
      [(waiting) => `GET ${waiting.good} HTTP/2.0\r\nHost: 127.0.0.1:${waiting.port}\r\n\r\n`, 400],
    ],
  },
  {
    id: 'L-11',
    says: 'another method, as of whoever looks at links beforehand',
    attempts: [
      ...['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'].map((method): Attempt => [(waiting) => line(`${method} ${waiting.good} HTTP/1.1`)(waiting), 405]),
      [line('OPTIONS * HTTP/1.1'), 405],
      [line('CONNECT evil.com:443 HTTP/1.1'), 405],
      [(waiting) => line(`get ${waiting.good} HTTP/1.1`)(waiting), 400],
    ],
  },
  {
    id: 'L-13',
    says: 'an image, a frame, a script of a page',
    attempts: [
      'Sec-Fetch-Mode: no-cors\r\n',
      'Sec-Fetch-Mode: cors\r\n',
      'Sec-Fetch-Dest: image\r\n',
      'Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n',
      'Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: object\r\n',
      'Sec-Fetch-Mode: websocket\r\n',
    ].map((headers): Attempt => [get(good, headers), 403]),
  },
  {
    id: 'L-21',
    says: 'TLS, HTTP/2, noise',
    attempts: [
      [() => Buffer.from('160301020001000200', 'hex'), 400],
      [() => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
      [() => Buffer.from('80800103010061000000000000000d0a0d0a', 'hex'), 400],
      [() => '\0'.repeat(100), 400],
      [() => 'EHLO localhost\r\n\r\n', 400],
      [() => '*1\r\n$4\r\nPING\r\n', 400],
    ],
  },
  {
    id: 'L-22',
    says: 'an upgrade, a request to go on, a body',
    attempts: [
      [get(good, 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n'), 400],
      [get(good, 'Expect: 100-continue\r\n'), 417],
      [get(good, 'Expect: the-unexpected\r\n'), 417],
      [(waiting) => `${getText(waiting.port, waiting.good, 'Transfer-Encoding: chunked\r\n')}40000000\r\n`, 400],
      [(waiting) => getText(waiting.port, waiting.good, 'Content-Length: 1073741824\r\n'), 400],
      [(waiting) => getText(waiting.port, waiting.good, 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'), 400],
    ],
  },
  { id: 'L-28', says: 'somebody who looks for the way to the authorization server', attempts: ['/', '/authorize', '/login', '/start', '/index.html'].map((path): Attempt => [get(() => path), 404]) },
]

describe('strangers, while the program waits', () => {
  let waiting: Waiting
  beforeAll(async () => {
    waiting = await startWaiting()
  })
  afterAll(() => waiting[Symbol.asyncDispose]())

  test.each(turnedAway.map((row) => [`${row.id}: ${row.says}`, row.attempts] as const))('%s is turned away', async (_row, attempts) => {
    for (const [bytes, ...statuses] of attempts) {
      const sent = bytes(waiting)
      const answer = await waiting.say(sent)
      expect({ sent: String(sent).slice(0, 200), statuses: statusesOf(answer) }).toEqual({ sent: String(sent).slice(0, 200), statuses })
      expect(answer).not.toMatch(/location:|100 Continue|101 Switching/i)
      expect(answer).not.toContain(waiting.state)
    }
    expect(waiting.child.process.exitCode).toBeNull()
  })

  test('L-17: every answer closes its connection', async () => {
    const asked = [get(good, 'Sec-Fetch-Mode: cors\r\n')(waiting), line('HEAD / HTTP/1.1')(waiting), get(() => '/favicon.ico')(waiting), line('CONNECT a:1 HTTP/1.1')(waiting), 'noise\r\n\r\n']
    for (const bytes of asked) expect(await waiting.say(bytes)).toMatch(/\r\nconnection: close\r\n/i)
  })

  test('L-20: a request of more than 64 KiB is refused with its status', async () => {
    expect(statusOf(await waiting.ask(`/callback?code=${'c'.repeat(70_000)}&state=${waiting.state}`))).toBe(431)
    expect(statusOf(await waiting.ask('/callback?code=C&state=x', `Cookie: ${'c'.repeat(60_000)}\r\n`))).toBe(400)
  })

  test('L-23: of a thousand marked values none comes back', async () => {
    const marked = (index: number) => `MARK${index}<script>"'--&`
    for (let round = 0; round < 40; round += 1) {
      const pairs = Array.from({ length: 22 }, (_, index) => `p${index}=${encodeURIComponent(marked(index))}`)
      const state = round % 2 === 0 ? 'MARK' : waiting.state
      const query = [...pairs, `state=${state}`, `next=${encodeURIComponent('https://MARK.example')}`].join('&')
      const answer = await waiting.ask(`/callback${round % 4 < 2 ? '' : '/MARK'}?${query}`, 'X-MARK: MARK\r\nCookie: MARK\r\nReferer: http://MARK\r\nOrigin: http://MARK\r\n')
      expect(answer).not.toMatch(/MARK/)
    }
  })

  test('L-29: another user of this machine is a stranger like any other', async () => {
    const script = `require('node:http').get({ port: ${waiting.port}, host: '127.0.0.1', path: '/callback?code=C&state=guess' }, ({ statusCode }) => { process.exitCode = statusCode - 300 })`
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const [exit] = await once(spawn(process.execPath, ['-e', script], { cwd: '/', stdio: 'ignore', ...nobody }), 'exit')
    expect(exit).toBe(100)
  })

  test.skipIf(!linux)('L-01: the kernel’s table shows it on 127.0.0.1 and nowhere else', async () => {
    const port = waiting.port.toString(16).toUpperCase().padStart(4, '0')
    const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
    const listening = tables.join('\n').split('\n').map((row) => row.trim().split(/\s+/)).filter((row) => row[3] === '0A' && row[1]?.endsWith(`:${port}`))
    expect(listening.map((row) => row[1])).toEqual([`0100007F:${port}`])
  })

  test('L-14: ten thousand hostile requests, and the genuine response still gets through', async () => {
    const { answers, answered, ending } = await floodOf(waiting, 10_000)
    if (process.env['AUTHWALK_FIGURES']) process.stdout.write(`\n${answers} hostile requests; the genuine response was answered after ${answered.toFixed(1)} ms\n`)
    expect(answered).toBeLessThan(Infinity)
    expect(answers).toBeGreaterThanOrEqual(10_000)
    const { events, outcome } = readTranscript(ending.stdout)
    expect(outcome).toEqual({ status: 'completed', exit: 0 })
    const strangers = events.filter((event) => event.type === 'redirect' && !event.accepted)
    expect(strangers.length).toBeLessThan(1_000)
  })
})

describe('the response, among others', () => {
  test('L-19: three in one go: the first decides', async () => {
    await using waiting = await startWaiting()
    const first = `/callback?error=access_denied&state=${waiting.state}&iss=${encodeURIComponent(new URL(waiting.url).origin)}`
    const answer = await waiting.say(getText(waiting.port, first) + getText(waiting.port, waiting.good).repeat(2))
    expect(statusesOf(answer)[0]).toBe(303)
    expect(statusesOf(answer).slice(1).every((status) => status === 410)).toBe(true)
    expect((await waiting.child.ended).exit).toBe(3)
  })

  test('L-25: the code leaves the address bar for a page that fetches nothing', async () => {
    await using waiting = await startWaiting()
    const sentOn = await waiting.ask(waiting.good)
    expect(statusOf(sentOn)).toBe(303)
    const location = /\r\nlocation: (\S+)/i.exec(sentOn)?.[1] ?? ''
    expect(location).toMatch(/^\/received\/[\w-]{22}$/)
    const page = await waiting.ask(location)
    expect(statusOf(page)).toBe(200)
    expect(page).not.toMatch(/(?:src|href|action|url\()\s*=?\s*["']?\s*(?:https?:)?\/\//i)
    expect(page).toMatch(/content-security-policy: default-src 'none'/i)
    expect(page).toMatch(/referrer-policy: no-referrer/i)
  })

  test('L-26: no parameter leads the browser anywhere', async () => {
    const names = ['next', 'redirect', 'redirect_uri', 'return_to', 'url', 'continue', 'RelayState', 'target', 'goto']
    await using waiting = await startWaiting()
    const sentOn = await waiting.ask(`${waiting.good}&${names.map((name) => `${name}=https://evil.example`).join('&')}`)
    expect(sentOn).toMatch(/\r\nlocation: \/received\//i)
    expect(sentOn).not.toContain('evil')
  })

  test('L-15: a request that never becomes complete keeps nobody from leaving', async () => {
    await using waiting = await startWaiting()
    const loris = await connected(waiting.port)
    loris.write('GET /callback?code=C HTTP/1.1\r\nX: ')
    const drip = setInterval(() => loris.write('y'), 100)
    const { exit, stdout } = await waiting.finish()
    clearInterval(drip)
    expect(exit).toBe(0)
    expectEveryCheckPassed(readTranscript(stdout))
    await closed(loris)
  })

  test('L-16: nor does a connection on which nothing is ever said', async () => {
    await using folder = await tempFolder()
    const counted = join(folder.path, 'census.json')
    const census = fileURLToPath(new URL('./census.mjs', import.meta.url))
    await using waiting = await startWaiting({ env: { NODE_OPTIONS: `--import ${census}`, CENSUS: counted } })
    const idle = await Promise.all(Array.from({ length: 20 }, () => connected(waiting.port)))
    expect((await waiting.finish()).exit).toBe(0)
    // The event loop ran empty by itself: nothing had to be forced.
    expect(JSON.parse(await readFile(counted, 'utf8'))).toMatchObject({ emptied: true })
    expect(await isFree(waiting.port)).toBe(true)
    await Promise.all(idle.map(closed))
  })
})

describe('a place that is not to be had', () => {
  /** Somebody who holds the port, answers everything, and counts. */
  async function squat(host: string) {
    let asked = 0
    const server = createServer((socket) => {
      asked += 1
      socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    }).listen(0, host)
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    return { port, asked: () => asked, [Symbol.asyncDispose]: async () => void server.close() }
  }

  async function expectRefused(redirectUri: string, port: number) {
    await using folder = await tempFolder()
    const log = join(folder.path, 'browser.json')
    const ending = await run(['--practice', '--browser', 'system', '--redirect-uri', redirectUri], { env: { BROWSER: scriptedBrowser, SCRIPTED_BROWSER_LOG: log } })
    expectFourLines(ending, 8)
    expect(ending.stderr).toContain(`Port ${port} of the redirect URI is taken`)
    expect(ending.stdout + ending.stderr).not.toMatch(/authorize\?/)
    expect(existsSync(log)).toBe(false)
    return ending
  }

  test.skipIf(!hasIPv6)('L-02: localhost of which somebody holds one family', async () => {
    for (const host of ['127.0.0.1', '::1']) {
      await using other = await squat(host)
      await expectRefused(`http://localhost:${other.port}/callback`, other.port)
    }
  })

  test('L-03: where another program answers although the port could be bound, that is noticed', async () => {
    await using other = await squat('127.0.0.1')
    await using ours = createServer().listen(0, '127.0.0.1')
    await once(ours, 'listening')
    const { port } = ours.address() as { port: number }
    expect(await isReachedAt(ours, { port, host: '127.0.0.1' })).toBe(true)
    expect(await isReachedAt(ours, { port: other.port, host: '127.0.0.1' })).toBe(false)
    expect(await isReachedAt(ours, { port: await freePort(), host: '127.0.0.1' })).toBe(false)
    expect(ours.listenerCount('connection')).toBe(0)
  })

  test('L-04: a port that is taken is named with who has it, and no other is tried', async () => {
    await using other = await squat('127.0.0.1')
    const { stderr } = await expectRefused(`http://127.0.0.1:${other.port}/callback`, other.port)
    expect(stderr.replace(/\s+/g, ' ')).toContain(linux ? `(process ${process.pid})` : 'lsof')
  })

  test('L-05: who squats on it and would pass codes on never gets one', async () => {
    await using other = await squat('0.0.0.0')
    await expectRefused(`http://127.0.0.1:${other.port}/callback`, other.port)
    // The program itself may have knocked to see who is there; no browser came.
    expect(other.asked()).toBeLessThanOrEqual(1)
  })

  test('L-31: a second walk on the same port ends, and the first one goes on', async () => {
    await using first = await startWaiting()
    await expectRefused(first.redirectUri, first.port)
    const { exit, stdout } = await first.finish()
    expect(exit).toBe(0)
    expectEveryCheckPassed(readTranscript(stdout))
  })

  test('L-32: no variable of the environment moves the listener away from the redirect URI', async () => {
    const port = await freePort()
    const env = { HOST: '0.0.0.0', PORT: String(port), BIND: '0.0.0.0', HOSTNAME: '0.0.0.0', AUTHWALK_HOST: '0.0.0.0', AUTHWALK_PORT: String(port), npm_config_port: String(port) }
    await using waiting = await startWaiting({ env })
    expect(await isFree(port)).toBe(true)
    expect(await isFree(waiting.port)).toBe(false)
    for (const host of ['0.0.0.0', '[::]', '192.168.0.1', 'example.com', '127.0.0.1.example.com', 'localhost.example.com', '127.0.0.2']) {
      expect(() => readRedirectUri(`http://${host}:${port}/callback`)).toThrow('is not this machine')
    }
    await using child = start(['--practice', '--redirect-uri', `http://0.0.0.0:${port}/callback`])
    expect((await child.ended).exit).toBe(2)
  })
})

/** Where pipelined requests were answered there is more than one. */
function statusesOf(answer: string): number[] {
  return Array.from(answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm), ([, status]) => Number(status))
}

import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { createArrivals } from '../../src/io/arrivals.ts'
import { explainFailure } from '../../src/io/failure.ts'
import { createRequests } from '../../src/io/send.ts'
import { pem, rawServer, rawTlsServer, reply } from '../io/servers.ts'
import { statusOf } from '../io/raw-client.ts'
import { run, runInShell, start } from '../support/child.ts'
import { freePort, freeRedirectUri, isFree } from '../support/port.ts'
import { start as startTerminal } from '../support/pty.ts'
import { visit } from '../support/scripted-browser.mjs'
import { silence } from '../support/tap.ts'
import { tempFolder } from '../support/temp.ts'
import { expectEveryCheckPassed, expectFourLines, readTranscript } from '../support/walk.ts'
import { startWaiting } from './waiting.ts'
import { walking } from './walking.ts'

const posix = process.platform !== 'win32'
const hasIPv6 = Object.values(networkInterfaces()).flat().some((address) => address?.address === '::1')
const secret = { AUTHWALK_CLIENT_SECRET: 'the secret of nobody' }
const exits = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** A walk that fails before the browser. */
const failing = async (issuer: string, ...more: string[]) => run([issuer, '--client-id', 'x', '--timeout', '2', '--redirect-uri', await freeRedirectUri(), ...more], { env: secret })

describe('ports and addresses', () => {
  test('Z-01: a port that is taken, and one that is none', async () => {
    await using holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    expectFourLines(await run(['--practice', '--redirect-uri', `http://127.0.0.1:${port}/callback`]), 8)
    for (const none of ['0', '99999', 'abc', '-1']) expectFourLines(await run(['--practice', '--redirect-uri', `http://127.0.0.1:${none}/callback`]), 2)
    for (const none of ['0x', '65536', 'abc']) expectFourLines(await run(['practice', '--port', none]), 2)
  })

  test.skipIf(!hasIPv6)('Z-02: an address of the other family works like the first', async () => {
    const port = await freePort()
    await using waiting = await startWaiting({ redirectUri: `http://[::1]:${port}/callback` })
    const { exit, stdout } = await waiting.finish()
    expect(exit).toBe(0)
    expectEveryCheckPassed(readTranscript(stdout))
  })

  test('Z-03: a refusal in both families names both causes', async () => {
    const port = await freePort()
    const ending = await failing(`https://localhost:${port}`)
    expectFourLines(ending, 6)
    expect(ending.stderr).toContain('ECONNREFUSED')
    const each = ['::1', '127.0.0.1'].map((address) => Object.assign(new Error(''), { code: 'ECONNREFUSED', address }))
    const error = Object.assign(new AggregateError(each, ''), { code: 'ECONNREFUSED' })
    const request = { method: 'GET' as const, url: 'https://localhost/', headers: [], parameters: [] }
    expect(explainFailure(error, request, { answered: false }).message).toMatch(/::1.*127\.0\.0\.1/)
  })

  test('Z-04: each way in which a name may have no address has its own words', async () => {
    expectFourLines(await failing('https://no-such-host.invalid'), 6)
    const request = { method: 'GET' as const, url: 'https://as.example/', headers: [], parameters: [] }
    const said = ['ENOTFOUND', 'EAI_AGAIN'].map((code) => explainFailure(Object.assign(new Error('x'), { code }), request, { answered: false }).explanation)
    expect(new Set(said.map(({ means }) => means)).size).toBe(2)
    expect(said.every(({ tries }) => tries.length > 0)).toBe(true)
  })
})

describe('the network, in the middle of it', () => {
  test('Z-06: down after the code came: told that a code lives for minutes, and the POST is not sent again', async () => {
    await using token = await rawServer((socket) => socket.resetAndDestroy())
    const { send } = createRequests({ signal: new AbortController().signal, timeout: 5 })
    const error: unknown = await send({ method: 'POST', url: `http://127.0.0.1:${token.port}/token`, headers: [], parameters: [{ name: 'code', value: 'C' }] }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ exit: 6, explanation: { means: expect.stringContaining('not sent a second time') } })
    expect(token.received).toHaveLength(1)
  })

  test('Z-22: a captive portal in front of everything is told from a provider', async () => {
    await using portal = await rawServer((socket) => socket.end(reply('<html><title>Log in to the Wi-Fi</title></html>', 'Content-Type: text/html\r\n')))
    const ending = await failing(`http://127.0.0.1:${portal.port}`)
    expectFourLines(ending, 5)
    expect(ending.stderr.replace(/\s+/g, ' ')).toMatch(/login page of the network/)
    await using redirecting = await rawServer((socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n'))
    expectFourLines(await failing(`http://127.0.0.1:${redirecting.port}`), 5)
  })

  test('certificates that are self-signed, expired, or of another host end before a byte of ours', async () => {
    for (const [cert, args] of [['self-signed', []], ['expired', ['--ca']], ['other-host', ['--ca']]] as const) {
      await using server = await rawTlsServer({ key: pem('key'), cert: pem(cert) }, (socket) => socket.end(reply('{}')))
      const ca = args.length === 0 ? [] : ['--ca', new URL('../fixtures/tls/ca.pem', import.meta.url).pathname]
      expectFourLines(await failing(`https://127.0.0.1:${server.port}`, ...ca), 6)
      expect(server.received.join('')).toBe('')
    }
  })

  test('Z-14: a server that sleeps is waited for until the deadline, never until Node gives up', async () => {
    await using server = await silence()
    const ending = await failing(server.url.slice(0, -1), '--timeout', '1')
    expectFourLines(ending, 6)
    expect(ending.exit).not.toBe(13)
  })
})

describe('signals', () => {
  test.skipIf(!posix)('Z-07: Ctrl+C at the metadata, at the wait, in a prompt, while printing: 130, and nothing is left', async () => {
    await using server = await silence()
    const redirectUri = await freeRedirectUri()
    await using early = start([server.url.slice(0, -1), '--client-id', 'x', '--redirect-uri', redirectUri], { env: secret })
    await server.asked
    early.signal('SIGINT')
    expect((await early.ended).exit).toBe(130)
    await using waiting = await startWaiting()
    waiting.child.signal('SIGINT')
    expect((await waiting.child.ended).exit).toBe(130)
    expect(await isFree(waiting.port)).toBe(true)
    await using prompt = startTerminal(['https://as.example', '--client-id', 'x', '--redirect-uri', await freeRedirectUri()])
    await prompt.waitFor('client_secret')
    prompt.press('\u0003')
    const { code, stty } = await prompt.exit()
    expect(code).toBe(130)
    expect(stty).toMatch(/(?<!-)\becho\b/)
    await using printing = start(['--practice', '--redirect-uri', await freeRedirectUri()])
    await printing.stdout.waitFor('1/7')
    printing.signal('SIGINT')
    expect([0, 130]).toContain((await printing.ended).exit)
  })

  test.skipIf(!posix)('Z-08: SIGTERM and SIGHUP have their codes, and a stop with its continue changes nothing', async () => {
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      await using waiting = await startWaiting()
      waiting.child.signal(signal)
      expect((await waiting.child.ended).exit).toBe(exits[signal])
      expect(await isFree(waiting.port)).toBe(true)
    }
    await using stopped = await startWaiting()
    stopped.child.signal('SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 300))
    stopped.child.signal('SIGCONT')
    expect((await stopped.finish()).exit).toBe(0)
  })
})

describe('standard streams', () => {
  test.skipIf(!posix)('Z-09: a reader who wants one line gets it, and nobody is told of it', async () => {
    const { stdout, stderr } = await runInShell('{ "$@"; echo "exit $?" >&2; } | head -1', ['--practice', '--redirect-uri', await freeRedirectUri()])
    expect(stdout.split('\n')).toHaveLength(2)
    expect(stderr).toMatch(/^exit [08]$/m)
    expect(stderr).not.toMatch(/EPIPE|\n\s+at /)
  })

  test.runIf(existsSync('/dev/full'))('Z-10: standard output that is full or closed', async () => {
    for (const line of ['exec "$@" >/dev/full', '"$@" >&-; exit $?']) {
      for (const more of [[], ['--json']]) expectFourLines(await runInShell(line, ['--practice', '--redirect-uri', await freeRedirectUri(), ...more]), 8)
    }
  })

  test.skipIf(!posix)('Z-11: what is longer than a pipe arrives whole', async () => {
    const { exit, stdout } = await runInShell('"$@" | { sleep 1; cat; }', ['--practice', '--json', '--show-secrets', '--redirect-uri', await freeRedirectUri(), '--param', `x=${'y'.repeat(90_000)}`])
    expect(exit).toBe(0)
    expect(stdout.length).toBeGreaterThan(65_536)
    expect(readTranscript(stdout).version).toBe(1)
  })

  test('Z-12: a question that nobody can answer names the flag, and is not waited for', async () => {
    for (const [args, names] of [[['https://as.example'], '--client-id'], [['https://as.example', '--client-id', 'x'], 'AUTHWALK_CLIENT_SECRET'], [[], '--practice']] as const) {
      const ending = await run(args)
      expectFourLines(ending, 2)
      expect(ending.stderr).toContain(names)
    }
  })

  test('Z-13: without a terminal no raw mode is asked for', async () => {
    const { exit, stderr } = await run(['--practice', '--redirect-uri', await freeRedirectUri()], { stdin: 'q\nq\nq\n' })
    expect(exit).toBe(0)
    expect(stderr).not.toMatch(/setRawMode|TypeError/)
  })
})

describe('time', () => {
  test('Z-15: nobody logs in: 7, with the URL and the redirect URI once more', async () => {
    const redirectUri = await freeRedirectUri()
    const ending = await run(['--practice', '--browser', 'none', '--wait', '1', '--redirect-uri', redirectUri])
    expectFourLines(ending, 7)
    expect(ending.stderr.match(/authorize\?/g)?.length).toBeGreaterThanOrEqual(2)
    expect(ending.stderr).toContain(redirectUri)
  })

  test('Z-16: the clock of the day may jump while the program waits: the deadline does not', async () => {
    const now = vi.spyOn(Date, 'now').mockImplementation(() => new Date(2100, 0).getTime())
    const arrivals = createArrivals({ wait: 5, signal: new AbortController().signal, timedOut: () => new Error('too late') })
    const next = arrivals.next()
    now.mockImplementation(() => 0)
    arrivals.push({ method: 'GET', path: '/callback', parameters: [], accepted: true, at: 1, by: 'listener' })
    expect((await next).accepted).toBe(true)
    now.mockRestore()
  })

  test('Z-18: clocks four minutes apart pass with a warning, six do not', async () => {
    const seconds = Math.floor(Date.now() / 1000)
    const near = await walking({ fake: { claims: { iat: seconds + 240, exp: seconds + 3840 } } })
    expect(near.outcome.exit).toBe(0)
    expect(near.events).toContainEqual(expect.objectContaining({ id: 'id-token-clock', status: 'warn' }))
    const far = await walking({ fake: { claims: { iat: seconds + 360, exp: seconds + 3960 } } })
    expect(far.outcome.error?.check).toBe('id-token-iat')
  })

  test('Z-19: back, reload and a double click get a page of their own and change nothing', async () => {
    const answers: number[] = []
    const walked = await walking({
      async come({ genuine, say, port, state }) {
        const again = `GET /callback?code=other&state=${state} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
        const [first, ...others] = await Promise.all([genuine(), say(again), say(again)])
        answers.push(statusOf(first), ...others.map(statusOf))
      },
    })
    expect(walked.outcome.exit).toBe(0)
    expect(answers).toEqual([303, 410, 410])
  })
})

describe('this machine', () => {
  test('Z-21: a Node that is too old gets one line and 2', async () => {
    await using folder = await tempFolder()
    const old = join(folder.path, 'old.mjs')
    await writeFile(old, "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })")
    const { exit, stdout, stderr } = await run(['--practice'], { env: { NODE_OPTIONS: `--import ${old}` } })
    expect({ exit, stdout, stderr }).toEqual({ exit: 2, stdout: '', stderr: expect.stringMatching(/^authwalk needs Node\.js 20\.19 or newer, and this is Node\.js 18\.20\.0\.\n$/) })
  })

  test('Z-25: with a heap of 64 MB hostile answers still end in their class', async () => {
    const heap = { ...secret, NODE_OPTIONS: '--max-old-space-size=64' }
    const bodies = [`{"issuer":"${'x'.repeat(900_000)}"}`, '['.repeat(1_000_000), 'x'.repeat(3_000_000), '"\\'.repeat(500_000), JSON.stringify(Array.from({ length: 100_000 }, () => 1))]
    for (const body of bodies) {
      await using server = await rawServer((socket) => socket.end(reply(body)))
      const { exit, stderr } = await run([`http://127.0.0.1:${server.port}`, '--client-id', 'x', '--redirect-uri', await freeRedirectUri()], { env: heap })
      expect([4, 5]).toContain(exit)
      expect(stderr).not.toMatch(/heap|FATAL|\n\s+at /)
    }
    expect((await run(['--practice', '--redirect-uri', await freeRedirectUri()], { env: heap })).exit).toBe(0)
  })

  test.skipIf(!posix)('no browser, and an opener that fails: the walk goes on by hand', async () => {
    await using folder = await tempFolder()
    const opener = join(folder.path, 'opener')
    await writeFile(opener, '#!/bin/sh\nexit 3\n')
    await chmod(opener, 0o700)
    for (const browser of ['/does/not/exist', opener]) {
      await using child = start(['--practice', '--browser', 'system', '--json', '--redirect-uri', await freeRedirectUri()], { env: { BROWSER: browser } })
      const [url = ''] = await child.stderr.waitFor(/http:\S+\/authorize\?\S+/)
      await child.stderr.waitFor('No browser opened')
      await visit(url)
      expect((await child.ended).exit).toBe(0)
    }
  })
})

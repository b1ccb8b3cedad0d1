import { readdir, readFile, readlink } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { lies } from '../../src/practice/lies.ts'
import { type Practice, startPractice } from '../../src/practice/provider.ts'
import { speak, statusOf } from '../io/raw-client.ts'
import { run } from '../support/child.ts'
import { freeRedirectUri } from '../support/port.ts'
import { expectFourLines } from '../support/walk.ts'
import { startWaiting } from './waiting.ts'

const redirectUri = 'http://127.0.0.1:8765/callback'
const start = () => startPractice({ redirectUri, observe: () => {} })

function authorize({ issuer, client }: Practice, more = ''): string {
  const query = new URLSearchParams({ response_type: 'code', client_id: client.id, redirect_uri: redirectUri, scope: 'openid', state: 'S', nonce: 'N', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' })
  return `${issuer}/authorize?${query}${more}`
}

/** Follows redirects with cookies, as far as the login page. */
async function login(practice: Practice, more = '', cookies: string[] = []): Promise<string> {
  const jar = [...cookies]
  let url = authorize(practice, more)
  for (let hop = 0; hop < 5; hop += 1) {
    const { host, pathname, search, port } = new URL(url)
    const answer = await speak(Number(port), `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${jar.length > 0 ? `Cookie: ${jar.join('; ')}\r\n` : ''}\r\n`)
    for (const [, cookie = ''] of answer.matchAll(/^set-cookie: ([^;]+)/gim)) jar.unshift(cookie)
    const location = /^location: (\S+)/im.exec(answer)?.[1]
    if (location === undefined) return answer
    url = new URL(location, practice.issuer).href
  }
  throw new Error('no page at the end of the redirects')
}

describe('the practice provider', () => {
  test('P-02: its keys and secrets exist in one run alone', async () => {
    await using first = await start()
    await using second = await start()
    const keys = await Promise.all([first, second].map(async ({ issuer }) => (await fetch(`${issuer}/jwks`)).text()))
    expect(new Set(keys).size).toBe(2)
    expect(first.client.secret).not.toBe(second.client.secret)
    expect(first.client.secret).toMatch(/^[\w-]{43}$/)
  })

  test('P-03: its login is there for the practice provider alone, and never for an issuer', async () => {
    expectFourLines(await run(['https://as.example', '--client-id', 'x', '--browser', 'builtin'], { env: { AUTHWALK_CLIENT_SECRET: 's' } }), 2)
    expectFourLines(await run(['https://as.example', '--practice']), 2)
    await using practice = await start()
    expect(new URL(practice.issuer).hostname).toBe('127.0.0.1')
    const { port } = new URL(practice.issuer)
    expect(statusOf(await speak(Number(port), 'GET /authorize HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'))).toBe(421)
  })

  test('P-05: nothing that a link brings along becomes markup', async () => {
    await using practice = await start()
    const mark = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`
    const page = await login(practice, `&login_hint=${encodeURIComponent(mark)}&ui_locales=${encodeURIComponent(mark)}&claims_locales=${encodeURIComponent(mark)}`)
    const broken = await speak(Number(new URL(practice.issuer).port), `GET /authorize?client_id=${encodeURIComponent(mark)} HTTP/1.1\r\nHost: ${new URL(practice.issuer).host}\r\nConnection: close\r\n\r\n`)
    for (const html of [page, broken]) {
      expect(html).not.toMatch(/<script>alert|<img src=x/)
      expect(html).toMatch(/content-security-policy: default-src 'none'/i)
    }
    expect(page).toContain('&lt;script&gt;')
  })

  test('P-06: cookies of other programs on this machine do not keep anybody from logging in', async () => {
    await using practice = await start()
    const page = await login(practice, '', ['_session=theirs', '_interaction=theirs', `big=${'x'.repeat(20_000)}`])
    expect(statusOf(page)).toBe(200)
    expect(page).toContain('name="password"')
  })

  test('P-08: it lies when it is told to, and no real walk can be told', async () => {
    for (const { id } of lies.slice(0, 1)) expect((await run([`--practice=${id}`, '--redirect-uri', await freeRedirectUri()])).exit).toBeGreaterThan(0)
    expectFourLines(await run(['--practice=no-such-lie']), 2)
    expectFourLines(await run(['https://as.example', `--practice=${lies[0]?.id ?? ''}`]), 2)
  })

  test.skipIf(process.platform !== 'linux')('P-09: a walk with it opens no socket beyond this machine', async () => {
    await using waiting = await startWaiting()
    const folder = `/proc/${waiting.child.process.pid}/fd`
    const links = await Promise.all((await readdir(folder)).map((descriptor) => readlink(`${folder}/${descriptor}`).catch(() => '')))
    const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
    const tables = await Promise.all(['tcp', 'tcp6', 'udp', 'udp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
    const rows = tables.join('\n').split('\n').map((row) => row.trim().split(/\s+/)).filter((row) => own.has(row[9] ?? ''))
    expect(rows.length).toBeGreaterThanOrEqual(2)
    expect(rows.map((row) => row[1]?.split(':')[0]).filter((address) => address !== '0100007F')).toEqual([])
    expect((await waiting.finish()).exit).toBe(0)
  })
})

import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { run, start } from '../support/child.ts'
import { freePort, freeRedirectUri } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { tap } from '../support/tap.ts'
import { tempFolder } from '../support/temp.ts'
import {
  authorizeUrl,
  expectEveryCheckPassed,
  expectFourLines,
  readTranscript,
  scriptedBrowser,
  startPractice,
} from '../support/walk.ts'

const withBrowser = { BROWSER: scriptedBrowser }

describe('the server in one terminal, the client in another', () => {
  test('the printed settings are enough', async () => {
    await using server = await startPractice(await freeRedirectUri())
    const { exit, stdout, stderr } = await run([...server.args, '--json'], { env: { ...server.env, ...withBrowser } })
    expect({ exit, stderr }).toMatchObject({ exit: 0 })
    expectEveryCheckPassed(readTranscript(stdout))
    server.child.signal('SIGINT')
    expect(await server.child.ended).toMatchObject({ exit: 130 })
  })

  test('the secret comes from a file or from standard input too', async () => {
    await using server = await startPractice(await freeRedirectUri())
    const args = [...server.args, '--client-secret-file', '-', '--auth-method', 'client_secret_post']
    const { exit, stderr } = await run(args, { env: withBrowser, stdin: `${server.secret}\n` })
    expect({ exit, stderr }).toMatchObject({ exit: 0 })
  })

  test('builtin is for the practice provider of this very process', async () => {
    const ending = await run(['http://127.0.0.1:9', '--client-id', 'a', '--browser', 'builtin'], {
      env: { AUTHWALK_CLIENT_SECRET: 's' },
    })
    expectFourLines(ending, 2)
  })
})

describe('nothing secret where it does not belong', () => {
  test.each([
    { shown: [], hidden: ['secret', 'code', 'verifier', 'accessToken', 'idToken'] as const },
    { shown: ['--show-secrets'], hidden: ['secret'] as const },
  ])('transcripts with $shown', async ({ shown, hidden }) => {
    await using folder = await tempFolder()
    await using server = await startPractice(await freeRedirectUri())
    await using tokens = await tap(`${server.issuer}/token`)
    const file = join(folder.path, 'walk.json')
    const args = [...server.args, '--token-endpoint', tokens.url, '--json', '--save', file, ...shown]
    await using child = start([...args, '--browser', 'none'], { env: server.env })
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    await visit(url)
    const { exit, stdout, stderr } = await child.ended
    expect({ exit, stderr }).toMatchObject({ exit: 0 })

    const [passed] = tokens.passed
    const answered = JSON.parse(passed?.answered ?? '{}') as Record<string, string>
    const canaries = {
      secret: server.secret,
      code: passed?.asked.get('code') ?? '',
      verifier: passed?.asked.get('code_verifier') ?? '',
      accessToken: answered['access_token'],
      idToken: answered['id_token']?.split('.')[2],
    }
    const texts = { stdout, stderr, saved: await readFile(file, 'utf8') }
    for (const [name, canary = ''] of Object.entries(canaries)) {
      expect(canary.length, name).toBeGreaterThan(20)
      const holders = Object.entries(texts).filter(([, text]) => spellings(canary).some(spelling => text.includes(spelling)))
      const expected = (hidden as readonly string[]).includes(name) ? [] : ['stdout', 'saved']
      expect({ [name]: holders.map(([place]) => place) }).toEqual({ [name]: expected })
    }
  })
})

/** How a value may show up: as it is, in a URL, in an Authorization header. */
function spellings(value: string): string[] {
  const basic = Buffer.from(`walkthrough:${encodeURIComponent(value)}`).toString('base64')
  return [value, encodeURIComponent(value), basic, Buffer.from(value).toString('base64').slice(0, -4)]
}

describe('what a new user gets wrong', () => {
  test('a wrong secret', async () => {
    await using server = await startPractice(await freeRedirectUri())
    const env = { ...withBrowser, AUTHWALK_CLIENT_SECRET: 'not-the-secret-at-all' }
    const ending = await run(server.args, { env })
    expectFourLines(ending, 3)
    expect(ending.stderr).toContain('invalid_client')
    expect(ending.stdout + ending.stderr).not.toContain('not-the-secret-at-all')
  })

  test('a redirect URI that is not registered', async () => {
    await using server = await startPractice(await freeRedirectUri())
    const other = await freeRedirectUri()
    const args = server.args.map((arg, index) => (server.args[index - 1] === '--redirect-uri' ? other : arg))
    await using child = start([...args, '--browser', 'none', '--wait', '2'], { env: server.env })
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    const page = await visit(url)
    expect(page.status).toBe(400)
    expect(page.text).toContain('redirect_uri')
    const ending = await child.ended
    expectFourLines(ending, 7)
    expect(ending.stderr).toContain(other)
  })

  test('a code that was used before', async () => {
    await using server = await startPractice(await freeRedirectUri())
    await using tokens = await tap(`${server.issuer}/token`, undefined, 2)
    const ending = await run([...server.args, '--token-endpoint', tokens.url], { env: { ...server.env, ...withBrowser } })
    expectFourLines(ending, 3)
    expect(ending.stderr).toContain('invalid_grant')
  })

  test('a wrong code_verifier', async () => {
    await using server = await startPractice(await freeRedirectUri())
    await using tokens = await tap(`${server.issuer}/token`, body => body.set('code_verifier', 'x'.repeat(43)))
    const ending = await run([...server.args, '--token-endpoint', tokens.url], { env: { ...server.env, ...withBrowser } })
    expectFourLines(ending, 3)
    expect(ending.stderr).toContain('invalid_grant')
  })

  test('an issuer where nobody listens', async () => {
    const port = await freePort()
    const ending = await run([`http://127.0.0.1:${port}`, '--client-id', 'walkthrough'], {
      env: { AUTHWALK_CLIENT_SECRET: 'secret' },
    })
    expectFourLines(ending, 6)
    expect(ending.stderr).toContain(`127.0.0.1:${port}`)
  })

  test('an issuer that is spelled differently', async () => {
    await using server = await startPractice(await freeRedirectUri())
    const args = [`${server.issuer}/`, ...server.args.slice(1)]
    const ending = await run(args, { env: { ...server.env, ...withBrowser } })
    expectFourLines(ending, 4)
    expect(ending.stderr).toContain('metadata-issuer')
  })
})

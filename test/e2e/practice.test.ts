import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, runInShell, start } from '../support/child.ts'
import { freeRedirectUri, isFree } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { tempFolder } from '../support/temp.ts'
import {
  authorizeUrl,
  expectEveryCheckPassed,
  expectFourLines,
  readBrowserLog,
  readTranscript,
  scriptedBrowser,
} from '../support/walk.ts'

const steps = [
  'Authorization request',
  'User authentication and consent',
  'Authorization code issued',
  'Authorization response',
  'Token request',
  'Token response',
  'Tokens used',
]

/** A walk on the practice provider, with a redirection endpoint of its own. */
async function practice(...more: string[]): Promise<string[]> {
  return ['--practice', '--redirect-uri', await freeRedirectUri(), ...more]
}

describe('the practice provider, without a terminal', () => {
  test('the whole walk ends by itself, in plain text', async () => {
    const { exit, stdout, stderr } = await run(await practice())
    expect({ exit, stderr }).toMatchObject({ exit: 0 })
    expect(stdout + stderr).not.toContain('\u001B')
    expect(stdout + stderr).not.toMatch(/oidc-provider (?:WARNING|NOTICE)|DeprecationWarning|ExperimentalWarning/)
    const told = steps.map((title, index) => stdout.search(new RegExp(`${index + 1}/7\\s+${title}`)))
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told).not.toContain(-1)
    expect(stdout).toContain('client_secret')
  })

  test('--json is one transcript and nothing else on stdout', async () => {
    const { stdout } = await run(await practice('--json'))
    const transcript = readTranscript(stdout)
    expectEveryCheckPassed(transcript)
    const walked = transcript.events.flatMap(event => (event.type === 'step' ? [event.step] : []))
    expect(walked).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(transcript.events.filter(event => event.type === 'observed').map(({ by }) => by)).toContain('authorization server')
  })

  test('the provider, the listener and the secret are new in every walk', async () => {
    const values = await Promise.all([1, 2].map(async () => {
      const { stdout } = await run(await practice('--json', '--show-secrets'))
      const made = readTranscript(stdout).events.filter(event => event.type === 'value')
      return made.map(({ value }) => value)
    }))
    const [one = [], other = []] = values.map(list => list.filter(value => value.length > 40))
    expect(one.length).toBeGreaterThan(3)
    expect(one.filter(value => other.includes(value))).toEqual([])
  })

  test('--print gives the token and one line end, with the walk on stderr', async () => {
    const { exit, stdout, stderr } = await run(await practice('--print', 'access_token'))
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^\S{20,}\n$/)
    expect(stderr).not.toContain(stdout.trim())
  })

  test('--print of a token that nobody gave is no success', async () => {
    const { exit, stdout } = await run(await practice('--print', 'refresh_token'))
    expect(exit).not.toBe(0)
    expect(exit).not.toBe(1)
    expect(stdout).toBe('')
  })

  test('--save writes the transcript for its owner alone', async () => {
    await using folder = await tempFolder()
    const file = join(folder.path, 'walk.json')
    const { exit, stdout } = await run(await practice('--save', file, '--print', 'access_token'))
    expect(exit).toBe(0)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const saved = await readFile(file, 'utf8')
    expectEveryCheckPassed(readTranscript(saved))
    expect(saved).not.toContain(stdout.trim())
  })

  test('--save writes over nothing', async () => {
    await using folder = await tempFolder()
    const file = join(folder.path, 'walk.json')
    await writeFile(file, 'wanted')
    expectFourLines(await run(await practice('--save', file)), 2)
    expect(await readFile(file, 'utf8')).toBe('wanted')
  })

  test('a closed stdin changes nothing', async () => {
    const { exit, stderr } = await runInShell('exec "$@" <&-', await practice())
    expect({ exit, stderr }).toMatchObject({ exit: 0 })
  })

  test('the port is free at the end', async () => {
    const uri = await freeRedirectUri()
    await run(['--practice', '--redirect-uri', uri])
    expect(await isFree(Number(new URL(uri).port))).toBe(true)
  })
})

describe('a browser', () => {
  test('BROWSER gets the URL as its one argument, and no secret', async () => {
    await using folder = await tempFolder()
    const log = join(folder.path, 'seen.json')
    const env = { BROWSER: scriptedBrowser, SCRIPTED_BROWSER_LOG: log, AUTHWALK_CLIENT_SECRET: 'canary-in-environment' }
    const { exit, stdout } = await run(await practice('--browser', 'system', '--json'), { env })
    expect(exit).toBe(0)
    expectEveryCheckPassed(readTranscript(stdout))
    const seen = await readBrowserLog(log)
    expect(seen.error).toBeUndefined()
    expect(seen.args).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//)])
    expect(JSON.stringify(seen.environment)).not.toContain('canary-in-environment')
    expect(seen.status).toBe(200)
    expect(seen.text).toMatch(/look at (?:the|your) terminal/i)
    expect(seen.url).not.toContain('code=')
    expect(seen.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('a browser that fails is no error: the URL is there', async () => {
    await using child = start(await practice('--browser', 'system'), { env: { BROWSER: '/nowhere/browser' } })
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    await visit(url)
    expect(await child.ended).toMatchObject({ exit: 0 })
  })

  test('strangers at the redirection endpoint are turned away and the walk goes on', async () => {
    const uri = await freeRedirectUri()
    await using child = start(['--practice', '--redirect-uri', uri, '--browser', 'none', '--json'])
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    const answers = [
      await fetch(new URL('/favicon.ico', uri)),
      await fetch(`${uri}?code=stolen&state=made-up`),
      await fetch(`${uri}?error=access_denied&state=made-up`),
      await fetch(uri, { method: 'PUT' }),
    ]
    expect(answers.filter(({ status }) => status < 400 || status > 499)).toEqual([])
    await visit(url, { user: 'bob', password: 'builder' })
    const { exit, stdout } = await child.ended
    expect(exit).toBe(0)
    const { events } = readTranscript(stdout)
    const ignored = events.filter(event => event.type === 'redirect' && !event.accepted)
    expect(ignored).toHaveLength(4)
    expect(ignored.every(event => event.type === 'redirect' && event.reason)).toBe(true)
  })

  test('the URL that the browser ended on may be pasted instead', async () => {
    const uri = await freeRedirectUri()
    await using child = start(['--practice', '--redirect-uri', uri, '--browser', 'none', '--json'], { stdin: { open: true } })
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    const ended = await visit(url, { until: next => next.startsWith(uri) })
    child.process.stdin?.write('what is this\n')
    child.process.stdin?.write(`${ended.url}\n`)
    const { exit, stdout } = await child.ended
    expect(exit).toBe(0)
    const { events } = readTranscript(stdout)
    expect(events.filter(event => event.type === 'redirect').at(-1)).toMatchObject({ accepted: true, by: 'paste' })
  })

  test('the person who refuses gets the error of the authorization server', async () => {
    await using child = start(await practice('--browser', 'none', '--param', 'prompt=none'))
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    await visit(url)
    const { exit, stderr } = await child.ended
    expect(exit).toBe(3)
    expect(stderr).toContain('login_required')
  })
})

import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { getText, speak, statusOf } from '../io/raw-client.ts'
import { start } from '../support/child.ts'
import { ISSUER } from '../support/fake-server.ts'
import { freeRedirectUri } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { tempFolder } from '../support/temp.ts'
import { expectEveryCheckPassed, readTranscript, startPractice } from '../support/walk.ts'
import { type Place, type Walked, walking, type WalkingOptions } from './walking.ts'

const iss = encodeURIComponent(ISSUER)
const CODE = 'the-code-of-this-login'

/** A query behind the right state and the right iss. */
const answered = (query: string) => ({ ask, state }: Place) => ask(`${query}&state=${state}&iss=${iss}`)

function verdict({ outcome: { status, exit, error }, bug }: Walked) {
  expect(bug).toBeUndefined()
  return error?.check === undefined ? { status, exit } : { status, exit, check: error.check }
}

const refused = (check: string) => ({ status: 'failed', exit: 4, check })
const said = { status: 'failed', exit: 3 }
const completed = { status: 'completed', exit: 0 }

function tokenRequests({ sent }: Walked): string[] {
  return sent.filter(({ url }) => url.endsWith('/token')).map(({ text }) => text)
}

function strangers({ events }: Walked) {
  return events.flatMap((event) => (event.type === 'redirect' && !event.accepted ? [event.reason] : []))
}

describe('what is no answer to this request changes nothing', () => {
  const rows: readonly (readonly [row: string, queries: readonly ((place: Place) => string)[], reason: RegExp])[] = [
    ['C-02: another state, none, an empty one', [() => 'code=A&state=other', () => 'code=A', () => 'code=A&state=', ({ state }) => `code=A&state=${state.slice(0, -1)}`, ({ state }) => `code=A&state=${state}A`], /state/],
    ['C-06: a code in brackets is none', [({ state }) => `code[]=A&state=${state}`, ({ state }) => `code[x]=A&state=${state}`, ({ state }) => `code%5B%5D=A&state=${state}`], /neither code nor error/],
    ['C-08: neither code nor error', [({ state }) => `state=${state}`, ({ state }) => `state=${state}&Code=A`], /neither code nor error/],
    ['C-15: an error that any page can send', [() => 'error=access_denied', () => 'error=access_denied&state=', () => 'error=server_error&state=x&iss=https%3A%2F%2Fas.example'], /state/],
  ]

  test.each(rows)('%s', async (_row, queries, reason) => {
    const answers: string[] = []
    const walked = await walking({
      async come(place) {
        for (const query of queries) answers.push(await place.ask(query(place)))
        await place.genuine()
      },
    })
    expect(verdict(walked)).toEqual(completed)
    expect(answers.map(statusOf)).toEqual(queries.map(() => 400))
    expect(answers.join()).not.toContain(walked.place.state)
    expect(strangers(walked)).toEqual(queries.map(() => expect.stringMatching(reason)))
    expect(tokenRequests(walked)).toEqual([expect.stringContaining(CODE)])
  })

  test('C-24: the answer of another issuer, on a path of its own', async () => {
    const walked = await walking({
      async come({ say, port, state, genuine }) {
        for (const path of ['/callback/2', '/callback2', '/other']) {
          expect(statusOf(await say(`GET ${path}?code=A&state=${state} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`))).toBe(404)
        }
        await genuine()
      },
    })
    expect(verdict(walked)).toEqual(completed)
  })

  test('C-29: a form, whatever is said of it', async () => {
    const head = (port: number, more: string) => `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`
    const bodies = ['Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1073741824\r\n', 'Origin: null\r\nContent-Length: 0\r\n', 'Transfer-Encoding: chunked\r\n', 'Content-Type: text/plain\r\nContent-Length: 6\r\n']
    const walked = await walking({
      async come({ say, port, state, genuine }) {
        for (const more of bodies) expect(statusOf(await say(`${head(port, more)}code=A&state=${state}`))).toBe(405)
        await genuine()
      },
    })
    expect(verdict(walked)).toEqual(completed)
    expect(strangers(walked).length).toBeGreaterThanOrEqual(bodies.length)
  })
})

describe('what is, and may not be used', () => {
  const longest = 'c'.repeat(32 * 1024)

  test.each<[row: string, come: (place: Place) => Promise<unknown>, check: string]>([
    ['C-03: state twice', answered('code=A&state=x'), 'authorization-response-duplicate'],
    ['C-05: two codes', answered('code=A&code=B'), 'authorization-response-duplicate'],
    ['C-10: percent-encoding that is none', answered('error=x&error_description=%E0%A4%A'), 'authorization-response-encoding'],
    ['C-20: iss was promised and is not there', ({ ask, state }) => ask(`code=${CODE}&state=${state}`), 'authorization-response-iss-missing'],
    ['C-23: an error of another server', ({ ask, state }) => ask(`error=access_denied&error_description=who+am+I&state=${state}&iss=https%3A%2F%2Fevil.example`), 'authorization-response-iss'],
    ['C-27: a response in a JWT that nobody asked for', answered('code=A&response=eyJhbGciOiJub25lIn0.e30.'), 'authorization-response-jarm'],
  ])('%s', async (_row, come, check) => {
    const walked = await walking({ come })
    expect(verdict(walked)).toEqual(refused(check))
    expect(tokenRequests(walked)).toEqual([])
  })

  test('C-09: a code of other characters, or of too many', async () => {
    for (const code of ['', '%00', 'a%1Bb', 'a%0D%0Ab', '%C3%A9', '%F0%9F%98%80', 'a%7F', `${longest}c`]) {
      const walked = await walking({ come: answered(`code=${code}`) })
      expect({ code: code.slice(0, 9), ...verdict(walked) }).toEqual({ code: code.slice(0, 9), ...refused('authorization-response-code-syntax') })
      expect(tokenRequests(walked)).toEqual([])
    }
    // A megabyte does not even become a request.
    const walked = await walking({
      async come({ ask, state, genuine }) {
        expect(statusOf(await ask(`code=${'c'.repeat(1024 * 1024)}&state=${state}`))).toBe(431)
        await genuine()
      },
    })
    expect(verdict(walked)).toEqual(completed)
  })

  test('C-26: a token through the browser, and its value is not shown', async () => {
    for (const name of ['id_token', 'token', 'access_token']) {
      const walked = await walking({ come: answered(`code=A&${name}=CANARY-of-the-front-channel`) })
      expect(verdict(walked)).toEqual(refused('authorization-response-flow'))
      expect(walked.json + walked.text).not.toContain('CANARY')
      expect(tokenRequests(walked)).toEqual([])
    }
  })
})

describe('errors that the authorization server answers with', () => {
  const registered = ['invalid_request', 'unauthorized_client', 'access_denied', 'unsupported_response_type', 'invalid_scope', 'server_error', 'temporarily_unavailable']

  test('C-11: access_denied is explained', async () => {
    const walked = await walking({ come: answered('error=access_denied&error_description=The+person+refused') })
    expect(verdict(walked)).toEqual(said)
    expect(walked.outcome.error).toMatchObject({ happened: 'access_denied: The person refused', read: ['RFC 6749 4.1.2.1'] })
    expect(tokenRequests(walked)).toEqual([])
  })

  test('C-12: every registered code has advice of its own', async () => {
    const walks = await Promise.all(registered.map((code) => walking({ come: answered(`error=${code}`) })))
    expect(walks.map(verdict)).toEqual(registered.map(() => said))
    expect(new Set(walks.map(({ outcome }) => outcome.error?.means)).size).toBe(registered.length)
    expect(new Set(walks.map(({ outcome }) => outcome.error?.tries.join())).size).toBeGreaterThan(registered.length - 2)
  })

  test('C-14: codes of extensions, and of nobody', async () => {
    for (const code of ['invalid_target', 'invalid_authorization_details', 'unmet_authentication_requirements', 'invalid_dpop_proof', 'constructor', '__proto__', 'x%1B[2J']) {
      const walked = await walking({ come: answered(`error=${code}`) })
      expect({ code, ...verdict(walked) }).toEqual({ code, ...said })
      expect(walked.text).not.toContain('\x1b')
    }
  })

  test('C-17: a description with other characters is shown as what it is, with a warning', async () => {
    const walked = await walking({ come: answered('error=access_denied&error_description=%1B%5B2J%22%0A%E2%9C%93+valid') })
    expect(verdict(walked)).toEqual(said)
    expect(walked.events).toContainEqual(expect.objectContaining({ id: 'authorization-response-error-charset', status: 'warn' }))
    expect(walked.text).toContain('access_denied: \\x1b[2J"\\n✓ valid')
  })

  test('C-18: error_uri is text, and nobody goes there', async () => {
    for (const uri of ['javascript:alert(1)', '/apps/troubleshooting', 'file:///etc/passwd', '\x1b]8;;https://evil.example\x07click']) {
      const walked = await walking({ come: answered(`error=access_denied&error_uri=${encodeURIComponent(uri)}`) })
      expect(verdict(walked)).toEqual(said)
      expect(walked.terminal).not.toContain('\x1b]')
      expect(walked.sent.map(({ url }) => url).filter((url) => !url.startsWith(ISSUER) && !url.startsWith('https://api.example'))).toEqual([])
    }
  })
})

describe('what is right passes', () => {
  const silent: WalkingOptions['fake'] = {
    replies: { [`${ISSUER}/.well-known/openid-configuration`]: ({ body }) => ({ body: { ...(typeof body === 'object' ? body : {}), authorization_response_iss_parameter_supported: false } }) },
  }

  test('C-21: iss that nobody promised: the right one passes, another does not, none does', async () => {
    expect(verdict(await walking({ fake: silent }))).toEqual(completed)
    expect(verdict(await walking({ fake: silent, come: ({ ask, state }) => ask(`code=${CODE}&state=${state}`) }))).toEqual(completed)
    expect(verdict(await walking({ fake: silent, come: ({ ask, state }) => ask(`code=${CODE}&state=${state}&iss=https%3A%2F%2Fevil.example`) }))).toEqual(refused('authorization-response-iss'))
  })

  test.each<[twin: string, come: (place: Place) => Promise<unknown>]>([
    ['C-03', ({ ask, state }) => ask(`code=${CODE}&state=%${state.charCodeAt(0).toString(16)}${state.slice(1)}&iss=${iss}`)],
    ['C-05', answered(`code=${CODE}&session_state=x&code_other=B`)],
    ['C-06', answered(`code=${CODE}&code[]=B`)],
    ['C-09', answered(`code=${'c'.repeat(32 * 1024)}`)],
    ['C-09 (VSCHAR has the space)', answered('code=a+b')],
    ['C-10', answered(`code=${CODE}&greeting=%C3%A9%E0%A4%A8`)],
    ['C-26', answered(`code=${CODE}&token_hint=x&scope=openid&session_state=y`)],
    ['C-27', answered(`code=${CODE}&response_mode=query`)],
  ])('the nearest valid case of %s', async (_twin, come) => {
    expect(verdict(await walking({ come }))).toEqual(completed)
  })

  test('C-32: pasted with spaces and line ends; another place is refused and the wait goes on', async () => {
    const base = ({ redirectUri, state }: Place) => `${redirectUri}?code=${CODE}&state=${state}&iss=${iss}`
    for (const pasted of [base, (place: Place) => `  ${base(place)}\r\n`, (place: Place) => `"${base(place)}"`]) {
      expect(verdict(await walking({ pasted }))).toEqual(completed)
    }
    const wrong: ((place: Place) => string)[] = [
      (place) => base(place).replace('127.0.0.1', 'localhost'),
      (place) => base(place).replace('/callback', '/other'),
      (place) => base(place).replace('http:', 'https:'),
      (place) => `https://evil.example/${base(place)}`,
    ]
    await using practice = await startPractice(await freeRedirectUri())
    await using child = start([...practice.args, '--json', '--browser', 'none'], { env: practice.env, stdin: { open: true } })
    const [url = ''] = await child.stderr.waitFor(/http:\S+\/authorize\?\S+/)
    const redirectUri = practice.args.at(-1) ?? ''
    const { url: reached } = await visit(url, { until: (next) => next.startsWith(redirectUri) })
    const place = { redirectUri, state: new URL(url).searchParams.get('state') ?? '' } as Place
    for (const paste of wrong) child.process.stdin?.write(`${paste(place)}\n`)
    child.process.stdin?.write(`\r\n  ${reached}  \r\n`)
    const transcript = readTranscript((await child.ended).stdout)
    expectEveryCheckPassed(transcript)
    expect(transcript.events.filter((event) => event.type === 'redirect' && !event.accepted)).toHaveLength(wrong.length)
  })

  test('C-33: the response is here before the opener has returned', async () => {
    await using folder = await tempFolder()
    const opener = join(folder.path, 'opener')
    const browser = new URL('../support/scripted-browser.mjs', import.meta.url)
    await writeFile(opener, `#!/bin/sh\n'${process.execPath}' '${browser.pathname}' "$1"\nexec sleep 600\n`)
    await chmod(opener, 0o700)
    await using child = start(['--practice', '--browser', 'system', '--json', '--redirect-uri', await freeRedirectUri()], { env: { BROWSER: opener } })
    const { stdout } = await child.ended
    const transcript = readTranscript(stdout)
    expectEveryCheckPassed(transcript)
    expect(transcript.events.filter((event) => event.type === 'redirect')).toHaveLength(1)
  })
})

test('C-30: a code of the attacker’s own login, with our state, dies of PKCE', async () => {
  const redirectUri = await freeRedirectUri()
  await using practice = await startPractice(redirectUri)
  await using child = start([...practice.args, '--json', '--browser', 'none'], { env: practice.env })
  const [ours = ''] = await child.stderr.waitFor(/http:\S+\/authorize\?\S+/)
  const theirs = new URL(ours)
  theirs.searchParams.set('code_challenge', Buffer.alloc(32, 7).toString('base64url'))
  const { url } = await visit(theirs.href, { user: 'bob', password: 'builder', until: (next) => next.startsWith(redirectUri) })
  expect(new URL(url).searchParams.get('code')).toBeTruthy()
  const { port, origin } = new URL(url)
  expect(statusOf(await speak(Number(port), getText(Number(port), url.slice(origin.length))))).toBe(303)
  const { exit, stdout } = await child.ended
  expect(exit).toBe(3)
  const { outcome, events } = readTranscript(stdout)
  expect(outcome.error?.happened).toMatch(/^invalid_grant/)
  expect(JSON.stringify(events.filter(({ type }) => type !== 'observed'))).not.toContain('"bob"')
})


import { Terminal } from '@xterm/headless'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/events.ts'
import { displayWidth } from '../../src/render/layout.ts'
import { HARMFUL } from '../fuzz/fuzz.ts'
import { run } from '../support/child.ts'
import { ISSUER } from '../support/fake-server.ts'
import { freeRedirectUri } from '../support/port.ts'
import { start } from '../support/pty.ts'
import { readSource } from '../support/source.ts'
import { tempFolder } from '../support/temp.ts'
import { readTranscript } from '../support/walk.ts'
import { type Walked, walking, type WalkingOptions } from './walking.ts'

const iss = encodeURIComponent(ISSUER)
const place = (path: string) => `${ISSUER}/${path}`

/** Changes what one URL answers with. */
function answers(url: string, change: (body: JsonObject) => { status?: number; headers?: Record<string, string>; body?: JsonObject | string }): WalkingOptions {
  return { fake: { replies: { [url]: (honest) => ({ ...honest, ...change(typeof honest.body === 'object' ? honest.body : {}) }) } } }
}

/** Every place through which text from outside reaches a screen. */
const sinks: Readonly<Record<string, (text: string) => WalkingOptions>> = {
  'a Claim’s value': (text) => ({ fake: { claims: { name: text } } }),
  'a Claim’s name': (text) => ({ fake: { claims: { [text]: 'x' } } }),
  'a required Claim': (text) => ({ fake: { claims: { iss: text } } }),
  kid: (text) => ({ fake: { header: { kid: text } } }),
  alg: (text) => ({ fake: { header: { alg: text } } }),
  typ: (text) => ({ fake: { header: { typ: text } } }),
  'error of the token endpoint': (text) => answers(place('token'), () => ({ status: 400, body: { error: text, error_description: 'x' } })),
  'error_description of the token endpoint': (text) => answers(place('token'), () => ({ status: 400, body: { error: 'invalid_grant', error_description: text } })),
  'a body that is no JSON': (text) => answers(place('token'), () => ({ headers: { 'content-type': 'text/html' }, body: `<html>${text}` })),
  scope: (text) => answers(place('token'), (body) => ({ body: { ...body, scope: text } })),
  token_type: (text) => answers(place('token'), (body) => ({ body: { ...body, token_type: text } })),
  'a member of the token response': (text) => answers(place('token'), (body) => ({ body: { ...body, [text]: text } })),
  'a header field': (text) => answers(place('token'), (body) => ({ headers: { 'cache-control': text }, body })),
  Location: (text) => answers(place('token'), () => ({ status: 307, headers: { location: text }, body: '' })),
  realm: (text) => answers('https://api.example/notes', () => ({ status: 401, headers: { 'www-authenticate': `Bearer realm="${text}"` }, body: '' })),
  'issuer of the metadata': (text) => answers(place('.well-known/openid-configuration'), (body) => ({ body: { ...body, scopes_supported: [text], issuer: `${ISSUER}` } })),
  'kid of the JWK Set': (text) => answers(place('jwks'), (body) => ({ body: { keys: [...(Array.isArray(body['keys']) ? body['keys'] : []), { kty: 'RSA', kid: text, n: 'AQAB', e: 'AQAB' }] } })),
  'UserInfo': (text) => answers(place('userinfo'), (body) => ({ body: { ...body, sub: 'alice', name: text, [text]: [text] } })),
  'a callback parameter': (text) => ({ come: ({ genuine }) => genuine(`&${encodeURIComponent(clean(text))}=${encodeURIComponent(clean(text))}`) }),
  'error_description of the callback': (text) => ({ come: ({ ask, state }) => ask(`error=access_denied&state=${state}&iss=${iss}&error_description=${encodeURIComponent(clean(text))}`) }),
  'a stranger': (text) => ({
    async come({ ask, genuine }) {
      await ask(`${encodeURIComponent(clean(text))}=1&state=${encodeURIComponent(clean(text))}`)
      await genuine()
    },
  }),
}

/** A URL can't hold a lone surrogate. */
function clean(text: string): string {
  return Buffer.from(text).toString()
}

const FORGED = '\n   ✓ signature   RS256\n'
const rows: readonly (readonly [row: string, payload: string])[] = [
  ['O-01: cursor and colour', `\x1b[1A\x1b[2K\x1b[32m✓\x1b[2J\x1b[H`],
  ['O-03: DCS, APC, PM, SOS, OSC, without an end', '\x1bPq#0\x1b_Gx\x1b^x\x1bXx\x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\x\x1b]52;c;eA'],
  ['O-04: C1', 'a\x9b2J\x90x\x9d0;x\x9c\x85b'],
  ['O-05: C0 and DEL', 'a\0\b\b\b\r\x0b\x0c\t\x7f\x07b'],
  ['O-06: lines that look like ours', FORGED],
  ['O-07: BiDi', 'user\u202etxt.exe\u2066\u2069\u061c'],
  ['O-08: what has no width', 'a\u200b\u200d\u{e0041}\ufe0f\ufeff\u2028\u2029\u00ad\u3164b'],
  ['O-09: marks in piles, wide letters, pictures', `Z${'\u0301'.repeat(50)}日本語👩‍👩‍👧‍👦🇩🇪﷽`],
  ['O-10: half a character', 'a\ud800b\udc00c'],
  ['O-12: what a format function would take', '%s %d %j %o %O %c %i %f %%'],
  ['O-13: markup of styling libraries', '{red x} {bold.bgRed y} `z` ${x} <b>x</b> [red]x[/red]'],
]

describe('what comes from outside, in every place', () => {
  test.each(rows)('%s', async (_row, payload) => {
    for (const [sink, options] of Object.entries(sinks)) {
      const walked = await walking(options(payload))
      expect({ sink, bug: walked.bug }).toEqual({ sink, bug: undefined })
      expect({ sink, harmful: HARMFUL.exec(walked.text.replaceAll('\n', ''))?.[0] }).toEqual({ sink, harmful: undefined })
      expect({ sink, harmful: HARMFUL.exec(walked.json.replaceAll('\n', ''))?.[0] }).toEqual({ sink, harmful: undefined })
      expect(JSON.parse(walked.json)).toMatchObject({ version: 1, outcome: { exit: walked.outcome.exit } })
      expect(await screenOf(walked.terminal)).toEqual(linesOf(walked.terminal))
      expectHonestVerdict(walked)
    }
  })

  test('each of those places is really reached', async () => {
    for (const [sink, options] of Object.entries(sinks)) {
      const { terminal, json } = await walking(options('MARK\x1b[2JMARK'))
      expect({ sink, shown: /MARK(?:\\x1b|\\u001b|\\\\u001b|%1B|\[)/.test(terminal + json) }).toEqual({ sink, shown: true })
    }
  })

  test('O-19: a walk is complete only where no check has failed', async () => {
    const walks = await Promise.all(Object.values(sinks).map((options) => walking(options('x'))))
    for (const walked of walks) expectHonestVerdict(walked)
    expect(new Set(walks.map(({ outcome }) => outcome.status))).toEqual(new Set(['completed', 'failed']))
  })
})

function expectHonestVerdict({ outcome, events, text }: Walked) {
  const failed = events.some((event) => event.type === 'check' && event.status === 'fail')
  expect(outcome.status === 'completed' && failed).toBe(false)
  expect(text.includes('Who saw what')).toBe(outcome.status === 'completed')
  expect(text.includes('✗')).toBe(outcome.status === 'failed')
}

/** What a terminal shows after all of it was written. */
async function screenOf(text: string): Promise<string[]> {
  const terminal = new Terminal({ cols: 400, rows: 50, scrollback: 100_000, allowProposedApi: true })
  await new Promise<void>((resolve) => terminal.write(text.replaceAll('\n', '\r\n'), resolve))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, index) => active.getLine(index)?.translateToString(true) ?? '')
  terminal.dispose()
  return trimmed(lines)
}

/** What it has to be where nothing in it moves a cursor: the text without the colours that are ours. */
function linesOf(text: string): string[] {
  return trimmed(text.replace(/\x1b\[\d+m/g, '').split('\n').flatMap((line) => wrapped(line.trimEnd())))
}

function wrapped(line: string): string[] {
  return displayWidth(line) <= 400 ? [line] : (line.match(/.{1,400}/gu) ?? []).map((piece) => piece.trimEnd())
}

function trimmed(lines: string[]): string[] {
  const last = lines.findLastIndex((line) => line !== '')
  return lines.slice(0, last + 1)
}

describe('the built program', () => {
  test('O-16: writes no escape sequence into a pipe, whatever the environment says', async () => {
    const environments: Record<string, string>[] = [{}, { NO_COLOR: '1', FORCE_COLOR: '1' }, { TERM: 'dumb' }, { CI: '1', TERM: 'xterm-256color' }]
    for (const env of environments) {
      const { exit, stdout, stderr } = await run(['--practice', '--redirect-uri', await freeRedirectUri()], { env })
      expect(exit).toBe(0)
      expect(stdout + stderr).not.toContain('\x1b')
    }
  })

  test('O-15: one JSON document and nothing else on standard output, for failures too', async () => {
    const cases = [['--practice'], ['--practice=id-token-sig'], ['--practice', '--client-id', 'x\x1b[2J'], ['--metadata', '\x1b[2J.json', '--client-id', 'x'], ['--no-such-flag']]
    for (const args of cases) {
      const { stdout } = await run([...args, '--json', '--redirect-uri', await freeRedirectUri()], { env: { AUTHWALK_CLIENT_SECRET: 's' } })
      expect(readTranscript(stdout).version).toBe(1)
      expect(stdout.replaceAll('\n', '')).not.toMatch(HARMFUL)
    }
  })

  test('O-14: file names, and what Node says of them, are made harmless', async () => {
    await using folder = await tempFolder()
    const name = join(folder.path, 'a\x1b[2J\u202e%s.json')
    await writeFile(name, '\x1b[2J not JSON', { mode: 0o644 })
    const redirect = ['--redirect-uri', await freeRedirectUri()]
    for (const args of [['--metadata', name, '--client-id', 'x'], ['--metadata', `${name}.gone`, '--client-id', 'x'], ['--ca', name, '--practice'], ['--client-secret-file', name, '--practice'], ['--save', name, '--practice'], ['show', name]]) {
      const { exit, stdout, stderr } = await run([...args, ...redirect], { env: { AUTHWALK_CLIENT_SECRET: 's' } })
      expect(exit).not.toBe(1)
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(HARMFUL)
    }
  })

  test('nor colours on a terminal with NO_COLOR', async () => {
    await using session = start(['--practice', '--no-pause', '--browser', 'builtin', '--redirect-uri', await freeRedirectUri()], { env: { NO_COLOR: '1' } })
    expect((await session.exit()).code).toBe(0)
    expect(session.raw()).not.toMatch(/\x1b\[[\d;]*m/)
  })

  test('O-18: terminals of 20 and of 1000 columns', async () => {
    for (const cols of [20, 1000]) {
      await using session = start(['--practice', '--no-pause', '--browser', 'builtin', '--redirect-uri', await freeRedirectUri()], { cols })
      expect((await session.exit()).code).toBe(0)
    }
  })
})

describe('in the sources', () => {
  const files = readSource()

  test('provider text is never what a format function begins with: none is in use', () => {
    const users = files.filter(({ text, code }) => /\bimport\b[^\n]*\b(?:format|inspect|debuglog|styleText)\b[^\n]*'node:util'|\butil\.\w+\(/.test(text) || /\bconsole\.\w+\((?!'')/.test(code))
    expect(users.map(({ path }) => path).filter((path) => path !== 'src/practice/library.ts')).toEqual([])
  })
})

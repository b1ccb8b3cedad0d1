import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { arrowsOn, practiceArrows } from '../support/lanes.ts'
import { freePort, freeRedirectUri, isFree } from '../support/port.ts'
import { type Session, type StartOptions, start } from '../support/pty.ts'
import { visit } from '../support/scripted-browser.mjs'
import { authorizeUrl, scriptedBrowser, startPractice } from '../support/walk.ts'

const hasCurl = spawnSync('curl', ['--version']).status === 0
const enter = '\r'
const down = '\u001B[B'
const ctrlC = '\u0003'
const ctrlD = '\u0004'

/** What Enter does next, in the order of a whole walk; `menu` is what comes after it. */
const pauses = [
  '1/7 Authorization request',
  'send it',
  'open the browser',
  '3/7 Authorization code issued',
  '4/7 Authorization response',
  '5/7 Token request',
  '6/7 Token response',
  '7/7 Tokens used',
  'send it',
  'send it',
  'what next',
  'menu',
]

const looks = [60, 80, 140].flatMap(cols => [{ cols, colour: true }, { cols, colour: false }])

describe.concurrent('a whole walk with Enter', () => {
  test.each(looks)('$cols columns, colour: $colour', async ({ cols, colour }) => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, { cols, env: colour ? {} : { NO_COLOR: '1' } })
    expect(await enterUntil(session, pauses.length)).toEqual(pauses)
    await choose(session, 'Leave')
    await expectLeft(session, redirectUri, 0)
    expect(session.lines().filter(isBadlyBroken)).toEqual([])
    expect(arrowsOn(textOf(session))).toEqual(practiceArrows)
    expect(session.raw()).toContain('∿∿∿▶')
    expect(/\u001B\[[\d;]*[1-9][\d;]*m/.test(session.raw())).toBe(colour)
  })

  test('without pauses it runs through to the end', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, {}, '--no-pause')
    await expectLeft(session, redirectUri, 0)
    expect(session.raw()).toContain('Who saw what')
  })

  test('ASCII where the locale has nothing else', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, { env: { LANG: 'C', LC_ALL: 'C' } }, '--no-pause')
    await expectLeft(session, redirectUri, 0)
    expect(arrowsOn(textOf(session))).toEqual(practiceArrows)
    expect(session.raw()).toContain('~~~>')
    expect(session.raw()).toMatch(/^[\x00-\x7F]*$/)
  })
})

describe.concurrent('Ctrl+C', () => {
  test.each(pauses.map((pause, index) => ({ pause, index })))('at $pause ($index)', async ({ index }) => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri)
    expect(await enterUntil(session, index + 1)).toEqual(pauses.slice(0, index + 1))
    await expectInterrupted(session, redirectUri, ctrlC)
  })

  test('while the browser is awaited', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, {}, '--no-pause', '--browser', 'none')
    await session.waitFor(`Waiting at ${redirectUri}`)
    await expectInterrupted(session, redirectUri, ctrlC)
  })

  test('at the first question', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = start(['--redirect-uri', redirectUri])
    await session.waitFor('Where do you want to walk?')
    await expectInterrupted(session, redirectUri, ctrlC)
  })

  test('at the masked question', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = start(['http://127.0.0.1:9', '--client-id', 'a', '--redirect-uri', redirectUri])
    await session.waitFor('client_secret')
    session.press('canary-4711')
    await expectInterrupted(session, redirectUri, ctrlC)
    expect(session.raw()).not.toContain('canary-4711')
  })

  test('Ctrl+D and q leave as well', async () => {
    const redirectUri = await freeRedirectUri()
    for (const key of [ctrlD, 'q']) {
      await using session = practice(redirectUri)
      await enterUntil(session, 3)
      await expectInterrupted(session, redirectUri, key)
    }
  })

  test('in the terminal of the practice provider', async () => {
    const port = await freePort()
    await using session = start(['practice', '--port', String(port)])
    await session.waitFor('AUTHWALK_CLIENT_SECRET=')
    await expectInterrupted(session, `http://127.0.0.1:${port}/`, ctrlC)
  })
})

describe.concurrent('keys at a pause', () => {
  test('w tells why, r shows the raw message, c prints curl with the secret left to the shell', async () => {
    await using session = practice(await freeRedirectUri(), { rows: 50 })
    await enterUntil(session, 3)
    session.press('w')
    await session.waitFor(/Read {2}RFC 6749 4\.1\.1[\s\S]*Enter open the browser/)
    session.press('r')
    await session.waitFor(/GET \/authorize\?response_type=code&client_id=walkthrough\S*[\s\S]*Enter open the browser/)
    session.press(enter)
    expect(await enterUntil(session, 4)).toContain('6/7 Token response')
    session.press('c')
    const [, curl = ''] = await session.waitFor(/(curl [\s\S]*?)\n\n Enter 6\/7/)
    expect(curl).toContain('$AUTHWALK_CLIENT_SECRET')
    expect(curl).toContain('grant_type=authorization_code')
    expect(curl).toContain('"$CODE_VERIFIER"')
  })

  test.skipIf(!hasCurl)('what c prints runs: the request for UserInfo, with the token that the person may see', async () => {
    await using session = practice(await freeRedirectUri())
    await enterUntil(session, pauses.indexOf('what next') + 1)
    session.press('c')
    const [, curl = ''] = await session.waitFor(/\n(curl [\s\S]*?)\n\n Enter what next/)
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', curl])
    expect(stdout).toContain('"name":"Alice Liddell"')
  })

  test('e changes a parameter of the request that is about to go out', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri)
    await enterUntil(session, 3)
    session.press('e')
    await session.waitFor('Which parameter?')
    session.press('scope')
    session.press(enter)
    await session.waitFor('give it another value')
    session.press(enter)
    await session.waitFor('scope:')
    session.press(' email')
    session.press(enter)
    await session.waitFor(/scope\s+openid profile email[\s\S]*Enter open the browser/)
    session.press(enter)
    await session.waitFor(/[?&]scope=openid(?:\+|%20)profile(?:\+|%20)email/)
  })

  test('e spoils the token request, and the server refuses it', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, { rows: 40 })
    await enterUntil(session, 3)
    session.press('e')
    await session.waitFor('Which parameter?')
    session.press('code_verifier')
    session.press(enter)
    await session.waitFor('give it another value')
    session.press(down + enter)
    await session.waitFor('Enter open the browser')
    session.press(enter)
    expect(await enterUntil(session, pauses.length)).not.toContain('7/7 Tokens used')
    expect(session.raw()).toContain('invalid_grant')
  })
})

describe.concurrent('first contact', () => {
  test.each([60, 80, 140])('%i columns: the redirect URI, then the questions, the practice provider first', async cols => {
    const redirectUri = await freeRedirectUri()
    await using session = start(['--redirect-uri', redirectUri], { cols, env: { BROWSER: scriptedBrowser } })
    await session.waitFor(/Where do you want to walk\?[\s\S]*An issuer/)
    const screen = session.screen().join('\n')
    expect(screen.indexOf(redirectUri)).toBeGreaterThan(-1)
    expect(screen.indexOf(redirectUri)).toBeLessThan(screen.indexOf('Where do you'))
    expect(screen).toMatch(/[❯>]\s*Practice provider/)
    expect(session.lines().filter(isBadlyBroken)).toEqual([])
    session.press(enter)
    await session.waitFor('Enter 1/7')
  })

  test('what is missing is asked for, and the secret is masked', async () => {
    const redirectUri = await freeRedirectUri()
    await using server = await startPractice(redirectUri)
    await using session = start(['--redirect-uri', redirectUri, '--no-pause'], { rows: 50, env: { BROWSER: scriptedBrowser } })
    await session.waitFor('Where do you want to walk?')
    session.press(down + enter)
    await session.waitFor('Issuer, or metadata URL')
    session.press(server.issuer + enter)
    await session.waitFor('client_id:')
    session.press(`walkthrough${enter}`)
    await session.waitFor('client_secret')
    session.press(server.secret + enter)
    await expectLeft(session, redirectUri, 0)
    expect(session.raw()).not.toContain(server.secret)
    expect(session.raw()).toContain('Who saw what')
  })

  test('what has a flag is not asked', async () => {
    const redirectUri = await freeRedirectUri()
    await using server = await startPractice(redirectUri)
    const env = { BROWSER: scriptedBrowser, ...server.env }
    await using session = start([...server.args, '--no-pause'], { env })
    await expectLeft(session, redirectUri, 0)
    expect(session.raw()).not.toMatch(/Where do you want|client_id:\s*$/)
  })
})

describe.concurrent('waiting', () => {
  test('tells where, counts strangers, and takes what the address bar showed', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, { rows: 40 }, '--no-pause', '--browser', 'none')
    const [url = ''] = await session.waitFor(authorizeUrl)
    await session.waitFor(`Waiting at ${redirectUri}`)
    await fetch(new URL('/favicon.ico', redirectUri))
    await session.waitFor(/GET \/favicon\.ico\s+ignored/)
    const { url: pasted } = await visit(url, { until: next => next.startsWith(redirectUri) })
    session.press(pasted)
    session.press(enter)
    await expectLeft(session, redirectUri, 0)
    expect(session.raw()).toContain('Who saw what')
  })

  test('asks the server why nobody comes, and shows the first character that differs', async () => {
    const redirectUri = await freeRedirectUri()
    await using server = await startPractice(redirectUri)
    const other = redirectUri.replace('127.0.0.1', 'localhost')
    const args = [server.issuer, '--client-id', 'walkthrough', '--redirect-uri', other, '--no-pause', '--browser', 'none']
    await using session = start(args, { rows: 50, env: server.env })
    await session.waitFor(`Waiting at ${other}`)
    session.press('?')
    session.press(enter)
    const [compared = ''] = await session.waitFor(/ sent {8}\S+\s+registered {2}\S+\s+\^ character 8/)
    expect(compared).toContain(redirectUri)
    await expectInterrupted(session, other, '\x03')
  })

  test('ends when nobody comes', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri, {}, '--no-pause', '--browser', 'none', '--wait', '1')
    await expectLeft(session, redirectUri, 7)
    expect(session.raw()).toContain('exit 7')
  })
})

describe.concurrent('the menu', () => {
  test('asks UserInfo again, walks again, and leaves', async () => {
    const redirectUri = await freeRedirectUri()
    await using session = practice(redirectUri)
    await enterUntil(session, pauses.length)
    await choose(session, 'Ask UserInfo')
    await session.waitFor(/UserInfo response[\s\S]*What next\?[\s\S]*Leave/)
    await choose(session, 'Walk again')
    await session.waitFor('Enter 1/7')
    expect(await enterUntil(session, pauses.length)).toEqual(pauses)
    await choose(session, 'Leave')
    await expectLeft(session, redirectUri, 0)
  })

  test('leads to doctor where the server refused, with the same settings', async () => {
    const redirectUri = await freeRedirectUri()
    await using server = await startPractice(redirectUri)
    const env = { BROWSER: scriptedBrowser, AUTHWALK_CLIENT_SECRET: 'canary-secret-that-nobody-registered' }
    await using session = start(server.args, { rows: 50, env })
    await enterUntil(session, 99)
    expect(session.screen().join('\n')).toContain('❯ Find out why')
    session.press(enter)
    await session.waitFor(/made-up secret[\s\S]*Send that request too\?[\s\S]*yes/)
    session.press(enter)
    await session.waitFor(/Begin with: the secret is wrong or has expired[\s\S]*What next\?[\s\S]*Leave/)
    await choose(session, 'Leave')
    await expectLeft(session, redirectUri, 3)
    expect(session.raw()).not.toContain('canary')
  })
})

function practice(redirectUri: string, options: StartOptions = {}, ...more: string[]): Session {
  const env = { BROWSER: scriptedBrowser, ...options.env }
  return start(['--practice', '--redirect-uri', redirectUri, ...more], { ...options, env })
}

/** Types the beginning of an answer, and takes it. */
async function choose(session: Session, answer: string): Promise<void> {
  session.press(answer.split(' ')[0] ?? '')
  await session.waitFor(new RegExp(`[❯>] ${answer}`))
  session.press(enter)
}

/** Presses Enter until so many pauses have come, and stops at the last one. Says what Enter does at each. */
async function enterUntil(session: Session, count: number): Promise<string[]> {
  const seen: string[] = []
  for (;;) {
    const [, next = 'menu'] = await session.waitFor(/\n Enter (.*?) {3,}\w [^\n]*\n?[^\n]*$|What next\?[\s\S]*Leave\s*$/)
    seen.push(next)
    if (seen.length >= count || next === 'menu') return seen
    session.press(enter)
  }
}

async function expectInterrupted(session: Session, redirectUri: string, key: string): Promise<void> {
  session.press(key)
  await expectLeft(session, redirectUri, 130)
}

/** Gone with this exit code, and nothing left behind: port free, cursor there, echo on. */
async function expectLeft(session: Session, redirectUri: string, wanted: number): Promise<void> {
  const { code, stty } = await session.exit()
  expect({ code, screen: session.screen() }).toMatchObject({ code: wanted })
  expect(stty).toMatch(/(?<!-)\bicanon\b/)
  expect(stty).toMatch(/(?<!-)\becho\b/)
  const raw = session.raw()
  expect(raw.lastIndexOf('\u001B[?25h')).toBeGreaterThanOrEqual(raw.lastIndexOf('\u001B[?25l'))
  expect(raw).not.toMatch(/\n\s+at .*:\d+:\d+/)
  expect(await isFree(Number(new URL(redirectUri).port))).toBe(true)
}

function textOf(session: Session): string[] {
  return session.lines().map(({ text }) => text)
}

/** Words that the terminal had to break. URLs and tokens may be: they are there to be copied whole. */
function isBadlyBroken({ text, broken }: { text: string; broken: boolean }): boolean {
  return broken && !/^\s*\S+$/.test(text)
}

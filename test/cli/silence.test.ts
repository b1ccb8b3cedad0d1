import { describe, expect, test, vi } from 'vitest'
import { isAddress } from '../../src/cli/audience.ts'
import { askedInstead, askedMeanwhile, compareWithConsole, hearPage, tellPage } from '../../src/cli/silence.ts'
import type { Questions } from '../../src/cli/questions.ts'
import type { World } from '../../src/cli/world.ts'
import type { Outcome } from '../../src/events.ts'
import { penOf } from '../../src/render/pen.ts'
import { drawFailure } from '../../src/render/error.ts'
import { practice } from '../diagnose/rig.ts'
import { settings } from '../support/fake-server.ts'

const pen = penOf({ width: 100, unicode: true, colour: false })
const nobodyCame: Outcome = { status: 'failed', exit: 7, error: { happened: 'nobody came', means: 'm', tries: ['register it', 'wait longer'], read: ['r'] } }
const world: World = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: {}, signal: new AbortController().signal, interrupt: () => {} }
const answering = (answer: string): Questions => ({ pen, text: async () => answer, masked: async () => '', select: () => Promise.reject(new Error('nothing to select')) })

describe('when nobody came back', () => {
  test('the server is asked, and the two redirect URIs stand beside each other', async () => {
    await using rig = await practice()
    const sent = { ...rig.settings, redirectUri: rig.settings.redirectUri.replace('127.0.0.1', 'localhost') }
    const { outcome: { error } } = await askedInstead({ outcome: nobodyCame }, sent, {}, world)
    expect(error?.causes?.[0]?.says).toMatch(/another spelling is registered/)
    expect(error?.tries).toEqual([`authwalk … --redirect-uri ${rig.settings.redirectUri}`, 'register it', 'wait longer'])
    const lines = drawFailure(error ?? { happened: '', means: '', tries: [], read: [] }, 7, pen).split('\n')
    const at = lines.findIndex(line => line.includes('^ character 8'))
    expect(lines[at - 1]?.[lines[at]?.indexOf('^') ?? 0]).toBe('1')
    expect(lines[at - 2]?.[lines[at]?.indexOf('^') ?? 0]).toBe('l')
  })

  test('while somebody waits, too', async () => {
    await using rig = await practice()
    const sent = { ...rig.settings, redirectUri: rig.settings.redirectUri.replace('127.0.0.1', 'localhost') }
    expect((await askedMeanwhile(sent, {}, world)).split('\n')).toEqual([
      expect.stringMatching(/^Found: another spelling is registered/),
      `  sent        ${sent.redirectUri}`,
      `  registered  ${rig.settings.redirectUri}`,
      '                     ^ character 8',
      `Try: authwalk … --redirect-uri ${rig.settings.redirectUri}`,
    ])
  })

  test('a server that knows both is not blamed', async () => {
    await using rig = await practice()
    const { outcome: { error } } = await askedInstead({ outcome: nobodyCame }, rig.settings, {}, world)
    expect(error?.causes).toEqual([{ says: 'the login was not finished in the browser', evidence: expect.stringContaining('knows client_id and redirect_uri') }])
    expect(error?.tries).toEqual(['wait longer'])
    expect(await askedMeanwhile(rig.settings, {}, world)).toMatch(/^Most likely the login was not finished/)
  })
})

describe('what the person says', () => {
  const heard = (ask = async () => 'the answer') => {
    const said: string[] = []
    let tell = (_text: string) => {}
    hearPage({ told: receive => { tell = receive; return () => {} }, aside: text => void said.push(text) }, settings, ask)
    return { said, tell: (text: string) => tell(text) }
  }

  test('a page that is typed in place of an address is explained', () => {
    const { said, tell } = heard()
    tell('AADSTS50011: The redirect URI does not match')
    tell('hello')
    expect(said).toEqual([expect.stringContaining('none of the reply URLs'), expect.stringContaining('No error is known')])
  })

  test('with ? the server is asked, once at a time', async () => {
    let asked = 0
    const { said, tell } = heard(async () => `answer ${(asked += 1)}`)
    tell('?')
    tell(' ? ')
    await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('without a login'), 'answer 1']))
    tell('?')
    await vi.waitFor(() => expect(said.at(-1)).toBe('answer 2'))
  })

  test.each([
    ['http://127.0.0.1:8765/callback?code=1&state=2', true],
    ['code=1&state=2', true],
    ['http://127.0.0.1:8765/callback', true],
    ['redirect_uri_mismatch', false],
    ['?', false],
    ['Error 400: redirect_uri=http://x is not registered', false],
  ])('%s is an address: %s', (text, verdict) => {
    expect(isAddress(text)).toBe(verdict)
  })

  test('a page that is told afterwards', async () => {
    expect(await tellPage(settings, answering('We are sorry... Client not found.'))).toContain('no client with this client_id in this realm')
    expect(await tellPage(settings, answering(''))).toBe('')
  })

  test('what the console shows', async () => {
    expect(await compareWithConsole(settings, answering(`${settings.redirectUri}/`))).toContain('one ends with a slash')
    expect(await compareWithConsole(settings, answering(settings.redirectUri))).toContain('the same')
  })

  test('a port that this provider does not compare is no mistake', async () => {
    const other = settings.redirectUri.replace(/:\d+/, ':1')
    expect(await compareWithConsole(settings, answering(other))).toContain('Not the same: the ports differ.')
    const endpoints = { authorization: 'https://accounts.spotify.com/authorize', token: 'https://accounts.spotify.com/api/token' }
    expect(await compareWithConsole({ ...settings, server: { endpoints } }, answering(other))).toContain('in the port alone, which Spotify does not compare')
    expect(await compareWithConsole({ ...settings, server: { endpoints }, redirectUri: 'https://a.example:2/' }, answering('https://a.example:1/'))).toContain('Not the same')
  })
})

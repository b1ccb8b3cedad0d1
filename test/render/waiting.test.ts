import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/render/layout.ts'
import { type Waiting, waitingScreen } from '../../src/render/waiting.ts'
import { ascii, narrow, plain } from './draw.ts'
import { REDIRECT_URI } from './sample.ts'

const state: Waiting = {
  redirectUri: REDIRECT_URI,
  elapsed: 14_000,
  wait: 300_000,
  ignored: [
    { at: 9000, what: 'GET /favicon.ico', reason: 'not the redirect_uri' },
    { at: 11_000, what: 'GET /callback?state=…', reason: 'state is not ours (an old tab?)' },
  ],
  input: '',
  canPaste: true,
}

describe('waiting', () => {
  test('at 80 columns', () => {
    expect(waitingScreen(plain, state)).toMatchInlineSnapshot(`
      " Waiting at http://127.0.0.1:8765/callback                         0:14 / 5:00
         0:09  GET /favicon.ico   ignored: not the redirect_uri
         0:11  GET /callback?state=…   ignored: state is not ours (an old tab?)

       An error in the browser? It never comes here. Type what the page says, or ?
       to have the server asked for that page. Most often the redirect_uri above is
       not registered exactly so.

       No browser here? Open the URL above elsewhere and paste what the address bar
       shows at the end:
       > "
    `)
  })

  test('at 60 columns, in vain, on another machine', () => {
    const tunnel = 'ssh -L 8765:127.0.0.1:8765 -L 4455:127.0.0.1:4455 me@far.example'
    expect(waitingScreen(narrow, { ...state, elapsed: 45_000, tunnel, input: 'http://127' })).toMatchInlineSnapshot(`
      " Waiting at http://127.0.0.1:8765/callback      0:45 / 5:00
         0:09  GET /favicon.ico   ignored: not the redirect_uri
         0:11  GET /callback?state=…
               ignored: state is not ours (an old tab?)

       An error in the browser? It never comes here. Type what
       the page says, or ? to have the server asked for that
       page. Most often the redirect_uri above is not registered
       exactly so.

       The browser is on another machine? Open a tunnel from
       there first:
         ssh -L 8765:127.0.0.1:8765 -L 4455:127.0.0.1:4455 \\
         me@far.example

       No browser here? Open the URL above elsewhere and paste
       what the address bar shows at the end:
       > http://127"
    `)
  })

  test('in ASCII, where nothing can be pasted', () => {
    expect(waitingScreen(ascii, { ...state, canPaste: false })).toMatchInlineSnapshot(`
      " Waiting at http://127.0.0.1:8765/callback                         0:14 / 5:00
         0:09  GET /favicon.ico   ignored: not the redirect_uri
         0:11  GET /callback?state=...   ignored: state is not ours (an old tab?)"
    `)
  })

  test('keeps the latest of many strangers, and the end of a long paste', () => {
    const ignored = Array.from({ length: 500 }, (_, at) => ({ at: at * 1000, what: `GET /${at}`, reason: 'no' }))
    const screen = waitingScreen(plain, { ...state, ignored, input: `${'x'.repeat(2000)}END` })
    expect(screen).toContain('and 495 ignored before')
    expect(screen).toContain('GET /499')
    expect(screen.endsWith('xEND')).toBe(true)
  })

  test('never gets wider than the terminal, or it could not be drawn again in place', () => {
    const long = '/'.repeat(300)
    const ignored = [{ at: 0, what: `GET ${long}\x1b[2J`, reason: long }]
    const hostile = { ...state, redirectUri: `http://x${long}`, ignored, input: '日'.repeat(99), tunnel: long }
    for (const width of [40, 60, 80, 120]) {
      const lines = waitingScreen({ ...plain, width }, hostile).split('\n')
      expect(lines.filter((line) => displayWidth(line) >= width || line.includes('\x1b'))).toEqual([])
    }
  })
})

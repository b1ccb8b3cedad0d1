import { describe, expect, test } from 'vitest'
import type { WalkEvent } from '../../src/events.ts'
import { createRedactor } from '../../src/redact.ts'
import { drawSights } from '../../src/render/sights.ts'
import { penOf } from '../../src/render/pen.ts'
import { whoSawWhat } from '../../src/render/who-saw-what.ts'
import { ascii, narrow, pick, plain } from './draw.ts'
import {
  ACCESS_TOKEN,
  authorizationRequest,
  CLIENT_SECRET,
  ID_TOKEN,
  ISSUER,
  made,
  named,
  observed,
  request,
  response,
  sample,
  tokenRequest,
  VERIFIER,
} from './sample.ts'

const NEVER_HELD = 'The browser carried the code and never held a token. That is what the code is for.'
const LEGEND = { saw: '●', not: '·', unknown: '○' }
const navigate = pick(sample, 'navigate')
const redirects = sample.filter((event) => event.type === 'redirect')
const accepted = pick(redirects.filter((event) => event.accepted), 'redirect')
const upToTokens = sample.slice(0, sample.findLastIndex(({ type }) => type === 'step'))
const answer = response('resource response', 'resource', [], '')
const withoutObserved = sample.filter(({ type }) => type !== 'observed')

/** Browser, client, authorization server and resource of each row, as signs. */
function table(events: readonly WalkEvent[]): Record<string, string> {
  const signs = whoSawWhat(events).rows.map((row) => {
    const cells = [row.browser, row.client, row.authorizationServer, row.resource]
    return [row.what, cells.map((sight) => LEGEND[sight]).join('')]
  })
  return Object.fromEntries(signs)
}

const usual = {
  'your password': '●·●·',
  client_secret: '·●●·',
  code_verifier: '·●●·',
  code: '●●●·',
  'access token': '·●●●',
  'ID Token': '·●●·',
  'refresh token': '·●●·',
}

describe('who saw what', () => {
  test('in the whole walk', () => {
    expect(table(sample)).toEqual(usual)
    expect(whoSawWhat(sample).sentence).toBe(NEVER_HELD)
  })

  test.each(['nothing', 'tokens', 'everything'] as const)('is the same for a reader who may see %s', (reveal) => {
    const redactor = createRedactor(named({ client_secret: CLIENT_SECRET }))
    expect(table(sample.map((event) => redactor.event(event, reveal)))).toEqual(usual)
  })

  test('with a real provider the password is out of sight, and nothing else', () => {
    expect(table(withoutObserved)).toEqual({ ...usual, 'your password': '○·○·' })
  })

  test('before anybody logged in there is nothing to tell', () => {
    const early = sample.slice(0, sample.indexOf(navigate))
    expect(table(early)).toEqual({ code_verifier: '·●··' })
    expect(whoSawWhat(early).sentence).toBe('The browser carried no code in this walk.')
  })

  test('a code that came and was not redeemed: the server issued it out of sight', () => {
    expect(table([navigate, accepted])).toEqual({ 'your password': '○·○·', code: '●●○·' })
    expect(whoSawWhat([navigate, accepted]).sentence).toBe('The browser carried the code. No token was issued for it.')
  })

  test('a request without an answer may have arrived', () => {
    expect(table([accepted, tokenRequest])).toMatchObject({ client_secret: '·●○·', code_verifier: '·●○·' })
  })

  test('a proposal that was edited never went out', () => {
    const leaking = { ...tokenRequest, parameters: named({ refresh_token: 'a-refresh-token' }) }
    const tokens = response('token response', 'authorization server', [], {})
    expect(table([leaking, tokenRequest, tokens])).not.toHaveProperty('refresh token')
  })

  test('what the practice provider saw meanwhile does not hide the answer', () => {
    const tokens = response('token response', 'authorization server', [], {})
    expect(table([tokenRequest, observed(6, 'x', {}), tokens])).toMatchObject({ client_secret: '·●●·' })
  })

  test('PKCE plain shows the code_verifier to the browser', () => {
    const parameters = [...authorizationRequest, { name: 'code_challenge', value: VERIFIER }]
    const asked = { ...navigate, parameters }
    const events: WalkEvent[] = [made('code_verifier', VERIFIER, 'x'), asked, accepted, tokenRequest]
    expect(table(events)).toMatchObject({ code_verifier: '●●●·' })
    expect(whoSawWhat(events).sentence).toContain('The browser held the code_verifier')
  })

  test('a token in the front channel', () => {
    const events: WalkEvent[] = [{ ...accepted, parameters: named({ access_token: ACCESS_TOKEN, id_token: ID_TOKEN }) }]
    expect(table(events)).toMatchObject({ 'access token': '●●○·', 'ID Token': '●●○·' })
    const { sentence } = whoSawWhat(events)
    expect(sentence).toContain('The browser held the access token and the ID Token')
    expect(sentence).not.toContain('never')
  })

  test('an ID Token that is used as a key is an ID Token, and does not belong there', () => {
    const misuse = request('resource request', 'resource', `${ISSUER}/notes`, `Bearer ${ID_TOKEN}`)
    const events = [...upToTokens, misuse, answer]
    expect(table(events)).toMatchObject({ 'access token': '·●●·', 'ID Token': '·●●●' })
    const misplaced = 'The resource was shown the ID Token, which is not for its eyes.'
    expect(whoSawWhat(events).sentence).toBe(`${NEVER_HELD} ${misplaced}`)
  })

  test('a token in a URL is found by its value', () => {
    const leak = request('resource request', 'resource', `${ISSUER}/notes?token=${ACCESS_TOKEN}`)
    expect(table([...upToTokens, leak, answer])['access token']).toBe('·●●●')
  })

  test('the secret in the body, and a form-encoded answer', () => {
    const body = { ...tokenRequest, headers: [], parameters: named({ client_secret: CLIENT_SECRET }) }
    const tokens = response('token response', 'authorization server', [], 'access_token=gho_16C7e42F292c69')
    expect(table([body, tokens])).toMatchObject({ client_secret: '·●●·', 'access token': '·●●·' })
  })

  test('a stranger’s code is not ours', () => {
    expect(table([{ ...accepted, accepted: false }])).toEqual({})
  })
})

describe('the table', () => {
  test('at 80 columns, where a password was out of sight', () => {
    expect(drawSights(whoSawWhat(withoutObserved), penOf(plain))).toMatchInlineSnapshot(`
      "
       Who saw what
                       browser   client   authorization server   resource
       your password      ○        ·               ○                ·
       client_secret      ·        ●               ●                ·
       code_verifier      ·        ●               ●                ·
       code               ●        ●               ●                ·
       access token       ·        ●               ●                ●
       ID Token           ·        ●               ●                ·
       refresh token      ·        ●               ●                ·
       ○ perhaps, outside this program's sight

       The browser carried the code and never held a token. That is what the code
       is for.
      "
    `)
  })

  test('at 60 columns', () => {
    expect(drawSights(whoSawWhat(sample), penOf(narrow))).toMatchInlineSnapshot(`
      "
       Who saw what
                                       authorization
                      browser  client  server         resource
       your password     ●       ·           ●           ·
       client_secret     ·       ●           ●           ·
       code_verifier     ·       ●           ●           ·
       code              ●       ●           ●           ·
       access token      ·       ●           ●           ●
       ID Token          ·       ●           ●           ·
       refresh token     ·       ●           ●           ·

       The browser carried the code and never held a token. That
       is what the code is for.
      "
    `)
  })

  test('at 140 columns', () => {
    expect(drawSights(whoSawWhat(sample), penOf({ ...plain, width: 120 }))).toMatchInlineSnapshot(`
      "
       Who saw what
                       browser   client   authorization server   resource
       your password      ●        ·               ●                ·
       client_secret      ·        ●               ●                ·
       code_verifier      ·        ●               ●                ·
       code               ●        ●               ●                ·
       access token       ·        ●               ●                ●
       ID Token           ·        ●               ●                ·
       refresh token      ·        ●               ●                ·

       The browser carried the code and never held a token. That is what the code
       is for.
      "
    `)
  })

  test('in ASCII', () => {
    expect(drawSights(whoSawWhat(withoutObserved), penOf(ascii))).toMatchInlineSnapshot(`
      "
       Who saw what
                       browser   client   authorization server   resource
       your password      ?        .               ?                .
       client_secret      .        *               *                .
       code_verifier      .        *               *                .
       code               *        *               *                .
       access token       .        *               *                *
       ID Token           .        *               *                .
       refresh token      .        *               *                .
       ? perhaps, outside this program's sight

       The browser carried the code and never held a token. That is what the code
       is for.
      "
    `)
  })

  test('at 40 columns in words', () => {
    expect(drawSights(whoSawWhat(withoutObserved), penOf({ ...plain, width: 40 }))).toMatchInlineSnapshot(`
      "
       Who saw what
       your password  browser ○,
                      authorization server ○
       client_secret  client, authorization
                      server
       code_verifier  client, authorization
                      server
       code           browser, client,
                      authorization server
       access token   client, authorization
                      server, resource
       ID Token       client, authorization
                      server
       refresh token  client, authorization
                      server
       ○ perhaps, outside this program's
       sight

       The browser carried the code and
       never held a token. That is what the
       code is for.
      "
    `)
  })
})

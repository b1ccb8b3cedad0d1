import { describe, expect, test } from 'vitest'
import { whyAtLength } from '../../src/render/step.ts'
import { ascii, coloured, draw, narrow, pick, plain, wide } from './draw.ts'
import { sample } from './sample.ts'

const steps = sample.filter((event) => event.type === 'step')
const [preparation, request, login] = steps

describe('a step', () => {
  test('at 80 columns', () => {
    expect(draw(request ?? [])).toMatchInlineSnapshot(`
      "
       1/7  Authorization request                                       front channel
       browser ◀────── client                      authorization server     resource
          │∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿▶│                  │

       You want something that is yours and lies on a server. The client asks for
       it and is refused, for it has no token. So it sends you to the authorization
       server, with a request and no secret in it.
      "
    `)
  })

  test('at 60 columns', () => {
    expect(draw(request ?? [], narrow)).toMatchInlineSnapshot(`
      "
       1/7  Authorization request                   front channel
       browser ◀─ client          authorization server  resource
          │∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿▶│               │

       You want something that is yours and lies on a server.
       The client asks for it and is refused, for it has no
       token. So it sends you to the authorization server, with
       a request and no secret in it.
      "
    `)
  })

  test('at 140 columns, where prose stays as narrow as it can be read', () => {
    expect(draw(request ?? [], wide)).toMatchInlineSnapshot(`
      "
       1/7  Authorization request                                                            front channel
       browser ◀─────────── client                                  authorization server         resource
          │∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿▶│                      │

       You want something that is yours and lies on a server. The client asks for
       it and is refused, for it has no token. So it sends you to the authorization
       server, with a request and no secret in it.
      "
    `)
  })

  test('in ASCII', () => {
    expect(draw(request ?? [], ascii)).toMatchInlineSnapshot(`
      "
       1/7  Authorization request                                       front channel
       browser <------ client                      authorization server     resource
          |~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>|                  |

       You want something that is yours and lies on a server. The client asks for
       it and is refused, for it has no token. So it sends you to the authorization
       server, with a request and no secret in it.
      "
    `)
  })

  test('number 0, on the back channel', () => {
    expect(draw(preparation ?? []).split('\n').slice(0, 3).join('\n')).toMatchInlineSnapshot(`
      "
       0/7  Preparation                                                  back channel
       browser         client ━━━━━━━━━━━━━━━━━━━▶ authorization server     resource"
    `)
  })

  test('that the client does not see says so', () => {
    expect(draw(login ?? []).split('\n').slice(0, 3).join('\n')).toMatchInlineSnapshot(`
      "
       2/7  User authentication and consent                             front channel
       browser ∿∿ the client sees none of this ∿∿▶ authorization server     resource"
    `)
  })

  test('at 40 columns keeps its parties', () => {
    expect(draw(request ?? [], { ...plain, width: 40 }).split('\n').slice(0, 5).join('\n')).toMatchInlineSnapshot(`
      "
       1/7  Authorization request
       client
       ──▶ browser
       ∿∿▶ authorization server"
    `)
  })

  test('is bold in its title, and each channel has its colour', () => {
    const front = draw(request ?? [], coloured)
    expect(front).toContain('\x1b[1mAuthorization request\x1b[22m')
    expect(front).toContain('\x1b[35mfront channel\x1b[39m')
    expect(draw(preparation ?? [], coloured)).toContain('\x1b[36mback channel\x1b[39m')
  })
})

test('what does not happen says why', () => {
  const why = 'scope has no openid: this is OAuth 2.0 alone. It says what the client may do.'
  expect(draw({ type: 'skip', what: 'ID Token', why }, narrow)).toMatchInlineSnapshot(`
    "
     – ID Token: scope has no openid: this is OAuth 2.0 alone.
       It says what the client may do.
    "
  `)
})

test('the lesson at length', () => {
  expect(whyAtLength(narrow, { ...pick(sample, 'step'), why: 'One thought.\n\nAnother\none.' })).toMatchInlineSnapshot(`
    "
     One thought.

     Another one.

     Read  RFC 6749 4.1
    "
  `)
})

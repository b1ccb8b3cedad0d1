import { describe, expect, test } from 'vitest'
import type { RedirectEvent } from '../../src/events.ts'
import { ascii, coloured, draw, narrow, pick, plain, wide } from './draw.ts'
import { authorizationRequest, ISSUER, made, named, request, response, sample, STATE, tokenRequest } from './sample.ts'

const navigate = pick(sample, 'navigate')
const ownState = made('state', STATE, 'ties the response to this browser')

/** Without the rows that came before. */
function last(text: string): string {
  return text.slice(text.lastIndexOf('\n\n') + 1)
}

describe('the browser is sent away', () => {
  test('at 80 columns, with what was made here', () => {
    expect(last(draw([ownState, navigate]))).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │∿∿∿∿∿∿∿∿∿∿∿∿∿ authorization request ∿∿∿∿∿∿∿∿∿∿∿∿∿▶│                  │
       GET http://127.0.0.1:4455/authorize
         response_type          code         a code, not a token
         client_id              walkthrough  who is asking
         redirect_uri           http://127.0.0.1:8765/callback
                                             where the answer may go, exactly
         scope                  openid profile offline_access
                                             what is asked for
         state                  kQ3fWm…7BZw  ties the answer to you         made here
         nonce                  9xPaC5…0JLg  ties the ID Token to this
         code_challenge         E9Melh…w-cM  to be matched in step 5
         code_challenge_method  S256         how both are compared
      "
    `)
  })

  test('at 60 columns the meanings are under the values', () => {
    expect(last(draw([ownState, navigate], narrow))).toMatchInlineSnapshot(`
      "
       browser    client          authorization server  resource
          │∿∿∿∿ authorization request ∿∿∿∿∿▶│               │
       GET http://127.0.0.1:4455/authorize
         response_type        code
                              a code, not a token
         client_id            walkthrough
                              who is asking
         redirect_uri         http://127.0.0.1:8765/callback
                              where the answer may go, exactly
         scope                openid profile offline_access
                              what is asked for
         state                kQ3fWm…7BZw               made here
                              ties the answer to you
         nonce                9xPaC5…0JLg
                              ties the ID Token to this
         code_challenge       E9Melh…w-cM
                              to be matched in step 5
         code_challenge_method
                              S256
                              how both are compared
      "
    `)
  })

  test('at 140 columns everything has one line', () => {
    expect(last(draw([ownState, navigate], wide))).toMatchInlineSnapshot(`
      "
       browser              client                                  authorization server         resource
          │∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿ authorization request ∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿∿▶│                      │
       GET http://127.0.0.1:4455/authorize
         response_type          code                            a code, not a token
         client_id              walkthrough                     who is asking
         redirect_uri           http://127.0.0.1:8765/callback  where the answer may go, exactly
         scope                  openid profile offline_access   what is asked for
         state                  kQ3fWm…7BZw                     ties the answer to you           made here
         nonce                  9xPaC5…0JLg                     ties the ID Token to this
         code_challenge         E9Melh…w-cM                     to be matched in step 5
         code_challenge_method  S256                            how both are compared
      "
    `)
  })

  test('in ASCII', () => {
    expect(last(draw([ownState, navigate], ascii)).split('\n').slice(0, 3).join('\n')).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          |~~~~~~~~~~~~~ authorization request ~~~~~~~~~~~~~>|                  |"
    `)
  })

  test('what the person changed is marked', () => {
    const parameters = authorizationRequest.map((each) => (each.name === 'scope' ? { ...each, value: 'openid' } : each))
    const text = last(draw([navigate, { ...navigate, parameters }]))
    expect(text.split('\n').filter((line) => line.endsWith('edited'))).toEqual([expect.stringContaining('scope')])
  })
})

describe('something reaches the redirection endpoint', () => {
  const accepted: RedirectEvent = {
    type: 'redirect', method: 'GET', path: '/callback', accepted: true, at: 14_200, by: 'listener',
    parameters: named({ code: 'SplxlOBeZQQYbYS6WxSbIA_c0deThatWorks', state: STATE, iss: ISSUER }),
  }

  test('the authorization response', () => {
    expect(last(draw([ownState, accepted]))).toMatchInlineSnapshot(`
      "
          │∿∿∿∿∿∿∿∿∿∿∿∿∿∿▶│ authorization response           │                  │
       GET /callback   after 0:14
         code   SplxlO…orks            to be redeemed once, soon
         state  kQ3fWm…7BZw            has to be the one sent               made here
         iss    http://127.0.0.1:4455  which server answers
      "
    `)
  })

  test('pasted', () => {
    expect(draw({ ...accepted, by: 'paste' })).toContain('GET /callback   pasted by you')
  })

  test('strangers, a line each, without their values', () => {
    const strangers = sample.filter((event) => event.type === 'redirect' && !event.accepted)
    expect(draw(strangers)).toMatchInlineSnapshot(`
      "
         0:02  GET /favicon.ico   ignored: not the redirect_uri
         0:03  GET /callback?state=…   ignored: state is not the one of this walk
      "
    `)
    expect(draw(strangers, narrow)).toMatchInlineSnapshot(`
      "
         0:02  GET /favicon.ico   ignored: not the redirect_uri
         0:03  GET /callback?state=…
               ignored: state is not the one of this walk
      "
    `)
  })
})

describe('the back channel', () => {
  test('the token request', () => {
    expect(draw(tokenRequest)).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │               │━━━━━━━━━ token request ━━━━━━━━━▶│                  │
       POST http://127.0.0.1:4455/token
         authorization  Basic d2Fsa3…NkE=               client_id and client_secret,
                                                        base64
         grant_type     authorization_code              what is handed in: a code
         code           SplxlO…Only                     as the browser brought it
         redirect_uri   http://127.0.0.1:8765/callback  the same as in step 1
         code_verifier  dBjftJ…EjXk                     matches the code_challenge
      "
    `)
  })

  test('a URL that is too long keeps its host, whatever stands before it', () => {
    const url = `https://accounts.example.com%40${'a'.repeat(900)}@evil.example/token?${'b'.repeat(900)}`
    const drawn = draw(request('token request', 'authorization server', url)).replaceAll(/\s/g, '')
    expect(drawn).toContain('https://evil.example/token')
  })

  test('the token response', () => {
    expect(draw(pick(sample, 'response', 'token response'))).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │               │◀━━━━━━━━ token response ━━━━━━━━━│                  │
       200 OK   41 ms   929 bytes
         cache-control  no-store    nobody may keep a copy

         access_token   opaque…3Kq8                    a key for the resource
         expires_in     3600                           seconds that it lives
         id_token       eyJhbGci…9fQ, 720 characters   who logged in, for this client
         refresh_token  refres…7Lp4                    gets new tokens later
         scope          openid profile offline_access  what was granted
         token_type     Bearer                         whoever bears it may use it
      "
    `)
  })

  test('a refusal, with how to ask', () => {
    expect(draw(pick(sample, 'response', 'resource response'))).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │               │◀━━━━━━━━━━━━━━━━ resource response ━━━━━━━━━━━━━━━━━│
       401 Unauthorized   3 ms   0 bytes
         www-authenticate  Bearer realm="notes"  how to ask so that it answers
      "
    `)
    expect(draw(pick(sample, 'response', 'resource response'), coloured)).toContain('\x1b[35m401 Unauthorized\x1b[39m')
  })

  test('metadata at 80 columns: what the flow depends on', () => {
    expect(draw(pick(sample, 'response', 'metadata response'))).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │               │◀━━━━━━━ metadata response ━━━━━━━│                  │
       200 OK   12 ms   562 bytes
         issuer                    http://127.0.0.1:4455
                                   its name, to be compared
         authorization_endpoint    http://127.0.0.1:4455/authorize
                                   the browser goes here
         token_endpoint            http://127.0.0.1:4455/token
                                   the code is redeemed here
         userinfo_endpoint         http://127.0.0.1:4455/userinfo
                                   Claims about the person
         jwks_uri                  http://127.0.0.1:4455/jwks
                                   its public keys
         scopes_supported          openid profile email offline_access notes
                                   what may be asked for
         token_endpoint_auth_methods_supported
                                   client_secret_basic client_secret_post
                                   how clients prove themselves
         code_challenge_methods_supported
                                   S256
                                   PKCE: S256 should be here
         authorization_response_iss_parameter_supported
                                   true
                                   answers name their server
         and 2 more members
      "
    `)
  })

  test('metadata at 140 columns', () => {
    expect(draw(pick(sample, 'response', 'metadata response'), wide)).toMatchInlineSnapshot(`
      "
       browser              client                                  authorization server         resource
          │                    │◀━━━━━━━━━━━━━ metadata response ━━━━━━━━━━━━━│                      │
       200 OK   12 ms   562 bytes
         issuer                    http://127.0.0.1:4455            its name, to be compared
         authorization_endpoint    http://127.0.0.1:4455/authorize  the browser goes here
         token_endpoint            http://127.0.0.1:4455/token      the code is redeemed here
         userinfo_endpoint         http://127.0.0.1:4455/userinfo   Claims about the person
         jwks_uri                  http://127.0.0.1:4455/jwks       its public keys
         scopes_supported          openid profile email offline_access notes
                                                                    what may be asked for
         token_endpoint_auth_methods_supported
                                   client_secret_basic client_secret_post
                                                                    how clients prove themselves
         code_challenge_methods_supported
                                   S256                             PKCE: S256 should be here
         authorization_response_iss_parameter_supported
                                   true                             answers name their server
         and 2 more members
      "
    `)
  })

  test('a JWK Set, a key a line', () => {
    expect(draw(pick(sample, 'response', 'JWK Set response'))).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │               │◀━━━━━━━ JWK Set response ━━━━━━━━│                  │
       200 OK   4 ms   415 bytes
         k1  RSA RS256 sig  a public key of the issuer
      "
    `)
  })
})

describe('a body', () => {
  const html = { name: 'content-type', value: 'text/html' }

  test('of a resource is shown as the JSON that it is', () => {
    const body = response('resource response', 'resource', [], { owner: 'Alice', notes: ['Tea at six'] })
    expect(draw(body, narrow)).toMatchInlineSnapshot(`
      "
       browser    client          authorization server  resource
          │          │◀━━━━━━━━━ resource response ━━━━━━━━━│
       200 OK   5 ms   40 bytes
         {
           "owner": "Alice",
           "notes": [
             "Tea at six"
           ]
         }
      "
    `)
  })

  test('that is long is cut', () => {
    const body = response('resource response', 'resource', [], Array.from({ length: 40 }, (_, index) => index))
    expect(draw(body)).toContain('   and 26 more lines\n')
  })

  test('that is form-encoded is read as the server meant it', () => {
    const form = { name: 'content-type', value: 'application/x-www-form-urlencoded; charset=utf-8' }
    const content = 'access_token=gho_16C7e42F292c&scope=repo%2Cgist'
    expect(draw(response('token response', 'authorization server', [form], content))).toMatchInlineSnapshot(`
      "
       browser         client                      authorization server     resource
          │               │◀━━━━━━━━ token response ━━━━━━━━━│                  │
       200 OK   5 ms   47 bytes
         content-type  application/x-www-form-urlencoded; charset=utf-8
                       the form of the body

         access_token  gho_16C7e42F292c  a key for the resource
         scope         repo,gist         what was granted
      "
    `)
  })

  test('that is a page is shown by its beginning', () => {
    const content = `<h1>Log in</h1>\n${' '.repeat(500)}`
    expect(draw(response('token response', 'authorization server', [html], content), narrow)).toMatchInlineSnapshot(`
      "
       browser    client          authorization server  resource
          │          │◀━━ token response ━━━│               │
       200 OK   5 ms   516 bytes
         content-type  text/html
                       the form of the body

         <h1>Log in</h1>\\n
         and 316 more characters
      "
    `)
  })

  test('keeps numbers as they were written', () => {
    const text = draw(response('UserInfo response', 'resource', [], '{"sub":12345678901234567890,"exp":1e999}'))
    expect(text).toContain('12345678901234567890')
    expect(text).toContain('1e999')
  })

  test('nested deeper than anybody means it is shown as text', () => {
    const text = draw(response('resource response', 'resource', [], '['.repeat(9000) + ']'.repeat(9000)))
    expect(text).toContain('and 17800 more characters')
  })

  test('that is another document than the one asked for is shown as it is', () => {
    const text = draw(response('metadata response', 'authorization server', [], { error: 'no such tenant' }))
    expect(text).toContain('"error": "no such tenant"')
  })

  test('with a thousand members is cut', () => {
    const members = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`member${index}`, index]))
    expect(draw(response('UserInfo response', 'resource', [], members), plain)).toContain('and 960 more rows')
  })
})

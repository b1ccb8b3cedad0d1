import { describe, expect, test } from 'vitest'
import type { JsonObject, ValueEvent } from '../../src/events.ts'
import { textRenderer } from '../../src/render/text.ts'
import { draw, narrow, pick, plain, wide } from './draw.ts'
import { ACCESS_TOKEN, ID_TOKEN, made, NOW, received, sample, STATE } from './sample.ts'

const idToken = pick(sample, 'value', 'id_token')

describe('an ID Token', () => {
  test('at 80 columns', () => {
    expect(draw(idToken)).toMatchInlineSnapshot(`
      "
       ID Token                                          eyJhbGci…9fQ, 720 characters
         Decoded, not yet believed: anybody can write this. The checks decide.

         header
           alg  RS256       how it is signed
           typ  JWT         which kind of token it is
           kid  k1          which key of the issuer
         Claims
           sub        user-7f3a                who logged in, unique there
           nonce      9xPaC5…0JLg              has to be the one sent
           at_hash    Fh0kXy3bq8uR1mWz2sVtNw   hash of the access token
           aud        walkthrough              for whom it is said
           exp        2026-03-02 15:04:14 UTC  expires in 59 minutes
           iat        2026-03-02 14:04:14 UTC  issued 10 seconds ago
           auth_time  2026-03-02 14:04:05 UTC  the person authenticated 19 seconds
                                               ago
           acr        urn:authwalk:password    how strong the authentication was
           iss        http://127.0.0.1:4455    who says all this
      "
    `)
  })

  test('at 60 columns', () => {
    expect(draw(idToken, narrow)).toMatchInlineSnapshot(`
      "
       ID Token                      eyJhbGci…9fQ, 720 characters
         Decoded, not yet believed: anybody can write this. The
         checks decide.

         header
           alg  RS256       how it is signed
           typ  JWT         which kind of token it is
           kid  k1          which key of the issuer
         Claims
           sub        user-7f3a
                      who logged in, unique there
           nonce      9xPaC5…0JLg
                      has to be the one sent
           at_hash    Fh0kXy3bq8uR1mWz2sVtNw
                      hash of the access token
           aud        walkthrough
                      for whom it is said
           exp        2026-03-02 15:04:14 UTC
                      expires in 59 minutes
           iat        2026-03-02 14:04:14 UTC
                      issued 10 seconds ago
           auth_time  2026-03-02 14:04:05 UTC
                      the person authenticated 19 seconds ago
           acr        urn:authwalk:password
                      how strong the authentication was
           iss        http://127.0.0.1:4455
                      who says all this
      "
    `)
  })

  test('at 140 columns', () => {
    expect(draw(idToken, wide)).toMatchInlineSnapshot(`
      "
       ID Token                                                               eyJhbGci…9fQ, 720 characters
         Decoded, not yet believed: anybody can write this. The checks decide.

         header
           alg  RS256       how it is signed
           typ  JWT         which kind of token it is
           kid  k1          which key of the issuer
         Claims
           sub        user-7f3a                who logged in, unique there
           nonce      9xPaC5…0JLg              has to be the one sent
           at_hash    Fh0kXy3bq8uR1mWz2sVtNw   hash of the access token
           aud        walkthrough              for whom it is said
           exp        2026-03-02 15:04:14 UTC  expires in 59 minutes
           iat        2026-03-02 14:04:14 UTC  issued 10 seconds ago
           auth_time  2026-03-02 14:04:05 UTC  the person authenticated 19 seconds ago
           acr        urn:authwalk:password    how strong the authentication was
           iss        http://127.0.0.1:4455    who says all this
      "
    `)
  })

  test('with times that no calendar has, nested Claims and strange names', () => {
    const nested = { address: { locality: 'Oxford' }, constructor: [1, null] }
    const claims: JsonObject = { exp: 1e300, iat: 'yesterday', ...nested, 'http://x/y': true }
    expect(draw({ ...idToken, decoded: { header: {}, claims } })).toMatchInlineSnapshot(`
      "
       ID Token                                          eyJhbGci…9fQ, 720 characters
         Decoded, not yet believed: anybody can write this. The checks decide.

         header
         Claims
           exp          1e+300                 expires
           iat          yesterday              issued
           address      {"locality":"Oxford"}  postal address
           constructor  [1,null]
           http://x/y   true
      "
    `)
  })
})

describe('an access token', () => {
  const about = { type: 'value', name: 'access_token', origin: 'received', purpose: 'a key' } as const
  const token: ValueEvent = { ...about, value: ACCESS_TOKEN }

  test('is opaque', () => {
    expect(draw(token)).toMatchInlineSnapshot(`
      "
       Received
         access_token    opaque…3Kq8  opaque, as it should be
      "
    `)
  })

  test('that is a JWT is labelled as not meant for this client', () => {
    const claims = { scope: 'notes', aud: 'https://api.example' }
    const decoded = { header: { typ: 'at+jwt', nonce: 'x' }, claims }
    expect(draw({ ...token, value: ID_TOKEN, decoded })).toMatchInlineSnapshot(`
      "
       Access token                                      eyJhbGci…9fQ, 720 characters
         Not meant for this client. It happens to be a JWT; its content is a matter
         between the server and the resource, and may become unreadable any day.

         header
           typ    at+jwt      which kind of token it is
           nonce  x
         Claims
           scope  notes                what the token may be used for
           aud    https://api.example  for whom it is said
      "
    `)
  })
})

test('values that are made one after the other align', () => {
  const state = made('state', STATE, 'ties the response to you')
  const verifier = made('code_verifier', '[code_verifier]', 'stays here')
  expect(draw([state, verifier, received('scope', 'openid', 'what was granted')])).toMatchInlineSnapshot(`
    "
     Set by this client
       state           kQ3fWm…7BZw  ties the response to you
       code_verifier   [code_verifier]
                                    stays here

     Received
       scope           openid       what was granted
    "
  `)
})

describe('at the end', () => {
  test('each token stands alone on a line, whole', () => {
    const renderer = textRenderer(narrow, () => NOW)
    for (const event of sample) renderer.event(event)
    const lines = renderer.outcome({ status: 'completed', exit: 0 }).split('\n')
    expect(lines).toContain(ID_TOKEN)
    expect(lines).toContain(ACCESS_TOKEN)
  })

  test('what this reader may not see is not mentioned', () => {
    const renderer = textRenderer(plain)
    renderer.event(received('access_token', '[access_token, 41 characters, sha256 0a1b2c3d]', 'a key'))
    expect(renderer.outcome({ status: 'completed', exit: 0 })).not.toContain('sha256')
  })
})

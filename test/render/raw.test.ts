import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/render/layout.ts'
import { raw } from '../../src/render/raw.ts'
import { ascii, narrow, pick, plain } from './draw.ts'
import { ISSUER, named, response, sample, tokenRequest } from './sample.ts'

describe('raw', () => {
  test('the token request', () => {
    const hidden = '[code_verifier, 43 characters, sha256 13d31e96]'
    const parameters = named({ grant_type: 'authorization_code', code_verifier: hidden })
    expect(raw(plain, { ...tokenRequest, parameters })).toMatchInlineSnapshot(`
      "
       ┃ POST /token HTTP/1.1
       ┃ Host: 127.0.0.1:4455
       ┃ accept: application/json
       ┃ authorization: Basic d2Fsa3Rocm91Z2g6VmQ0c1kwblRuQjhoMmtxNVpjN0xyMVh3OUdtM1B
       ┃ qNkE=
       ┃
       ┃ grant_type=authorization_code&code_verifier=[code_verifier, 43 characters, s
       ┃ ha256 13d31e96]
      "
    `)
  })

  test('the authorization request, with the query that the endpoint came with', () => {
    const endpoint = `${ISSUER}/authorize?p=policy`
    const parameters = named({ scope: 'openid email' })
    expect(raw(ascii, { ...pick(sample, 'navigate'), endpoint, parameters })).toMatchInlineSnapshot(`
      "
       | GET /authorize?p=policy&scope=openid+email HTTP/1.1
       | Host: 127.0.0.1:4455
      "
    `)
  })

  test('the authorization response', () => {
    const parameters = named({ code: 'abc', state: 'x y' })
    expect(raw(plain, { ...pick(sample, 'redirect'), path: '/callback', parameters })).toMatchInlineSnapshot(`
      "
       ┃ GET /callback?code=abc&state=x+y HTTP/1.1
      "
    `)
  })

  test('a response, whose lines all stand behind the bar', () => {
    const headers = named({ 'x-a': 'b\r\nset-cookie: c' })
    const body = `{\r\n\x1b[2J}\n${'日'.repeat(40)}`
    const hostile = response('x', 'resource', headers, body, 1, 200, 'OK\x1b]0;x\x07')
    const text = raw(narrow, pick([hostile], 'response'))
    expect(text).toMatchInlineSnapshot(`
      "
       ┃ HTTP/1.1 200 OK\\x1b]0;x\\x07
       ┃ x-a: b\\r\\nset-cookie: c
       ┃
       ┃ {
       ┃ \\x1b[2J}
       ┃ 日日日日日日日日日日日日日日日日日日日日日日日日日日日日
       ┃ 日日日日日日日日日日日日
      "
    `)
    expect(text.split('\n').filter((line) => displayWidth(line) >= 60)).toEqual([])
  })

  test('a body without end is cut', () => {
    const endless = pick([response('x', 'resource', [], 'x'.repeat(1e6))], 'response')
    expect(raw(plain, endless)).toContain('and 980000 more characters')
  })

  test('an endpoint that is no URL is shown as it is', () => {
    expect(raw(plain, { ...tokenRequest, url: 'not a url', method: 'GET' })).toContain('GET not a url HTTP/1.1')
  })
})

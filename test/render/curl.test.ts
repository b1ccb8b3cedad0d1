import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestEvent } from '../../src/events.ts'
import { toCurl } from '../../src/render/curl.ts'
import { ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, ISSUER, named, request, tokenRequest } from './sample.ts'

const NASTY = [
  "it's", '"', '$HOME', '`id`', '$(id)', 'a\nb', ';', '&', '|', '>', '\\', '!', '*', '#', '@file', '-o', '', '\x1b[2J',
  'é', '\u202e',
]

/** What curl would get, by asking a shell. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for argument; do printf '%s\\0' "$argument"; done; }\n${command}`
  const output = execFileSync('sh', ['-c', script], { env: { AUTHWALK_CLIENT_SECRET: 's3 cr$et' }, encoding: 'utf8' })
  return output.split('\0').slice(0, -1)
}

/** The parameters as a server would read them. */
function sentBy(words: readonly string[]): string[][] {
  return words.flatMap((word, index) => {
    const body = words[index + 1] ?? ''
    if (word === '--data') return [...new URLSearchParams(body)]
    if (word !== '--data-urlencode') return []
    const at = body.indexOf('=')
    return [[...new URLSearchParams(body.slice(0, at)).keys(), ''].slice(0, 1).concat(body.slice(at + 1))]
  })
}

describe('toCurl', () => {
  test('the token request', () => {
    expect(toCurl(tokenRequest, CLIENT_ID)).toMatchInlineSnapshot(`
      "# form-encode the secret first if it holds more than letters, digits and - . _ *
      curl 'http://127.0.0.1:4455/token' \\
        --user 'walkthrough':"$AUTHWALK_CLIENT_SECRET" \\
        --header 'accept: application/json' \\
        --data-urlencode 'grant_type=authorization_code' \\
        --data-urlencode 'code=SplxlOBeZQQYbYS6WxSbIA_c0deThatWorksOnceOnly' \\
        --data-urlencode 'redirect_uri=http://127.0.0.1:8765/callback' \\
        --data-urlencode 'code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'"
    `)
  })

  test('the secret is put in by the shell, in the header as in the body', () => {
    const post: RequestEvent = { ...tokenRequest, headers: [], parameters: named({ client_secret: CLIENT_SECRET }) }
    expect(argumentsOf(toCurl(tokenRequest, 'a:b c'))).toContain('a%3Ab+c:s3 cr$et')
    expect(argumentsOf(toCurl(post, CLIENT_ID))).toContain('client_secret=s3 cr$et')
    for (const each of [tokenRequest, post]) expect(toCurl(each, CLIENT_ID)).not.toContain(CLIENT_SECRET)
  })

  test('a request with a token', () => {
    const userInfo = request('UserInfo request', 'resource', `${ISSUER}/userinfo`, `Bearer ${ACCESS_TOKEN}`)
    expect(toCurl(userInfo, CLIENT_ID)).toMatchInlineSnapshot(`
      "curl 'http://127.0.0.1:4455/userinfo' \\
        --header 'accept: application/json' \\
        --header 'authorization: Bearer opaqueAccess_2YotnFZFEjr1zCsicMWpAA0b3Kq8'"
    `)
  })

  test('a URL with brackets is no pattern', () => {
    const command = toCurl(request('x', 'resource', 'http://[::1]:80/{a}[1-9]'), CLIENT_ID)
    expect(argumentsOf(command)).toContain('--globoff')
  })

  test('an empty POST is one', () => {
    expect(argumentsOf(toCurl({ ...tokenRequest, headers: [], parameters: [] }, CLIENT_ID))).toContain('POST')
  })

  test('no value leaves its word, in any shell, and none reaches the terminal as more than text', () => {
    const any = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }))
    const text = fc.oneof(fc.constantFrom(...NASTY), any)
    const value = fc.array(text, { maxLength: 4 }).map((parts) => parts.join('').replaceAll('\0', ''))
    fc.assert(fc.property(value, value, value, (name, first, second) => {
      const parameters = [{ name: `n${name}`, value: first }, { name: 'scope', value: second }]
      const command = toCurl({ ...tokenRequest, parameters }, first)
      expect(command.replaceAll(' \\\n  ', ' ').split('\n').slice(1).join('')).toMatch(/^[\x20-\x7e]*$/)
      const words = argumentsOf(command)
      expect(words[0]).toBe(tokenRequest.url)
      expect(sentBy(words)).toEqual([[`n${name}`, first], ['scope', second]])
    }), { numRuns: 60 })
  }, 60_000)
})

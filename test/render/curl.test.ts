import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestEvent } from '../../src/events.ts'
import { curlWithNotes, toCurl } from '../../src/render/curl.ts'
import { ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, ISSUER, named, request, tokenRequest } from './sample.ts'

const NASTY = [
  "it's", '"', '$HOME', '`id`', '$(id)', 'a\nb', ';', '&', '|', '>', '\\', '!', '*', '#', '@file', '-o', '', '\x1b[2J',
  'é', '\u202e',
]

/** What curl would get, by asking a shell. */
function argumentsOf(command: string, variables: Record<string, string> = {}): string[] {
  const script = `curl() { for argument; do printf '%s\\0' "$argument"; done; }\n${command}`
  const output = execFileSync('sh', ['-c', script], { env: { AUTHWALK_CLIENT_SECRET: 's3 cr$et', ...variables }, encoding: 'utf8' })
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
    expect(curlWithNotes(tokenRequest, CLIENT_ID)).toMatchInlineSnapshot(`
      "# AUTHWALK_CLIENT_SECRET  form-encoded, unless it is letters and digits alone
      # CODE                    a new one: it works once, and the walk has spent its own
      # CODE_VERIFIER           the one that this code is bound to
      curl 'http://127.0.0.1:4455/token' \\
        --user 'walkthrough':"$AUTHWALK_CLIENT_SECRET" \\
        --header 'accept: application/json' \\
        --data-urlencode 'grant_type=authorization_code' \\
        --data-urlencode 'code='"$CODE" \\
        --data-urlencode 'redirect_uri=http://127.0.0.1:8765/callback' \\
        --data-urlencode 'code_verifier='"$CODE_VERIFIER""
    `)
  })

  test('the secret is put in by the shell, in the header as in the body', () => {
    const post: RequestEvent = { ...tokenRequest, headers: [], parameters: named({ client_secret: CLIENT_SECRET }) }
    expect(argumentsOf(toCurl(tokenRequest, 'a:b c').text)).toContain('a%3Ab+c:s3 cr$et')
    expect(argumentsOf(toCurl(post, CLIENT_ID).text)).toContain('client_secret=s3 cr$et')
    for (const each of [tokenRequest, post]) expect(toCurl(each, CLIENT_ID).text).not.toContain(CLIENT_SECRET)
  })

  test('a request with a token', () => {
    const userInfo = request('UserInfo request', 'resource', `${ISSUER}/userinfo`, `Bearer ${ACCESS_TOKEN}`)
    expect(curlWithNotes(userInfo, CLIENT_ID)).toMatchInlineSnapshot(`
      "curl 'http://127.0.0.1:4455/userinfo' \\
        --header 'accept: application/json' \\
        --header 'authorization: Bearer opaqueAccess_2YotnFZFEjr1zCsicMWpAA0b3Kq8'"
    `)
  })

  test('what was taken out is left to the shell, by the name of its parameter and no other', () => {
    const [token, verifier] = ['[access_token, 43 characters, sha256 8c7d5f9f]', '[code_verifier, 43 characters, sha256 8720fae2]']
    const userInfo = toCurl(request('UserInfo request', 'resource', `${ISSUER}/userinfo`, `Bearer ${token}`), CLIENT_ID)
    expect(userInfo.needs).toEqual(['ACCESS_TOKEN'])
    expect(argumentsOf(userInfo.text, { ACCESS_TOKEN: 'a b' })).toContain('authorization: Bearer a b')
    const parameters = named({ code: 'spent', code_verifier: verifier, refresh_token: '[refresh_token]', scope: '[client_secret]', state: token })
    const { text, needs } = toCurl({ ...tokenRequest, parameters }, CLIENT_ID)
    expect(needs).toEqual(['AUTHWALK_CLIENT_SECRET', 'CODE', 'CODE_VERIFIER', 'REFRESH_TOKEN'])
    const words = argumentsOf(text, { CODE: 'c', CODE_VERIFIER: 'v', REFRESH_TOKEN: 'r' })
    expect(sentBy(words)).toEqual([['code', 'c'], ['code_verifier', 'v'], ['refresh_token', 'r'], ['scope', '[client_secret]'], ['state', token]])
  })

  test('a URL with brackets is no pattern', () => {
    const command = toCurl(request('x', 'resource', 'http://[::1]:80/{a}[1-9]'), CLIENT_ID).text
    expect(argumentsOf(command)).toContain('--globoff')
  })

  test('an empty POST is one', () => {
    expect(argumentsOf(toCurl({ ...tokenRequest, headers: [], parameters: [] }, CLIENT_ID).text)).toContain('POST')
  })

  test('no value leaves its word, in any shell, and none reaches the terminal as more than text', () => {
    const any = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }))
    const text = fc.oneof(fc.constantFrom(...NASTY), any)
    const value = fc.array(text, { maxLength: 4 }).map((parts) => parts.join('').replaceAll('\0', ''))
    fc.assert(fc.property(value, value, value, (name, first, second) => {
      const parameters = [{ name: `n${name}`, value: first }, { name: 'scope', value: second }]
      const command = toCurl({ ...tokenRequest, parameters }, first).text
      expect(command.replaceAll(' \\\n  ', ' ')).toMatch(/^[\x20-\x7e]*$/)
      const words = argumentsOf(command)
      expect(words[0]).toBe(tokenRequest.url)
      expect(sentBy(words)).toEqual([[`n${name}`, first], ['scope', second]])
    }), { numRuns: 60 })
  }, 60_000)
})

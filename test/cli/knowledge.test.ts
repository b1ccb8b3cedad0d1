import { describe, expect, test } from 'vitest'
import { contents, lookUp } from '../../src/cli/knowledge.ts'
import { nearest } from '../../src/nearest.ts'
import { UsageError } from '../../src/errors.ts'
import { drawContents, drawEntry } from '../../src/render/entry.ts'
import { penOf } from '../../src/render/pen.ts'

const kinds = (word: string) => lookUp(word).map(({ name, kind }) => `${name}: ${kind}`)

describe('explain', () => {
  test.each([
    ['an error, at each endpoint where it exists', 'insufficient_scope', 'insufficient_scope: error of the resource'],
    ['a provider’s number', 'aadsts50011', 'AADSTS50011: error of the authorization endpoint at Microsoft Entra ID'],
    ['a whole message', 'AADSTS54005: OAuth2 Authorization code was already redeemed', 'AADSTS54005: error of the token endpoint at Microsoft Entra ID'],
    ['a check', 'id-token-aud', 'id-token-aud: check, a MUST of OpenID Connect Core 3.1.3.7 (3)'],
    ['a step by its number', 'step 5', '5/7  Token request: back channel'],
    ['a step by its title', 'Token Request', '5/7  Token request: back channel'],
    ['a parameter', 'login_hint', 'login_hint: parameter'],
    ['a refusal', 'metadata-status', 'metadata-status: refused before any check, OpenID Connect Discovery 4.2'],
    ['a check of a registration', 'registration-secret', 'registration-secret: check, a MUST of RFC 7591 3.2.1'],
    ['a dialect', 'token-response-dialect', 'token-response-dialect: check, a MUST of RFC 6749 5.1'],
    ['a code of the network', 'econnrefused', 'ECONNREFUSED: trouble on the way to a server'],
    ['a method', 'client_secret_basic_raw', 'client_secret_basic_raw: client authentication'],
  ])('%s', (_, asked, wanted) => {
    expect(kinds(asked)).toContain(wanted)
  })

  test('what doctor tells to read says first how it was found out', () => {
    expect(lookUp('client-secret')[0]).toMatchObject({ kind: 'probe of authwalk doctor', parts: expect.arrayContaining([['How', [expect.stringContaining('made-up code')]]]) })
  })

  test('everything that the overview names is explained', () => {
    const names = Object.values(contents()).flat().map((name) => name.replace(/^\d (?=\D)/, ''))
    expect(names.length).toBeGreaterThan(200)
    for (const name of names) expect(lookUp(name).length, name).toBeGreaterThan(0)
  })

  test('a word that nobody knows gets the nearest ones', () => {
    const error = (() => {
      try {
        return lookUp('invalid_grnt')
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({ explanation: { tries: expect.arrayContaining(['authwalk explain invalid_grant']) } })
    expect(() => lookUp('qqqqqqqqqqqqqqqqqqqq')).toThrow(UsageError)
  })

  test('no line is wider than the screen', () => {
    const pen = penOf({ width: 60, unicode: true, colour: false })
    const text = [...Object.values(contents()).flat().slice(8).flatMap(lookUp).map((entry) => drawEntry(entry, pen)), drawContents(contents(), pen)].join('')
    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([])
  })
})

describe('what nobody has a name for', () => {
  const tries = (asked: string): readonly string[] => {
    try {
      return lookUp(asked).map(({ name }) => name)
    } catch (error) {
      return error instanceof UsageError ? error.explanation.tries.map((one) => one.replace('authwalk explain ', '')) : []
    }
  }

  test.each([
    ['state mismatch', 'state'],
    ['clock skew', 'settings-clock-skew'],
    ['signature verification failed', 'signature'],
    ['self-signed certificate', 'depth_zero_self_signed_cert'],
    ['EADDRINUSE', 'listener-port'],
  ])('%s leads to %s', (asked, wanted) => {
    expect(tries(asked)).toContain(wanted)
  })

  test('and not to whatever is as short', () => {
    expect(tries('qqq')).toEqual(['authwalk explain, to see what there is'])
    expect(tries('404')).toContain('endpoint-token')
  })
})

describe('nearest', () => {
  test.each([
    ['stat', ['state', 'status']],
    ['redirct_uri', ['redirect_uri']],
    ['zzz', []],
  ])('%s', (word, wanted) => {
    expect(nearest(word, ['state', 'redirect_uri', 'status', 'code_challenge', 'state'])).toEqual(wanted)
  })
})

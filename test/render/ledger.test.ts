import { describe, expect, test } from 'vitest'
import type { CheckEvent } from '../../src/events.ts'
import { textRenderer } from '../../src/render/text.ts'
import { ascii, coloured, draw, narrow, plain, wide } from './draw.ts'
import { check, core, ISSUER, made, skipped } from './sample.ts'

const passed = check('id-token-iss', 'iss is the issuer, character by character', ISSUER, core(2))
const failed: CheckEvent = {
  ...check('id-token-aud', 'aud holds this client', 'someone-else', core(3)),
  status: 'fail',
  expected: 'walkthrough',
  why: 'A token made for another client must not log you in here.',
}
const warned: CheckEvent = {
  ...check('id-token-acr', 'acr is one of those asked for', 'urn:weak', core(12)),
  status: 'warn',
  expected: 'urn:strong',
  level: 'SHOULD',
}
const ledger = [
  check('id-token-sig', 'the signature was made with that key', 'RS256, key k1', core(6)),
  passed,
  failed,
  warned,
  skipped('id-token-azp', 'azp, where it is sent, is this client', 'not sent'),
]

/** With the summary that the end of the walk brings. */
function closed(events: CheckEvent[], look = plain): string {
  const renderer = textRenderer(look)
  return events.map((event) => renderer.event(event)).join('') + renderer.outcome({ status: 'failed', exit: 4 })
}

describe('a ledger', () => {
  test('at 80 columns', () => {
    expect(closed(ledger)).toMatchInlineSnapshot(`
      "
       ID Token
         ✓ the signature was made with that key                      Core 3.1.3.7 (6)
         ✓ iss is the issuer, character by character                 Core 3.1.3.7 (2)
         ✗ not so: aud holds this client                             Core 3.1.3.7 (3)
           expected  walkthrough
           got       someone-else
           why       A token made for another client must not log you in here.
           rule      id-token-aud, a MUST of OpenID Connect Core 3.1.3.7 (3)
         ! not so: acr is one of those asked for                    Core 3.1.3.7 (12)
           expected  urn:strong
           got       urn:weak
           why       Without this rule a message of somebody else could pass for
                     this one.
           rule      id-token-acr, a SHOULD of OpenID Connect Core 3.1.3.7 (12)
         – azp, where it is sent, is this client · not sent
         2 passed, 1 failed, 1 to look at, 1 did not apply: the walk stops here
      "
    `)
  })

  test('at 60 columns', () => {
    expect(closed(ledger, narrow)).toMatchInlineSnapshot(`
      "
       ID Token
         ✓ the signature was made with that key  Core 3.1.3.7 (6)
         ✓ iss is the issuer, character by character
         ✗ not so: aud holds this client         Core 3.1.3.7 (3)
           expected  walkthrough
           got       someone-else
           why       A token made for another client must not log
                     you in here.
           rule      id-token-aud, a MUST of OpenID Connect Core
                     3.1.3.7 (3)
         ! not so: acr is one of those asked for
           expected  urn:strong
           got       urn:weak
           why       Without this rule a message of somebody else
                     could pass for this one.
           rule      id-token-acr, a SHOULD of OpenID Connect
                     Core 3.1.3.7 (12)
         – azp, where it is sent, is this client · not sent
         2 passed, 1 failed, 1 to look at, 1 did not apply: the
         walk stops here
      "
    `)
  })

  test('at 140 columns', () => {
    expect(closed(ledger, wide)).toMatchInlineSnapshot(`
      "
       ID Token
         ✓ the signature was made with that key                                           Core 3.1.3.7 (6)
         ✓ iss is the issuer, character by character                                      Core 3.1.3.7 (2)
         ✗ not so: aud holds this client                                                  Core 3.1.3.7 (3)
           expected  walkthrough
           got       someone-else
           why       A token made for another client must not log you in here.
           rule      id-token-aud, a MUST of OpenID Connect Core 3.1.3.7 (3)
         ! not so: acr is one of those asked for                                         Core 3.1.3.7 (12)
           expected  urn:strong
           got       urn:weak
           why       Without this rule a message of somebody else could pass for
                     this one.
           rule      id-token-acr, a SHOULD of OpenID Connect Core 3.1.3.7 (12)
         – azp, where it is sent, is this client · not sent
         2 passed, 1 failed, 1 to look at, 1 did not apply: the walk stops here
      "
    `)
  })

  test('in ASCII', () => {
    expect(closed(ledger, ascii)).toMatchInlineSnapshot(`
      "
       ID Token
         + the signature was made with that key                      Core 3.1.3.7 (6)
         + iss is the issuer, character by character                 Core 3.1.3.7 (2)
         x not so: aud holds this client                             Core 3.1.3.7 (3)
           expected  walkthrough
           got       someone-else
           why       A token made for another client must not log you in here.
           rule      id-token-aud, a MUST of OpenID Connect Core 3.1.3.7 (3)
         ! not so: acr is one of those asked for                    Core 3.1.3.7 (12)
           expected  urn:strong
           got       urn:weak
           why       Without this rule a message of somebody else could pass for
                     this one.
           rule      id-token-acr, a SHOULD of OpenID Connect Core 3.1.3.7 (12)
         - azp, where it is sent, is this client - not sent
         2 passed, 1 failed, 1 to look at, 1 did not apply: the walk stops here
      "
    `)
  })

  test('shows by colour and by sign what passed and what did not', () => {
    const text = closed(ledger, coloured)
    expect(text).toContain('\x1b[36m✓\x1b[39m the signature')
    expect(text).toContain('\x1b[35m✗\x1b[39m not so: aud holds this client')
  })

  test('ends with its sum when something else happens, and begins anew with another message', () => {
    const id = 'authorization-response-state'
    const state = check(id, 'state is the one made for this walk', 'the same', 'RFC 6749 10.12')
    expect(draw([state, passed, made('nonce', 'n', 'x')], narrow)).toMatchInlineSnapshot(`
      "
       Authorization response
         ✓ state is the one made for this walk     RFC 6749 10.12
         1 passed

       ID Token
         ✓ iss is the issuer, character by character
         1 passed

       Set by this client
         nonce           n
                         x
      "
    `)
  })

  test('keys belong to the ID Token that they verify', () => {
    const key = check('jwks-kid', 'the issuer publishes a key that fits', '1 key', 'RFC 7517 4.5')
    expect(draw([passed, key])).not.toContain('1 passed')
  })

  test('says what it is about where a check belongs to no message that it knows', () => {
    const form = check('json-bom', 'the JSON begins with its first character', '{', 'RFC 8259 8.1')
    expect(draw(form)).toContain('\n Form of the message\n')
  })

  test('names a policy of this client as one', () => {
    const text = draw({ ...warned, level: 'POLICY' }).replaceAll(/\s+/g, ' ')
    expect(text).toContain('a policy of this client beside OpenID Connect Core 3.1.3.7 (12)')
  })

  test('stays readable when a value is as long as a book', () => {
    const text = closed([{ ...failed, expected: 'x'.repeat(90_000), actual: 'a '.repeat(90_000) }])
    expect(text.split('\n').length).toBeLessThan(20)
  })
})

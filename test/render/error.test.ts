import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/events.ts'
import { textRenderer } from '../../src/render/text.ts'
import { ascii, narrow, plain } from './draw.ts'

const refused: Outcome = {
  status: 'failed',
  exit: 3,
  error: {
    happened: 'invalid_client: client authentication failed',
    means: 'The client was not believed: its id, its secret, or the way both were sent. The token endpoint said so.',
    tries: ['Copy the secret again: it may be wrong, expired, or of another client.', 'Try the other --auth-method.'],
    read: ['RFC 6749 5.2'],
  },
}

function end(outcome: Outcome, look = plain): string {
  return textRenderer(look).outcome(outcome)
}

describe('what went wrong', () => {
  test('at 80 columns', () => {
    expect(end(refused)).toMatchInlineSnapshot(`
      "
       ✗ invalid_client: client authentication failed

         Means     The client was not believed: its id, its secret, or the way both
                   were sent. The token endpoint said so.
         Try       1  Copy the secret again: it may be wrong, expired, or of another
                      client.
                   2  Try the other --auth-method.
         Read      RFC 6749 5.2                                               exit 3
      "
    `)
  })

  test('at 60 columns', () => {
    expect(end(refused, narrow)).toMatchInlineSnapshot(`
      "
       ✗ invalid_client: client authentication failed

         Means     The client was not believed: its id, its
                   secret, or the way both were sent. The token
                   endpoint said so.
         Try       1  Copy the secret again: it may be wrong,
                      expired, or of another client.
                   2  Try the other --auth-method.
         Read      RFC 6749 5.2                            exit 3
      "
    `)
  })

  test('causes in their order, each with what speaks for it', () => {
    const causes = [{ says: 'the server wants another method', evidence: 'its metadata lists client_secret_post' }, { says: 'the secret is wrong' }]
    const error = { happened: 'invalid_client', means: 'It was not believed.', causes, tries: ['--auth-method client_secret_post'], read: ['RFC 6749 5.2'] }
    expect(end({ ...refused, error })).toMatchInlineSnapshot(`
      "
       ✗ invalid_client

         Means     It was not believed.
         Probably  1  the server wants another method
                      its metadata lists client_secret_post
                   2  the secret is wrong
         Try       --auth-method client_secret_post
         Read      RFC 6749 5.2                                               exit 3
      "
    `)
  })

  test('in ASCII, with one thing to try', () => {
    const error = { happened: 'x…', means: 'y', tries: ['z'], read: ['a', 'b'] }
    expect(end({ ...refused, error }, ascii)).toMatchInlineSnapshot(`
      "
       x x...

         Means     y
         Try       z
         Read      a, b                                                       exit 3
      "
    `)
  })

  test('stays short when a provider is not', () => {
    const error = { happened: 'e'.repeat(1e6), means: 'm\n'.repeat(1e6), tries: [], read: [] }
    const text = end({ ...refused, error })
    expect(text.length).toBeLessThan(5000)
    expect(text).toContain('m\\nm\\n')
  })
})

test('leaving is no failure', () => {
  expect(end({ status: 'cancelled', exit: 130 })).toMatchInlineSnapshot(`
    "
     You left the walk here. Nothing of it stays on this machine.         exit 130
    "
  `)
})

test('a bug is not for this screen to explain', () => {
  expect(end({ status: 'failed', exit: 1 })).toBe('')
})

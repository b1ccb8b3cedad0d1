import { describe, expect, test } from 'vitest'
import { tokensOf, walkthrough } from './walkthrough.ts'

describe('the protected resource', () => {
  test('tells who brings nothing how to ask, and of no error (RFC 6750 3)', async () => {
    await using walk = await walkthrough()
    const response = await fetch(walk.practice.resource)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="notes"')
  })

  test.each(['Bearer made-up', 'bearer made-up'])('%s is an invalid token', async authorization => {
    await using walk = await walkthrough()
    const response = await fetch(walk.practice.resource, { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="notes", error="invalid_token"')
  })

  test('takes no token from the URL', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    const { access_token } = await tokensOf(await walk.redeem())
    expect((await fetch(`${walk.practice.resource}?access_token=${access_token}`)).status).toBe(401)
  })

  test.each([
    ['notes', 200, null],
    ['openid', 200, null],
    ['profile', 403, 'Bearer realm="notes", error="insufficient_scope", scope="notes"'],
  ])('with scope %s answers %i', async (scope, status, challenge) => {
    await using walk = await walkthrough()
    // Without openid a nonce has no meaning, and the server says so.
    const url = new URL(walk.url({ scope }))
    if (scope !== 'openid') url.searchParams.delete('nonce')
    await walk.browse(url.href)
    const { access_token } = await tokensOf(await walk.redeem())
    const response = await fetch(walk.practice.resource, { headers: { authorization: `Bearer ${access_token}` } })
    expect(response.status).toBe(status)
    expect(response.headers.get('www-authenticate')).toBe(challenge)
  })

  test('is read and nothing else', async () => {
    await using walk = await walkthrough()
    const response = await fetch(walk.practice.resource, { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  })
})

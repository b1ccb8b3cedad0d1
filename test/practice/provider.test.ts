import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'undici'
import { describe, expect, test } from 'vitest'
import { MachineError } from '../../src/errors.ts'
import { startPractice } from '../../src/practice/provider.ts'
import { detailsOf, nonce, state, tokensOf, visitor, walkthrough } from './walkthrough.ts'

describe('a walk by hand', () => {
  test('ends with tokens that open the resource, and both sides were observed', async () => {
    await using walk = await walkthrough()
    const { practice, arrived } = walk
    await walk.browse(walk.url())
    expect(arrived).toHaveLength(1)
    expect(arrived[0]?.get('state')).toBe(state)
    expect(arrived[0]?.get('iss')).toBe(practice.issuer)

    const response = await walk.redeem()
    expect(response.headers.get('cache-control')).toBe('no-store')
    const members = await response.clone().json()
    expect(members).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid profile email' })
    const tokens = await tokensOf(response)
    expect(claimsOf(tokens.id_token)).toMatchObject({ iss: practice.issuer, aud: practice.client.id, nonce })

    const notes = await fetch(practice.resource, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect(await notes.json()).toMatchObject({ owner: 'Alice Liddell', notes: expect.any(Array) })
    const userinfo = await fetch(`${practice.issuer}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect(await userinfo.json()).toMatchObject({ email: 'alice@example.com', sub: claimsOf(tokens.id_token).sub })

    const [issued, sent] = walk.saw(3)
    expect(detailsOf(issued)).toMatchObject({ code: arrived[0]?.get('code'), redirect_uri: walk.redirectUri, nonce })
    expect(detailsOf(sent)).toMatchObject({ status: '303', Location: walk.redirectUri, state })
    const judged = walk.saw(6)
    expect(detailsOf(judged[0])).toEqual({ client_id: practice.client.id, by: 'client_secret_basic' })
    expect(detailsOf(judged[2])['SHA-256 of it']).toBe(detailsOf(judged[2])['code_challenge'])
    expect(detailsOf(judged.at(-1))).toMatchObject({ access_token: tokens.access_token, id_token: tokens.id_token })
  })

  test('is one of many on the same server, each with its own login', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    await walk.browse(walk.url(), { name: 'bob', password: 'builder' })
    const tokens = await tokensOf(await walk.redeem())
    const notes = await fetch(walk.practice.resource, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect(await notes.json()).toMatchObject({ owner: 'Bob Mason' })
  })

  test('client_secret_post is taken as well, and observed as what it is', async () => {
    await using walk = await walkthrough()
    const { id, secret } = walk.practice.client
    await walk.browse(walk.url())
    expect((await walk.redeem({ client_id: id, client_secret: secret }, {})).status).toBe(200)
    expect(detailsOf(walk.saw(6)[0])['by']).toBe('client_secret_post')
  })

  test('offline_access with prompt=consent brings a refresh token, which works', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url({ scope: 'openid offline_access', prompt: 'consent' }))
    const { refresh_token } = await tokensOf(await walk.redeem())
    const refreshed = await walk.redeem({ grant_type: 'refresh_token', refresh_token })
    expect(await refreshed.json()).toMatchObject({ access_token: expect.any(String), id_token: expect.any(String) })
    expect(walk.saw(7).at(-1)?.saw).toBe('New tokens are issued.')
  })

  test('max_age and acr_values are answered in the ID Token', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url({ max_age: '600', acr_values: 'urn:authwalk:password' }))
    const { id_token } = await tokensOf(await walk.redeem())
    expect(claimsOf(id_token)).toMatchObject({ acr: 'urn:authwalk:password', auth_time: expect.any(Number) })
  })
})

describe('what the client is never told is observed', () => {
  test.each([
    ['a wrong verifier', { code_verifier: 'v'.repeat(43) }, 'code_verifier does not match code_challenge'],
    ['another redirect_uri', { redirect_uri: 'http://127.0.0.1:1/other' }, 'authorization code redirect_uri mismatch'],
    ['a made-up code', { code: 'made-up' }, 'authorization code not found'],
  ])('%s', async (_name, parameters, reason) => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    const response = await walk.redeem(parameters)
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain(reason)
    expect(detailsOf(walk.saw(6)[0])).toMatchObject({ error: 'invalid_grant', 'not told': reason })
  })

  test('a code that was used before: the tokens of the first use end as well', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    const { access_token } = await tokensOf(await walk.redeem())
    expect((await walk.redeem()).status).toBe(400)
    expect(detailsOf(walk.saw(6).at(-1))['not told']).toBe('authorization code already consumed')
    const notes = await fetch(walk.practice.resource, { headers: { authorization: `Bearer ${access_token}` } })
    expect(notes.status).toBe(401)
  })

  test('a wrong secret', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    const wrong = { authorization: `Basic ${Buffer.from(`${walk.practice.client.id}:wrong`).toString('base64')}` }
    expect(await (await walk.redeem({}, wrong)).json()).toMatchObject({ error: 'invalid_client' })
    expect(detailsOf(walk.saw(6)[0])).toMatchObject({ error: 'invalid_client', 'not told': 'invalid secret provided' })
  })
})

describe('the authorization endpoint', () => {
  test.each([
    ['prompt=none without a session', { prompt: 'none' }, 'login_required'],
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['a max_age that is none', { max_age: '-1' }, 'invalid_request'],
  ])('%s goes back to the client as an error', async (_name, parameters, error) => {
    await using walk = await walkthrough()
    await walk.browse(walk.url(parameters))
    expect(walk.arrived[0]?.get('error')).toBe(error)
    expect(detailsOf(walk.saw(3)[0])).toMatchObject({ error, Location: walk.redirectUri })
  })

  test('a redirect_uri that is not registered stays in the browser', async () => {
    await using walk = await walkthrough()
    const response = await fetch(walk.url({ redirect_uri: 'http://127.0.0.1:1/other' }), { redirect: 'manual' })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).toContain('invalid_redirect_uri')
    expect(detailsOf(walk.saw(2)[0])['error']).toBe('invalid_redirect_uri')
  })

  test.each([
    ['login', []],
    ['consent', [{ username: 'alice', password: 'wonderland', answer: 'yes' }]],
  ])('a refused %s is access_denied, and no code', async (_page, forms) => {
    await using walk = await walkthrough()
    const go = visitor()
    let page = await go(walk.url())
    for (const form of [...forms, { answer: 'no' }]) page = await go(page.url, form)
    const answer = new URL(page.headers.get('location') ?? '')
    expect(answer.origin + answer.pathname).toBe(walk.redirectUri)
    expect(answer.searchParams.get('error')).toBe('access_denied')
    expect(answer.searchParams.has('code')).toBe(false)
    expect(walk.saw(2).at(-1)?.saw).toBe('You refused, so there will be no code.')
    expect(detailsOf(walk.saw(3)[0])['error']).toBe('access_denied')
  })

  test('a wrong password shows the page again, with the reason and the name', async () => {
    await using walk = await walkthrough()
    const go = visitor()
    const { url } = await go(walk.url())
    const html = await (await go(url, { username: 'alice', password: 'guess' })).text()
    expect(html).toContain('role="alert"')
    expect(html).toContain('value="alice"')
    expect(html).not.toContain('guess')
    expect(detailsOf(walk.saw(2).at(-1))).toEqual({ username: 'alice', password: 'guess' })
    expect(await (await go(url, { username: 'alice', password: 'wonderland' })).text()).toContain('May walkthrough have this?')
  })

  test('a second request in the same browser needs neither login nor consent, until the client insists', async () => {
    await using walk = await walkthrough()
    const go = visitor()
    const login = await go(walk.url())
    const consent = await go(login.url, { username: 'bob', password: 'builder' })
    await go(consent.url, { answer: 'yes' })
    expect((await go(walk.url())).headers.get('location')).toContain('code=')
    expect(await (await go(walk.url({ prompt: 'login' }))).text()).toContain('<h1>Log in</h1>')
    expect(walk.saw(2).at(-1)?.details.at(-1)?.value).toBe('the client sent prompt=login')
  })
})

describe('the server', () => {
  test('has no two secrets, keys or issuers alike', async () => {
    await using one = await walkthrough()
    await using other = await walkthrough()
    expect(one.practice.client.secret).not.toBe(other.practice.client.secret)
    const keys = await Promise.all([one, other].map(async ({ practice }) => (await fetch(`${practice.issuer}/jwks`)).text()))
    expect(keys[0]).not.toBe(keys[1])
    expect(keys[0]).toMatch(/"n":"[\w-]{342}"/)
    expect(keys[0]).not.toContain('"d"')
  })

  test('is bound to 127.0.0.1 alone, and turns other names away', async () => {
    await using walk = await walkthrough()
    const { issuer } = walk.practice
    const rebound = await request(`${issuer}/notes`, { headers: { host: 'notes.example' } })
    await rebound.body.dump()
    expect(rebound.statusCode).toBe(421)
    await expect(fetch(issuer.replace('127.0.0.1', '[::1]'))).rejects.toThrow('fetch failed')
  })

  test('lets go of its port at once, with a connection open', async () => {
    const practice = await startPractice({ redirectUri: 'http://127.0.0.1:1/callback', observe: () => {} })
    const port = Number(new URL(practice.issuer).port)
    await fetch(practice.resource)
    await practice[Symbol.asyncDispose]()
    await using again = await startPractice({ port, redirectUri: 'http://127.0.0.1:1/callback', observe: () => {} })
    expect(again.issuer).toBe(practice.issuer)
  })

  test('a taken port is this machine’s trouble', async () => {
    const holder = createServer()
    await once(holder.listen(0, '127.0.0.1'), 'listening')
    const { port } = holder.address() as AddressInfo
    const start = startPractice({ port, redirectUri: 'http://127.0.0.1:1/callback', observe: () => {} })
    await expect(start).rejects.toBeInstanceOf(MachineError)
    await expect(start).rejects.toThrow(String(port))
    holder.close()
  })
})

function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
}

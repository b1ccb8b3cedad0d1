import { describe, expect, test } from 'vitest'
import type { Edits, WalkEvent } from '../src/events.ts'
import { authorizationCodeFlow, type Learned } from '../src/flow.ts'
import type { Arrival } from '../src/outside.ts'
import { createRedactor } from '../src/redact.ts'
import type { Settings } from '../src/settings.ts'
import { type Ended, walk } from '../src/walk.ts'
import { type Fake, fakeWorld, ISSUER, otherKey, publicJwk, settings, type World } from './support/fake-server.ts'

interface Walked extends Ended<Learned> {
  events: WalkEvent[]
  world: World
}

async function walked(fake: Fake = {}, changes: Partial<Settings> = {}, edit: (event: WalkEvent) => Edits | undefined = () => undefined): Promise<Walked> {
  const world = fakeWorld(fake)
  const events: WalkEvent[] = []
  const editor = { reveal: 'everything', show: async (event: WalkEvent) => edit(event) } as const
  const recorder = { reveal: 'everything', show: (event: WalkEvent) => void events.push(event) } as const
  const flow = authorizationCodeFlow({ ...settings, ...changes }, world)
  return { ...(await walk(flow, [editor, recorder], createRedactor([]), new AbortController())), events, world }
}

const failed = ({ events }: Walked) => events.flatMap((event) => (event.type === 'check' && event.status === 'fail' ? [event.id] : []))
const urls = ({ world }: Walked) => world.requests.map(({ url }) => url.replace(ISSUER, ''))
const token = `${ISSUER}/token`

describe('the whole flow', () => {
  test('goes through the steps in their order and ends with every check passed', async () => {
    const walk = await walked()
    expect(walk.outcome).toEqual({ status: 'completed', exit: 0 })
    expect(walk.events.flatMap((event) => (event.type === 'step' ? [event.step] : []))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(walk.events.flatMap((event) => (event.type === 'check' && !['pass', 'skip'].includes(event.status) ? [event.id] : []))).toEqual([])
    expect(urls(walk)).toEqual(['/.well-known/openid-configuration', '/jwks', 'https://api.example/notes', '/token', 'https://api.example/notes', '/userinfo'])
    expect(walk.result?.answers).toEqual({ resourceStatus: 200, userInfo: { sub: 'alice' } })
    expect(walk.world.closed).toBe(true)
    expect(walk.world.concluded).toBe(true)
  })

  test('sends each parameter of the authorization request once', async () => {
    const { world } = await walked({}, { parameters: [{ name: 'prompt', value: 'login' }, { name: 'state', value: 'by-hand' }] })
    const sent = [...new URL(world.visited[0] ?? '').searchParams.keys()]
    expect(sent.toSorted()).toEqual(['client_id', 'code_challenge', 'code_challenge_method', 'nonce', 'prompt', 'redirect_uri', 'response_type', 'scope', 'state'])
  })

  test('makes state, nonce and code_verifier of 256 bits, fresh each time', async () => {
    const made = async () => (await walked()).events.flatMap((event) => (event.type === 'value' && ['state', 'nonce', 'code_verifier'].includes(event.name) ? [event.value] : []))
    const values = [...await made(), ...await made()]
    expect(new Set(values).size).toBe(6)
    for (const value of values) expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  test('keeps a query that the authorization endpoint came with', async () => {
    const { world } = await walked({ replies: { [`${ISSUER}/.well-known/openid-configuration`]: ({ body }) => ({ body: { ...(body as object), authorization_endpoint: `${ISSUER}/authorize?p=policy` } }) } })
    expect(new URL(world.visited[0] ?? '').searchParams.get('p')).toBe('policy')
  })

  test('finds the metadata at its OAuth 2.0 address when the other is empty', async () => {
    const { world, outcome } = await walked({
      replies: {
        [`${ISSUER}/tenant/.well-known/openid-configuration`]: () => ({ status: 404 }),
        [`${ISSUER}/.well-known/oauth-authorization-server/tenant`]: () => ({ body: { issuer: `${ISSUER}/tenant`, authorization_endpoint: `${ISSUER}/authorize`, token_endpoint: token, jwks_uri: `${ISSUER}/jwks` } }),
      },
      claims: { iss: `${ISSUER}/tenant` },
      response: ({ iss: _, ...rest }) => rest,
    }, { server: { issuer: `${ISSUER}/tenant`, endpoints: {} } })
    expect(outcome.exit).toBe(0)
    expect(world.requests[1]?.url).toBe(`${ISSUER}/.well-known/oauth-authorization-server/tenant`)
  })
})

describe('what goes out may be edited', () => {
  test('a parameter of the token request that is changed is refused by the server', async () => {
    let once = true
    const walk = await walked({}, {}, (event) => {
      if (event.type !== 'request' || event.name !== 'token request' || !once) return undefined
      once = false
      return { code_verifier: 'another-verifier' }
    })
    expect(walk.outcome).toMatchObject({ exit: 3, error: { happened: 'invalid_grant: PKCE verification failed' } })
    expect(walk.world.requests.at(-1)?.parameters).toContainEqual({ name: 'code_verifier', value: 'another-verifier' })
  })

  test('a nonce that is dropped is not looked for', async () => {
    let once = true
    const walk = await walked({ claims: { nonce: 'whatever' } }, {}, (event) => {
      if (event.type !== 'navigate' || !once) return undefined
      once = false
      return { nonce: null }
    })
    expect(walk.outcome.exit).toBe(0)
    expect(walk.events).toContainEqual(expect.objectContaining({ id: 'id-token-nonce', status: 'skip' }))
  })
})

describe('ends where it has to', () => {
  test.each<[string, number, string[], Fake, string]>([
    ['another issuer in the metadata', 4, ['metadata-issuer'], { replies: { [`${ISSUER}/.well-known/openid-configuration`]: ({ body }) => ({ body: { ...(body as object), issuer: `${ISSUER}/` } }) } }, '/.well-known/openid-configuration'],
    ['a code of somebody else’s server', 4, ['authorization-response-iss'], { response: (honest) => ({ ...honest, iss: 'https://evil.example' }) }, 'https://api.example/notes'],
    ['an ID Token for another client', 4, ['id-token-aud'], { claims: { aud: 'other' } }, '/token'],
    ['a token type that nobody knows', 4, ['token-response-token-type'], { replies: { [token]: ({ body, ...rest }) => ({ ...rest, body: { ...(body as object), token_type: 'mac' } }) } }, '/token'],
    ['a token response in two minds', 5, [], { replies: { [token]: () => ({ body: '{"access_token":"a","access_token":"b"}' }) } }, '/token'],
    ['a redirect from the token endpoint', 5, [], { replies: { [token]: () => ({ status: 307, headers: { location: 'https://evil.example/' } }) } }, '/token'],
    ['a page where keys were due', 4, [], { replies: { [`${ISSUER}/jwks`]: () => ({ body: '<html>' }) } }, '/jwks'],
    ['UserInfo of somebody else', 4, ['userinfo-sub'], { replies: { [`${ISSUER}/userinfo`]: (honest) => (honest.status ? honest : { body: { sub: 'bob' } }) } }, '/userinfo'],
    ['an error of the authorization server', 3, [], { response: ({ state, iss }) => ({ error: 'access_denied', state: String(state), iss: String(iss) }) }, 'https://api.example/notes'],
    ['an error with status 200', 3, [], { replies: { [token]: () => ({ body: { error: 'bad_verification_code' } }) } }, '/token'],
  ])('%s: exit %i', async (_, exit, checks, fake, last) => {
    const walk = await walked(fake)
    expect(walk.outcome).toMatchObject({ status: 'failed', exit })
    expect(failed(walk)).toEqual(checks)
    expect(urls(walk).at(-1)).toBe(last)
    expect(walk.world.closed).toBe(walk.world.visited.length > 0)
    expect(walk.world.concluded).toBe(false)
  })

  test('strangers at the redirection endpoint are reported and change nothing', async () => {
    const stranger: Arrival = { method: 'GET', path: '/favicon.ico', parameters: [], accepted: false, reason: 'not the redirect_uri', at: 3, by: 'listener' }
    const walk = await walked({ strangers: [stranger] })
    expect(walk.outcome.exit).toBe(0)
    expect(walk.events).toContainEqual({ type: 'redirect', ...stranger })
  })
})

describe('keys', () => {
  test('a key that is rotated in after the metadata was read is fetched once more', async () => {
    let fetched = 0
    const walk = await walked({ header: { kid: 'k2' }, replies: { [`${ISSUER}/jwks`]: (honest) => (fetched++ === 0 ? honest : { body: { keys: [publicJwk(otherKey, 'k2')] } }) } })
    expect(walk.outcome.exit).toBe(0)
    expect(fetched).toBe(2)
  })

  test('a key that nobody published is looked for once', async () => {
    const walk = await walked({ header: { kid: 'k3' } })
    expect(failed(walk)).toEqual(['jwks-kid', 'id-token-sig'])
    expect(urls(walk).filter((url) => url === '/jwks')).toHaveLength(2)
  })
})

describe('OAuth 2.0 without OpenID Connect', () => {
  const plain: Partial<Settings> = { server: { endpoints: { authorization: `${ISSUER}/authorize`, token } }, scope: 'notes' }

  test('walks with two endpoints and a form-encoded answer', async () => {
    const walk = await walked({ replies: { [token]: () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'access_token=the-access-token&token_type=bearer&scope=notes' }) } }, plain)
    expect(walk.outcome.exit).toBe(0)
    expect(walk.events).toContainEqual(expect.objectContaining({ type: 'skip', what: 'ID Token' }))
    expect(urls(walk)).toEqual(['https://api.example/notes', '/token', 'https://api.example/notes'])
  })

  test('a form-encoded answer that says a thing twice is refused', async () => {
    const walk = await walked({ replies: { [token]: () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'access_token=a&access_token=b' }) } }, plain)
    expect(walk.outcome).toMatchObject({ exit: 5, error: { check: 'token-response-duplicate' } })
  })
})

test('client_secret goes to the token endpoint and nowhere else', async () => {
  const { world } = await walked({}, { client: { id: 'client', secret: 'the secret of the client', authMethod: 'client_secret_post' } })
  const holders = world.requests.filter((request) => JSON.stringify(request).includes('the secret of the client'))
  expect(holders.map(({ url }) => url)).toEqual([token])
})

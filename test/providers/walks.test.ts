import { describe, expect, test } from 'vitest'
import type { Flags } from '../../src/cli/options.ts'
import { runProgram } from '../../src/cli/program.ts'
import { planOf, settingsOf } from '../../src/cli/settings.ts'
import type { WalkEvent } from '../../src/events.ts'
import { authorizationCodeFlow } from '../../src/flow.ts'
import { oddities } from '../../src/providers/oddities.ts'
import { createRedactor } from '../../src/redact.ts'
import type { Settings } from '../../src/settings.ts'
import { walk } from '../../src/walk.ts'
import { fakeWorld, ISSUER, type World } from '../support/fake-server.ts'
import { departures, idToken, issued, published, SECRET, type Simulated, type TokenRequest, wantings } from './simulated.ts'

/** What the command line makes of it, with the preset or without. */
async function settingsFor({ preset, argv }: Simulated, known = true): Promise<Settings> {
  const typed = known ? [...argv, '--provider', preset] : argv.filter((argument, index) => argument !== '--tenant' && argv[index - 1] !== '--tenant')
  let given: { issuer: string | undefined; flags: Flags } | undefined
  await runProgram(typed, { walk: async (issuer, flags) => void (given = { issuer, flags }), practice: async () => {}, more: () => {} })
  if (!given) throw new Error('another command')
  return settingsOf(await planOf({ ...given, credentials: { id: 'client', secret: SECRET } }))
}

async function walked(settings: Settings, simulated: Simulated) {
  const world: World = fakeWorld({
    response: (honest) => ({ ...(simulated.authorize?.(asked()) ?? { ...honest }), state: String(honest['state']) }),
    replies: {
      [`${ISSUER}/jwks`]: () => ({ body: published }),
      [`${ISSUER}/.well-known/openid-configuration`]: ({ body }) => ({ body: { ...(body as object), authorization_response_iss_parameter_supported: false, ...simulated.metadata?.(body as never) } }),
      [`${ISSUER}/token`]: (_, { headers, parameters }) => {
        const header = (name: string, value: RegExp) => headers.some((one) => one.name.toLowerCase() === name && value.test(one.value))
        const get = (name: string) => parameters.find((parameter) => parameter.name === name)?.value
        const request: TokenRequest = { json: header('content-type', /^application\/json$/), basic: header('authorization', /^Basic /), asked: asked(), parameters, get }
        return (simulated.token ?? issued)(request)
      },
      [`${ISSUER}/userinfo`]: (honest) => (honest.status === 401 ? honest : (simulated.userInfo?.() ?? honest)),
    },
  })
  const asked = () => new URL(world.visited.at(-1) ?? ISSUER).searchParams
  const events: WalkEvent[] = []
  const recorder = { reveal: 'everything', show: (event: WalkEvent) => void events.push(event) } as const
  const { outcome } = await walk(authorizationCodeFlow(settings, world), [recorder], createRedactor([]), new AbortController())
  const objections = events.flatMap((event) => (event.type === 'check' && (event.status === 'fail' || event.status === 'warn') ? [event.id] : []))
  return { outcome, objections, events, world }
}

describe.each(departures.map((departure) => [`${departure.oddity} at ${departure.preset}`, departure] as const))('%s', (_, departure) => {
  test('is understood with the preset', async () => {
    const { outcome, objections } = await walked(await settingsFor(departure), departure)
    expect(outcome).toMatchObject({ exit: departure.ends?.exit ?? 0, ...(departure.ends ? { error: { happened: departure.ends.happened } } : {}) })
    expect(objections).toEqual(expect.arrayContaining(departure.tells ? [departure.tells] : []))
    expect(objections).not.toContain(departure.without.check)
  })

  test('and ends as expected where this is not known', async () => {
    const { dialect = [], ...settings } = await settingsFor(departure)
    expect(dialect).toContain(departure.oddity)
    const { outcome, objections } = await walked({ ...settings, dialect: dialect.filter((name) => name !== departure.oddity) }, departure)
    const { exit, happened, check } = departure.without
    expect(outcome.exit).toBe(exit)
    expect(outcome.error?.happened).toBe(happened ?? outcome.error?.happened)
    expect(objections).not.toContain(departure.tells)
    expect([...objections, outcome.error?.check]).toEqual(expect.arrayContaining(check === undefined ? [] : [check]))
  })
})

describe.each(wantings.map((wanting) => [wanting.says, wanting] as const))('%s', (_, wanting) => {
  test('walks to the end with the preset', async () => {
    expect((await walked(await settingsFor(wanting), wanting)).outcome).toEqual({ status: 'completed', exit: 0 })
  })

  test('and ends as expected without it', async () => {
    const { outcome } = await walked(await settingsFor(wanting, false), wanting)
    const { exit, happened = '', check } = wanting.without
    expect(outcome.exit).toBe(exit)
    expect(outcome.error?.happened).toContain(happened)
    expect(outcome.error?.check).toBe(check)
  })
})

test('each oddity has a provider that behaves so', () => {
  const simulated = new Set<string>(departures.map(({ oddity }) => oddity))
  expect(Object.keys(oddities).filter((name) => !simulated.has(name))).toEqual([])
})

describe('what a translation says and leaves alone', () => {
  const google: Simulated = { preset: 'google', argv: [ISSUER] }

  test('it is told, with what the provider does', async () => {
    const { events } = await walked(await settingsFor({ preset: 'twitch', argv: [ISSUER] }), { ...google, token: (request) => issued(request, { scope: ['openid', 'user:read:email'] }) })
    expect(events).toContainEqual(expect.objectContaining({ id: 'token-response-dialect', status: 'warn', actual: oddities['scope-array'].says }))
  })

  test('in the metadata too', async () => {
    const entra = departures.find(({ oddity }) => oddity === 'tenant-in-issuer')
    if (!entra) throw new Error('no Entra')
    const { events } = await walked(await settingsFor(entra), entra)
    expect(events).toContainEqual(expect.objectContaining({ id: 'metadata-dialect', status: 'warn', section: oddities['tenant-in-issuer'].section }))
  })

  test('a provider that keeps to the book is told nothing of', async () => {
    const { objections } = await walked(await settingsFor({ preset: 'twitch', argv: [ISSUER] }), google)
    expect(objections).not.toContain('token-response-dialect')
  })

  test('another host as the bare issuer is refused', async () => {
    const { outcome } = await walked(await settingsFor(google), { ...google, token: (request) => issued(request, { id_token: idToken(request, { iss: 'evil.example' }) }) })
    expect(outcome.error?.check).toBe('id-token-iss')
  })

  test('a template that another tenant would fit resolves nothing', async () => {
    const entra = departures.find(({ oddity }) => oddity === 'tenant-in-issuer')
    if (!entra) throw new Error('no Entra')
    const strange = { ...entra, metadata: (honest: object) => ({ ...honest, issuer: 'https://login.evil.example/{tenantid}/v2.0' }) }
    expect((await walked(await settingsFor(entra), strange as Simulated)).outcome.error?.check).toBe('metadata-issuer')
  })

  test('signed UserInfo is believed only with a signature of the issuer', async () => {
    const forged = `${Buffer.from('{"alg":"RS256","kid":"k1"}').toString('base64url')}.${Buffer.from('{"sub":"alice"}').toString('base64url')}.AAAA`
    const { outcome } = await walked(await settingsFor({ preset: 'loginradius', argv: [ISSUER] }), { ...google, userInfo: () => ({ body: forged }) })
    expect(outcome).toMatchObject({ exit: 4, error: { check: 'userinfo-sig' } })
  })

  test('UserInfo that is labelled as a JWT is read without a preset', async () => {
    const loginradius = departures.find(({ oddity }) => oddity === 'signed-userinfo')
    const body = loginradius?.userInfo?.().body ?? ''
    const { outcome } = await walked(await settingsFor(google, false), { ...google, userInfo: () => ({ headers: { 'content-type': 'application/jwt' }, body }) })
    expect(outcome.exit).toBe(0)
  })
})

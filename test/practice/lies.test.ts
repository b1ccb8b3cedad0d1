import { describe, expect, test } from 'vitest'
import { examine } from '../../src/check.ts'
import { authorizationResponseChecks } from '../../src/checks/authorization-response.ts'
import { idTokenChecks, idTokenFormCheck } from '../../src/checks/id-token.ts'
import { jwksChecks } from '../../src/checks/jwks.ts'
import { metadataChecks } from '../../src/checks/metadata.ts'
import { challengeChecks, userInfoChecks } from '../../src/checks/resource.ts'
import { tokenResponseChecks } from '../../src/checks/token-response.ts'
import { UsageError } from '../../src/errors.ts'
import type { CheckEvent, JsonObject, Parameter } from '../../src/events.ts'
import { decodeJwt, isJwt } from '../../src/oauth/jwt.ts'
import { keysOf, verifySignature } from '../../src/oauth/signature.ts'
import { findLie, lies } from '../../src/practice/lies.ts'
import { nonce, state, walkthrough } from './walkthrough.ts'

const scope = 'openid profile email'

/** What else can't be right when this is wrong. */
const also: Readonly<Record<string, readonly string[]>> = {
  'metadata-issuer-type': ['metadata-issuer'],
  'metadata-url-https': ['metadata-url-origin'],
  'id-token-crit': ['id-token-sig'],
  'id-token-alg': ['id-token-sig'],
  'jwks-shape': ['jwks-kid', 'id-token-sig'],
  'jwks-kid': ['id-token-sig'],
  'jwks-rsa-size': ['id-token-sig'],
  'jwks-rsa-e': ['id-token-sig'],
  'id-token-iat': ['id-token-clock'],
  'id-token-exp': ['id-token-clock'],
}

describe('lies', () => {
  test('an honest provider passes every check', async () => {
    const verdicts = await walkAndJudge(undefined, { max_age: '600', acr_values: 'urn:authwalk:password' })
    expect(failing(verdicts)).toEqual([])
    expect(verdicts.filter(({ status }) => status === 'pass').length).toBeGreaterThan(35)
  })

  test.concurrent.each(lies)('$id is wrong, and nothing else in the whole walk', async ({ id, asks }) => {
    const failed = failing(await walkAndJudge(id, asks))
    expect(failed).toContain(id)
    expect([id, ...(also[id] ?? [])]).toEqual(expect.arrayContaining(failed))
  })

  test('each is told once, in one plain line', () => {
    const ids = lies.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { says } of lies) expect(says).toMatch(/^[^\n]{10,100}\.$/)
  })

  test('a lie is said to be one', async () => {
    await using walk = await walkthrough('id-token-aud')
    await walk.browse(walk.url())
    await walk.redeem()
    expect(walk.saw(6).at(-1)?.saw).toBe('Lied, as told: The ID Token was made for another client.')
  })

  test('an unknown one is a usage error that names the known ones', async () => {
    await expect(walkthrough('no-such-lie')).rejects.toBeInstanceOf(UsageError)
    expect(findLie('id-token-aud').in).toBe('id-token')
    const error = catching(() => findLie('no-such-lie'))
    expect(error).toBeInstanceOf(UsageError)
    expect(error instanceof UsageError && error.explanation.tries.join()).toContain('id-token-aud')
  })
})

/** Every check of a whole walk, none of which stops it. */
async function walkAndJudge(lie: string | undefined, asks: Readonly<Record<string, string>> = {}): Promise<CheckEvent[]> {
  await using walk = await walkthrough(lie)
  const { practice } = walk
  const document = await json(fetch(`${practice.issuer}/.well-known/openid-configuration`))
  const refusal = await fetch(practice.resource)
  const wwwAuthenticate = refusal.headers.get('www-authenticate')
  await walk.browse(walk.url({ scope, ...asks }))
  const parameters = [...(walk.arrived[0] ?? [])].map(([name, value]) => ({ name, value }))
  const keySet = await json(fetch(`${practice.issuer}/jwks`))
  const verdicts = [
    ...jwksChecks.map(check => examine(check, keySet)),
    ...metadataChecks.map(check =>
      examine(check, { document, issuer: practice.issuer, openid: true, authMethod: 'client_secret_basic', pkce: 'S256' })),
    ...challengeChecks.map(check =>
      examine(check, { status: refusal.status, ...(wwwAuthenticate !== null && { wwwAuthenticate }) })),
    ...authorizationResponseChecks.map(check =>
      examine(check, { parameters, state, issuer: practice.issuer, issAdvertised: true })),
  ]
  return parameters.some(({ name }) => name === 'error') ? verdicts : [...verdicts, ...(await judgeTokens(walk, asks))]
}

async function judgeTokens(walk: Awaited<ReturnType<typeof walkthrough>>, asks: Readonly<Record<string, string>>): Promise<CheckEvent[]> {
  const { issuer, client } = walk.practice
  const code = (walk.arrived[0]?.get('code') ?? '').trim()
  const response = await walk.redeem({ code })
  const headers = [...response.headers].map(([name, value]) => ({ name, value }))
  const members = await json(response)
  const asked = asks['scope'] ?? scope
  const verdicts = tokenResponseChecks.map(check => examine(check, { headers, members, scope: asked }))
  if (members['id_token'] === undefined) return verdicts
  const decoded = decodeJwt(String(members['id_token']))
  verdicts.push(examine(idTokenFormCheck, { decoded }))
  if (!isJwt(decoded)) return verdicts
  const accessToken = String(members['access_token'])
  const claims = await json(fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken.split(' ')[0]}` } }))
  const input = {
    jwt: decoded,
    verdict: await verifySignature(decoded, keysOf(await json(fetch(`${issuer}/jwks`)))),
    alg: 'RS256',
    issuer,
    clientId: client.id,
    sent: sentWith(asks),
    accessToken,
    code,
    now: Date.now(),
    clockSkew: 300,
  }
  // UserInfo is compared with who really logged in, whatever the ID Token says.
  return [
    ...verdicts,
    ...idTokenChecks.map(check => examine(check, input)),
    ...userInfoChecks.map(check => examine(check, { claims, sub: 'user-7f3a' })),
  ]
}

function sentWith(asks: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries({ state, nonce, ...asks }).map(([name, value]) => ({ name, value }))
}

function failing(verdicts: readonly CheckEvent[]): string[] {
  return verdicts.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => id)
}

async function json(response: Response | Promise<Response>): Promise<JsonObject> {
  return JSON.parse(await (await response).text())
}

function catching(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return error
  }
}

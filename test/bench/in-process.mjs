// Parts of the program against jose alone, and against themselves with more to do.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createLocalJWKSet, exportJWK, jwtVerify, SignJWT } from 'jose'
import { examine } from '../../src/check.ts'
import { idTokenChecks } from '../../src/checks/id-token.ts'
import { jwksChecks } from '../../src/checks/jwks.ts'
import { listen } from '../../src/io/listener.ts'
import { decodeJwt, isJwt } from '../../src/oauth/jwt.ts'
import { verifySignature } from '../../src/oauth/signature.ts'
import { createRedactor } from '../../src/redact.ts'
import { html } from '../../src/render/reports/html.ts'
import { textRenderer } from '../../src/render/text.ts'
import { each, freePort, growth, versus } from './measure.mjs'

const issuer = 'https://as.example'
const accessToken = 'the-access-token'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' }

/** More than this power of the size is not linear. The rest is noise of the machine. */
const LINEAR = 1.15

/** @param {(row: import('./processes.mjs').Row) => void} tell */
export async function bench(tell) {
  const compact = await idToken({})
  const bare = (/** @type {import('jose').JWTVerifyGetKey} */ keys) => jwtVerify(compact, keys, { issuer, audience: 'client', algorithms: ['RS256'] })
  const keySet = createLocalJWKSet({ keys: [jwk] })
  await against('keys just fetched', () => judged(compact, [{ ...jwk }]), () => bare(createLocalJWKSet({ keys: [{ ...jwk }] })))
  await against('keys known', () => judged(compact, [jwk]), () => bare(keySet))

  /** @type {(how: string, ours: () => Promise<unknown>, bare: () => Promise<unknown>) => Promise<void>} */
  async function against(how, ours, bare) {
    const figures = await versus(() => each(ours, 200), () => each(bare, 200), 15)
    const detail = `${(figures.a * 1000).toFixed(0)} / ${(figures.b * 1000).toFixed(0)} µs`
    tell({ what: `ID Token and all checks, against jwtVerify, ${how}`, ratio: figures.ratio, most: 2, detail })
  }

  /** @type {(what: string, sizes: number[], prepare: (size: number) => Promise<() => unknown>) => Promise<void>} */
  async function slope(what, sizes, prepare) {
    const { time, memory } = await growth(sizes, prepare)
    tell({ what: `power of growth, time: ${what}`, ratio: time, most: LINEAR, detail: sizes.join(', ') })
    tell({ what: `power of growth, memory: ${what}`, ratio: memory, most: LINEAR, detail: sizes.join(', ') })
  }
  await slope('checks over the keys of a JWK Set', [25, 50, 100, 200], async (size) => {
    const keys = Array.from({ length: size }, (_, at) => ({ ...jwk, kid: `k${at}` }))
    return () => jwksChecks.map((check) => examine(check, { keys }))
  })
  await slope('ID Token checks over Claims', [500, 1000, 2000, 4000], async (size) => {
    const token = await idToken(Object.fromEntries(Array.from({ length: size }, (_, at) => [`claim-${at}`, `value ${at}`])))
    return () => judged(token, [jwk])
  })
  await slope('events that each teach the redactor a secret', [250, 500, 1000, 2000], async (size) => {
    const events = Array.from({ length: size }, (_, at) => secretOf(at))
    return () => {
      const redactor = createRedactor([])
      return events.map((event) => redactor.event(event, 'nothing'))
    }
  })
  await slope('events to text', [1000, 2000, 4000, 8000], async (size) => {
    const events = Array.from({ length: size / 2 }, (_, at) => exchange(at)).flat()
    return () => {
      const renderer = textRenderer({ width: 100, unicode: true, colour: true }, () => 0)
      return events.map((event) => renderer.event(event)).join('')
    }
  })
  await slope('events to an HTML report', [1000, 2000, 4000, 8000], async (size) => {
    const events = Array.from({ length: size / 2 }, (_, at) => exchange(at)).flat()
    return () => html.render({ version: 1, events, outcome: { status: 'completed', exit: 0 } })
  })
  const { signal } = new AbortController()
  await slope('requests to the listener', [500, 1000, 2000, 4000], async (size) => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
    return async () => {
      const listener = await listen({ redirectUri, state: 'the-state', wait: 60, signal })
      await strangers(redirectUri, size)
      return listener
    }
  })
}

/**
 * Requests that the listener turns away, over one connection.
 * @param {string} redirectUri
 * @param {number} count
 */
async function strangers(redirectUri, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let at = 0; at < count; at += 1) {
    const asked = request(`${redirectUri}?code=x&state=another-${at}`, { agent }).end()
    await new Promise((resolve, reject) => asked.once('error', reject).once('response', (response) => response.resume().once('end', resolve)))
  }
  agent.destroy()
}

/** @param {Record<string, string>} more */
async function idToken(more) {
  const atHash = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
  return await new SignJWT({ nonce: 'the-nonce', at_hash: atHash, auth_time: Math.floor(Date.now() / 1000), ...more })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer(issuer)
    .setSubject('alice')
    .setAudience('client')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
}

/** @type {(compact: string, keys: import('../../src/events.ts').JsonObject[]) => Promise<unknown>} */
async function judged(compact, keys) {
  const jwt = decodeJwt(compact)
  if (!isJwt(jwt)) throw new Error(jwt.problem)
  const verdict = await verifySignature(jwt, keys)
  const sent = [{ name: 'nonce', value: 'the-nonce' }, { name: 'scope', value: 'openid' }]
  const input = { jwt, verdict, alg: 'RS256', issuer, clientId: 'client', sent, accessToken, code: 'the-code', now: Date.now(), clockSkew: 300 }
  const found = idTokenChecks.map((check) => examine(check, input))
  const failed = found.filter(({ status }) => status === 'fail')
  if (failed.length > 0) throw new Error(failed.map(({ id, actual }) => `${id}: ${actual}`).join('\n'))
  return found
}

/** @type {(at: number) => import('../../src/events.ts').WalkEvent} */
function secretOf(at) {
  return { type: 'value', name: 'access_token', value: createHash('sha256').update(String(at)).digest('base64url'), origin: 'received', purpose: 'what the client came for' }
}

/** @type {(at: number) => import('../../src/events.ts').WalkEvent[]} */
function exchange(at) {
  const headers = [{ name: 'accept', value: 'application/json' }]
  const name = 'UserInfo request'
  return [
    { type: 'request', name, to: 'resource', method: 'GET', url: `${issuer}/userinfo?at=${at}`, headers, parameters: [] },
    { type: 'check', id: `check-${at}`, title: 'it is so', why: 'Why', section: 'RFC 6749 5.1', level: 'MUST', status: 'pass', expected: 'a', actual: 'a' },
  ]
}

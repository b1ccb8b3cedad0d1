import { type KeyObject, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { MachineError } from '../errors.ts'
import type { ObservedEvent } from '../events.ts'
import { accounts } from './accounts.ts'
import { configuration, type PracticeClient } from './configuration.ts'
import { interactions } from './interactions.ts'
import { loadLibrary } from './library.ts'
import type { Lie } from './lies/lie.ts'
import { findLie } from './lies.ts'
import { lying } from './lying.ts'
import { observing } from './observations.ts'
import { ownLook } from './own-look.ts'
import { protectedResource, RESOURCE_PATH } from './resource.ts'
import { signingKey } from './signing-key.ts'

export interface PracticeOptions {
  /** Any free one where absent. */
  port?: number
  redirectUri: string
  /** The id of a lie that the provider is to tell. */
  lie?: string
  observe: (event: ObservedEvent) => void
}

export interface Practice extends AsyncDisposable {
  issuer: string
  /** The URL of the protected resource. */
  resource: string
  client: { id: string; secret: string }
  users: readonly { name: string; password: string }[]
}

/** Cookies ignore ports: those of every other program on this machine come along. */
const MAX_HEADER_BYTES = 64 * 1024

/**
 * Starts the practice provider on 127.0.0.1, with fresh keys and a fresh client secret.
 * @throws UsageError when the lie is unknown
 * @throws MachineError when the port is not to be had
 */
export async function startPractice({ port = 0, redirectUri, lie, observe }: PracticeOptions): Promise<Practice> {
  const told = lie === undefined ? undefined : findLie(lie)
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES })
  const [issuer, key] = await Promise.all([bind(server, port), signingKey(), loadLibrary()])
  const client = { id: 'walkthrough', secret: randomBytes(32).toString('base64url'), redirectUri }
  const handle = await handler({ issuer, client, signingKey: key, observe, ...(told && { lie: told }) })
  server.on('request', (request, response) => void handle(request, response))
  return {
    issuer,
    resource: issuer + RESOURCE_PATH,
    client: { id: client.id, secret: client.secret },
    users: accounts.map(({ name, password }) => ({ name, password })),
    [Symbol.asyncDispose]: () => close(server),
  }
}

interface HandlerOptions {
  issuer: string
  client: PracticeClient
  signingKey: KeyObject
  observe: (event: ObservedEvent) => void
  lie?: Lie
}

/** The provider with everything of ours around it, outermost first. */
async function handler({ issuer, client, signingKey, observe, lie }: HandlerOptions) {
  const { Provider, errors } = await loadLibrary()
  const jwk = { ...signingKey.export({ format: 'jwk' }), kid: 'practice-key', use: 'sig', alg: 'RS256' }
  const provider = new Provider(issuer, configuration(client, jwk, randomBytes(32).toString('base64url')))
  // What fails is observed; the framework would print it too, and every broken connection.
  provider.silent = true
  provider.use(ownHost(new URL(issuer).host))
  provider.use(ownLook(client))
  provider.use(observing(provider, observe))
  if (lie) provider.use(lying({ lie, issuer, client, signingKey }))
  provider.use(protectedResource(provider))
  const isOver = (error: unknown) => error instanceof errors.SessionNotFound
  provider.use(interactions({ provider, client, observe, isOver }))
  return provider.callback()
}

/** A page of another name that resolves to this machine must not get through (DNS rebinding). RFC 9110 7.4. */
function ownHost(host: string) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    if (ctx.get('host') === host) return next()
    ctx.body = null
    ctx.status = 421
  }
}

async function bind(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unavailable(port, error)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`
}

function unavailable(port: number, cause: Error): MachineError {
  const explanation = {
    happened: `the practice provider can’t listen on 127.0.0.1:${port}`,
    means: 'Another program holds this port, or it is one that needs more rights.',
    tries: ['Choose another port, or none: then a free one is taken.'],
    read: ['authwalk practice --help'],
  }
  return new MachineError(explanation, { cause })
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

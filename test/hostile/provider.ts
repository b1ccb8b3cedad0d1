import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TlsOptions } from 'node:tls'
import { type Canaries, createCanaries } from './canaries.ts'
import { honest } from './honest.ts'
import type { Facts, Knob, Raw, Reply } from './knob.ts'

export const CLIENT_ID = 'hostile-client'

/** What an endpoint is called in the tables. */
export type Endpoint = 'metadata' | 'jwks' | 'token' | 'userinfo' | 'resource' | 'authorize' | 'login' | 'elsewhere' | 'stranger'

export interface Received {
  at: Endpoint
  /** Request line, header and body. */
  text: string
  /** Milliseconds until nobody was there any more. */
  open?: number
}

export interface ProviderOptions {
  knob?: Knob
  /** What the access token looks like around its unique part. */
  accessToken?: (core: string) => string
  /** Behind the origin. */
  issuerPath?: string
  /** Endpoints behind TLS: how it is spoken there, or what happens to a connection instead. */
  tls?: Partial<Record<'metadata' | 'jwks' | 'token' | 'userinfo', TlsOptions | ((socket: Socket) => void)>>
}

export interface Provider extends AsyncDisposable {
  facts: Facts
  /** Everything that reached any of its servers, in order. */
  received: Received[]
  /** What was made on the way. */
  issued: { idToken: string }
}

/** An honest authorization server and resource on real sockets, with one thing that it does wrong. */
export async function startProvider({ knob = {}, issuerPath = '', tls = {}, accessToken }: ProviderOptions = {}): Promise<Provider> {
  const received: Received[] = []
  const canaries: Canaries = createCanaries(accessToken)
  const facts = {
    issuer: '', origin: '', stranger: '', clientId: CLIENT_ID, now: 0, canaries, time: 0,
    asked: new URLSearchParams(), redeemed: new URLSearchParams(),
  } satisfies Facts
  const origins: Record<string, string> = {}
  const site = honest(facts, origins)
  const sockets = new Set<Socket>()
  const servers: Server[] = []

  async function serve(server: Server, scheme: 'http' | 'https'): Promise<string> {
    servers.push(server)
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    })
    server.on('tlsClientError', () => {})
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  const listener = (stranger: boolean): RequestListener => (incoming, outgoing) => {
    const at = stranger ? 'stranger' : site.endpointOf(incoming)
    const entry: Received = { at, text: headOf(incoming) }
    received.push(entry)
    const came = performance.now()
    incoming.socket.on('close', () => (entry.open = performance.now() - came))
    void respond(incoming, outgoing, entry, site, stranger ? {} : knob, facts)
  }

  facts.origin = await serve(createServer(listener(false)), 'http')
  facts.stranger = await serve(createServer(listener(true)), 'http')
  facts.issuer = facts.origin + issuerPath
  for (const [endpoint, how] of Object.entries(tls)) {
    const server = typeof how === 'function' ? createTcpServer(how) : createTlsServer(how, listener(false))
    origins[endpoint] = await serve(server, 'https')
  }
  if (origins['metadata'] !== undefined) facts.issuer = origins['metadata'] + issuerPath

  return {
    facts,
    received,
    issued: site.issued,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  return `${method} ${url}\n${rawHeaders.join('\n')}\n\n`
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  entry: Received,
  site: ReturnType<typeof honest>,
  knob: Knob,
  facts: Facts,
): Promise<void> {
  const body = await text(incoming).catch(() => '')
  entry.text += body
  facts.now = Math.floor(Date.now() / 1000)
  send(outgoing, site.answer(incoming, body, knob))
}

function send(outgoing: ServerResponse, message: Reply | Raw): void {
  if ('raw' in message) return outgoing.socket === null ? undefined : message.raw(outgoing.socket)
  const { status, headers, body } = message
  const given = Object.entries(headers).filter(([, value]) => value !== '')
  outgoing.writeHead(status, Object.fromEntries(given))
  outgoing.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
}


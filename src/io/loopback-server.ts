import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Tls } from './certificate.ts'

export interface Handlers {
  onRequest: (request: IncomingMessage, response: ServerResponse) => void
  /** Something that never became a request. */
  onStranger: (method: string, reason: string) => void
}

/** Other applications on this host name share their cookies with us (RFC 6265 8.5), and a code may be long. */
const MAX_HEADER = 64 * 1024
/** With the interval of the check added: whoever does not finish a request is gone within 10 s. */
const TIMEOUT = 9_000
const CHECK_INTERVAL = 1_000
/** More than a backlog holds, so that a flood does not push out a connection that has only just come. */
const MAX_SOCKETS = 1024

const LIMITS = {
  maxHeaderSize: MAX_HEADER,
  headersTimeout: TIMEOUT,
  requestTimeout: TIMEOUT,
  connectionsCheckingInterval: CHECK_INTERVAL,
  requireHostHeader: false,
}

/** A server for one request a connection that survives whatever a page or a program on this machine sends it. */
export function createLoopbackServer({ onRequest, onStranger }: Handlers, tls?: Tls): Server | TlsServer {
  const server = tls ? createTlsServer({ ...LIMITS, ...tls, handshakeTimeout: TIMEOUT }) : createServer(LIMITS)
  server.on('tlsClientError', (error: ClientError, socket: Socket) => {
    if (error.code === 'ERR_SSL_HTTP_REQUEST') onStranger('', 'plain HTTP on a TLS port: the browser used http')
    socket.destroy()
  })
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.on(event, onRequest)
  server.on('connect', (_request, socket: Duplex) => {
    onStranger('CONNECT', 'only GET is answered here')
    refuse(socket, '405 Method Not Allowed')
  })
  server.on('clientError', (error: ClientError, socket: Socket) => {
    const { status, reason } = trouble(error)
    if (socket.bytesRead > 0 && reason) onStranger('', reason)
    refuse(socket, status)
  })
  return makeRoom(server)
}

/** `close` alone would wait for sockets on which a browser never sends anything. */
export async function close(server: Server | TlsServer): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

interface ClientError extends Error {
  code?: string
  rawPacket?: Uint8Array
}

const TLS_HANDSHAKE = 0x16

function trouble({ code, rawPacket }: ClientError): { status: string; reason?: string } {
  if (code === 'ECONNRESET' || code === 'EPIPE') return { status: '400 Bad Request' }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: '408 Request Timeout', reason: 'it never became a whole request' }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const reason = 'its address and headers are longer than 64 KiB (cookies of other local applications?)'
    return { status: '431 Request Header Fields Too Large', reason }
  }
  const tls = rawPacket?.[0] === TLS_HANDSHAKE
  const reason = tls ? 'TLS on a plain port: the browser used https' : 'it is no HTTP request'
  return { status: '400 Bad Request', reason }
}

function refuse(socket: Duplex, status: string): void {
  if (!socket.writable) socket.destroy()
  else socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}

/** Drops the oldest connection rather than refuse a new one: idle strangers can't lock the browser out. */
function makeRoom<Any extends Server | TlsServer>(server: Any): Any {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const [oldest] = sockets
    if (sockets.size > MAX_SOCKETS) oldest?.destroy()
  })
  return server
}

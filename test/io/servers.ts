import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

export interface RawServer extends AsyncDisposable {
  port: number
  /** What came, connection by connection. */
  received: string[]
}

/** Answers the first bytes of a connection with bytes of the test's choice. */
type Answer = (socket: Socket) => unknown

/** A server of raw bytes: what HTTP libraries refuse to say, it says. */
export async function rawServer(answer: Answer): Promise<RawServer> {
  return serve(createTcpServer(), 'connection', answer)
}

export async function rawTlsServer(options: TlsOptions, answer: Answer): Promise<RawServer> {
  return serve(createTlsServer(options), 'secureConnection', answer)
}

/** A proxy that lets everything through to one port of this machine. */
export function tunnelTo(port: number): Promise<RawServer> {
  return rawServer((socket) => {
    const server = connect(port, '127.0.0.1')
    server.on('error', () => {})
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    socket.pipe(server).pipe(socket)
  })
}

/** A file of test/fixtures/tls. */
export function pem(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8')
}

export function reply(body: string, head = ''): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${head}\r\n${body}`
}

async function serve(server: Server, event: string, answer: Answer): Promise<RawServer> {
  const received: string[] = []
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  server.on(event, (socket: Socket) => {
    const index = received.push('') - 1
    socket.on('error', () => {})
    socket.on('data', (chunk) => (received[index] += chunk.toString('latin1')))
    socket.once('data', () => answer(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

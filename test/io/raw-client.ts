import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Sends bytes as they are and returns all that comes back until the other side closes. */
export async function speak(port: number, bytes: string | Uint8Array, host = '127.0.0.1'): Promise<string> {
  const socket = connect(port, host)
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.write(bytes)
  await closed(socket)
  return text
}

/** A GET of one request and nothing else, with the Host that the listener expects. */
export function getText(port: number, target: string, headers = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n`
}

export async function connected(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect(port, host)
  await once(socket, 'connect')
  socket.on('error', () => {})
  return socket
}

export async function closed(socket: Socket): Promise<void> {
  socket.resume()
  // `once` would reject where the other side resets the connection.
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}

export function statusOf(answer: string): number {
  return Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1])
}

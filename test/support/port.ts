import { type AddressInfo, createServer } from 'node:net'
import { once } from 'node:events'

/** A loopback port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = createServer().listen(port, host)
  const free = await once(server, 'listening').then(() => true, () => false)
  server.close()
  return free
}

/** A redirection endpoint of its own for each test, since files run side by side. */
export async function freeRedirectUri(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}/callback`
}

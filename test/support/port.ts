import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that systems hand out by themselves, so that nobody gets one of these by chance. */
const [FIRST, LAST] = [10_000, 32_000]
const given = new Set<number>()

/** A loopback port that nobody listens on, and that this process has not handed out before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
}

export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = createServer().listen(port, host)
  const free = await once(server, 'listening').then(() => true, () => false)
  await new Promise((resolve) => server.close(resolve))
  return free
}

/** A redirection endpoint of its own for each test, since files run side by side. */
export async function freeRedirectUri(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}/callback`
}

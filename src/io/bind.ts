import { once } from 'node:events'
import type { Server } from 'node:net'
import { MachineError } from '../errors.ts'
import { codeOf } from './error-code.ts'
import { findHolder } from './port-holder.ts'
import type { RedirectionEndpoint } from './redirect-uri.ts'
import { isReachedAt } from './self-probe.ts'

/**
 * Binds a server to each address of the redirection endpoint. A family that this machine does not have is left out; a
 * port that somebody else holds in one family is not, since a browser may try that family first.
 * @throws MachineError
 */
export async function bind<Bound extends Server>(endpoint: RedirectionEndpoint, create: () => Bound): Promise<Bound[]> {
  const servers: Bound[] = []
  let absent: unknown
  for (const host of endpoint.addresses) {
    const server = create()
    try {
      server.listen({ port: endpoint.port, host })
      await once(server, 'listening')
      servers.push(server)
      if (!(await isReachedAt(server, { port: endpoint.port, host }))) throw Object.assign(new Error('shared'), { code: SHARED })
    } catch (error) {
      absent = error
      if (ABSENT.has(codeOf(error))) continue
      for (const bound of servers) bound.close()
      throw await explain(error, endpoint)
    }
  }
  if (servers.length === 0) throw await explain(absent, endpoint)
  return servers
}

/** Said of a port on which somebody else answers although it could be bound. */
const SHARED = 'EADDRINUSE'
const ABSENT = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

async function explain(error: unknown, { port, addresses }: RedirectionEndpoint): Promise<MachineError> {
  const code = codeOf(error)
  const { happened, means, tries } = await words(code, port, addresses)
  return new MachineError({ happened, means, tries, read: ['RFC 8252 7.3'], check: 'listener-port' }, { cause: error })
}

async function words(code: string, port: number, addresses: readonly string[]) {
  if (code === 'EADDRINUSE') {
    const holder = await findHolder(port)
    return {
      happened: `Port ${port} of the redirect URI is taken${holder ? ` by ${holder}` : ''}`,
      means: 'Another program listens there and would receive the code. The browser was not opened.',
      tries: [
        holder ? 'Stop that program, then walk again.' : `Find out who holds it: ${SEARCH(port)}`,
        'Or take another port with --redirect-uri, and register that redirect URI too.',
      ],
    }
  }
  if (code === 'EACCES') {
    return {
      happened: `This user may not listen on port ${port}`,
      means: 'Ports below 1024 are kept for the administrator on many systems, and some ranges are reserved by the system.',
      tries: ['Take a port such as 8765 with --redirect-uri, and register that redirect URI.'],
    }
  }
  if (ABSENT.has(code)) {
    return {
      happened: `This machine has no address ${addresses.join(' or ')}`,
      means: 'The network of this machine lacks that family of addresses, so nothing can listen there.',
      tries: ['Take http://127.0.0.1 or http://localhost with --redirect-uri, and register that redirect URI.'],
    }
  }
  return {
    happened: `Listening on port ${port} failed (${code || 'no reason given'})`,
    means: 'The system refused it, so the authorization response could not be received.',
    tries: ['Take another port with --redirect-uri, and register that redirect URI too.'],
  }
}

const SEARCH = (port: number) =>
  process.platform === 'win32' ? `netstat -ano | findstr :${port}` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`

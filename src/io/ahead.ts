import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { proxyFor } from './proxy.ts'

/** Milliseconds that a connection waits for its request. Later, somebody on the way may have forgotten it. */
const PATIENCE = 30_000

/** A connection for a request that is known to come, so that the code does not wait for handshakes. */
export interface Ahead extends Disposable {
  /** Opens one, once for an origin, unless a proxy is required. That it fails is no error: the request opens its own. */
  approach(url: string): void
  /** The one that is open to this origin and has not been used, if there is any. It is given away. */
  take(origin: string): Socket | undefined
}

/** @param trust what TLS needs to know besides the host */
export function createAhead(trust: buildConnector.BuildOptions, signal: AbortSignal): Ahead {
  const open = new Map<string, Socket>()
  const asked = new Set<string>()
  let closed = false

  function keep(origin: string, socket: Socket): void {
    const drop = () => void socket.destroy()
    const timer = setTimeout(drop, PATIENCE).unref()
    // Whatever a server says before it was asked, such as that it has waited too long, is the answer to nothing.
    socket.once('readable', drop).on('error', drop)
    signal.addEventListener('abort', drop)
    socket.once('close', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', drop)
      if (open.get(origin) === socket) open.delete(origin)
    })
    open.set(origin, socket.unref())
  }

  return {
    approach(address) {
      const url = new URL(address)
      if (signal.aborted || asked.has(url.origin) || proxyFor(url)) return
      asked.add(url.origin)
      const { hostname, host, protocol, port } = url
      buildConnector(trust)({ hostname, host, protocol, port }, (_error, socket) => {
        if (closed) socket?.destroy()
        else if (socket) keep(url.origin, socket)
      })
    },
    take(origin) {
      const socket = open.get(origin)
      open.delete(origin)
      if (!socket || socket.destroyed) return undefined
      return socket.removeAllListeners('readable').ref()
    },
    [Symbol.dispose]() {
      closed = true
      for (const socket of open.values()) socket.destroy()
    },
  }
}

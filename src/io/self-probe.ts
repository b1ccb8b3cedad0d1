import { connect, type Server, type Socket } from 'node:net'

/** Milliseconds. On this machine a connection takes less than one. */
const PATIENCE = 1_000

/**
 * Whether a connection to that address arrives at this server. Some systems let a second program bind a port beside the
 * first, and then the browser may find the other one.
 */
export function isReachedAt(server: Server, address: { port: number; host: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const arrived = new Set<number | undefined>()
    const socket = connect(address)
    const timer = setTimeout(() => settle(false), PATIENCE)
    const look = () => {
      if (socket.localPort !== undefined && arrived.has(socket.localPort)) settle(true)
    }
    const onConnection = ({ remotePort }: Socket) => {
      arrived.add(remotePort)
      look()
    }
    function settle(reached: boolean) {
      clearTimeout(timer)
      server.off('connection', onConnection)
      socket.destroy()
      resolve(reached)
    }
    server.on('connection', onConnection)
    socket.on('connect', look)
    socket.on('error', () => settle(false))
  })
}

import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { release } from 'node:os'
import { canOpenBrowser } from './machine.ts'
import { inspectTls, type TlsFacts } from './tls-probe.ts'

export interface MachineFacts {
  node: string
  system: string
  browser: boolean
  /** Where the person is not in front of this machine: `SSH`, `WSL`, `a container`. */
  away: string[]
  /** The names of the proxy settings in the environment. */
  proxies: string[]
}

/** What can be learned about this machine and the way to a server, without saying anything to the server. */
export interface Senses {
  machine: MachineFacts
  /** The addresses of a host, IPv4 and IPv6. */
  resolve(host: string): Promise<string[]>
  /** Milliseconds until a TCP connection stood. */
  connect(host: string, port: number): Promise<number>
  handshake(host: string, port: number): Promise<TlsFacts>
}

export interface SensesOptions {
  signal: AbortSignal
  /** Seconds for each of them. */
  timeout: number
  ca?: string
  env: NodeJS.ProcessEnv
}

export function createSenses({ signal, timeout, ca, env }: SensesOptions): Senses {
  const bounded = () => AbortSignal.any([signal, AbortSignal.timeout(timeout * 1000)])
  return {
    machine: machineFacts(env),
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    connect: (host, port) => reach(host, port, bounded()),
    handshake: (host, port) => inspectTls(host, port, { signal: bounded(), ...(ca === undefined ? {} : { ca }) }),
  }
}

function machineFacts(env: NodeJS.ProcessEnv): MachineFacts {
  const container = existsSync('/.dockerenv') || existsSync('/run/.containerenv')
  const wsl = Boolean(env['WSL_DISTRO_NAME']) || /microsoft/i.test(release())
  return {
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    browser: canOpenBrowser(env),
    away: [...(env['SSH_CONNECTION'] ? ['SSH'] : []), ...(wsl ? ['WSL'] : []), ...(container ? ['a container'] : [])],
    proxies: ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].filter((name) => env[name] ?? env[name.toLowerCase()]),
  }
}

function reach(host: string, port: number, signal: AbortSignal): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal, autoSelectFamilyAttemptTimeout: 1000 })
    socket.on('error', reject)
    socket.once('connect', () => {
      resolve(Math.round(performance.now() - began))
      socket.destroy()
    })
  })
}

import { lookup } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { release } from 'node:os'
import { hostAndPort } from '../oauth/url.ts'
import { canOpenBrowser } from './machine.ts'
import { proxyFor, proxyName } from './proxy.ts'
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
  /**
   * Host and port of the proxy through which a server is asked, if there is one.
   * @throws UsageError
   */
  proxyTo(url: URL): string | undefined
  /** The addresses of a host, IPv4 and IPv6. */
  resolve(host: string): Promise<string[]>
  /** Milliseconds until a TCP connection stood, to the server or to the proxy before it. */
  connect(url: URL): Promise<number>
  handshake(url: URL): Promise<TlsFacts>
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
  const proxyOf = (url: URL) => proxyFor(url, env)
  return {
    machine: machineFacts(env),
    proxyTo: (url) => {
      const proxy = proxyOf(url)
      return proxy && proxyName(proxy)
    },
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    connect: (url) => reach(proxyOf(url) ?? url, bounded()),
    handshake: (url) => {
      const proxy = proxyOf(url)
      return inspectTls(url, { signal: bounded(), ...(ca === undefined ? {} : { ca }), ...(proxy ? { proxy } : {}) })
    },
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

function reach(url: URL, signal: AbortSignal): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const socket = connect({ ...hostAndPort(url), signal, autoSelectFamilyAttemptTimeout: 1000 })
    socket.on('error', reject)
    socket.once('connect', () => {
      resolve(Math.round(performance.now() - began))
      socket.destroy()
    })
  })
}

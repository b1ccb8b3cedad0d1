import { type ClientRequest, type IncomingMessage, request as requestOverHttp } from 'node:http'
import { request as requestOverHttps } from 'node:https'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import { UsageError } from '../errors.ts'
import { hostAndPort, isLoopback, parseUrl } from '../oauth/url.ts'

/** The proxy did not open the way. Nothing has reached the server. */
export class ProxyRefused extends Error {
  readonly status: number

  constructor(status: number) {
    super(`CONNECT was answered with ${status}`)
    this.status = status
  }
}

/**
 * The proxy of `HTTPS_PROXY` for a URL, unless `NO_PROXY` names its host. This machine is never asked through another
 * one, whatever the environment says.
 * @throws UsageError where the variable holds no URL of a proxy
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv = process.env): URL | undefined {
  const proxy = env['https_proxy'] ?? env['HTTPS_PROXY'] ?? ''
  if (proxy === '' || url.protocol !== 'https:' || isLoopback(url) || isExempt(url, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return undefined
  const parsed = parseUrl(proxy.includes('://') ? proxy : `http://${proxy}`)
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed
  throw new UsageError({
    happened: 'HTTPS_PROXY in the environment holds no URL of a proxy',
    means: 'Requests would go through it, and where it is can’t be read. Nothing was sent.',
    tries: ['HTTPS_PROXY=http://proxy.example.com:3128', 'NO_PROXY=<host>, for a host that is asked directly'],
    read: ['RFC 9110 9.3.6'],
  })
}

/** Host and port of a proxy, and not the user and the password that may stand before them. */
export function proxyName(proxy: URL): string {
  const { host, port } = hostAndPort(proxy)
  return `${host}:${port}`
}

/** Opens TLS to the server through a tunnel (RFC 9110 9.3.6): the proxy carries bytes that it can't read. */
export function tunnelThrough(proxy: URL, options: buildConnector.BuildOptions & { signal: AbortSignal }, opened: () => void): buildConnector.connector {
  const secure = buildConnector(options)
  return (target, callback) => {
    openTunnel(proxy, `${target.hostname}:${target.port || '443'}`, options.signal, (way) => {
      if (way instanceof Error) return callback(way, null)
      opened()
      secure({ ...target, httpSocket: way }, callback)
    })
  }
}

/** A way to `host:port` that the proxy can't look into once TLS is spoken on it, or why there is none. */
export function openTunnel(proxy: URL, target: string, signal: AbortSignal, done: (way: Socket | Error) => void): void {
  const request = connectRequest(proxy, target, signal)
  request.once('error', done)
  request.once('connect', ({ statusCode = 0 }: IncomingMessage, socket: Socket) => {
    if (statusCode >= 200 && statusCode <= 299) return done(socket)
    socket.destroy()
    done(new ProxyRefused(statusCode))
  })
  request.end()
}

function connectRequest(proxy: URL, target: string, signal: AbortSignal): ClientRequest {
  const { host, port } = hostAndPort(proxy)
  const { username, password } = proxy
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const authorization = username === '' ? {} : { 'proxy-authorization': `Basic ${credentials}` }
  const send = proxy.protocol === 'https:' ? requestOverHttps : requestOverHttp
  return send({ method: 'CONNECT', host, port, path: target, headers: { host: target, ...authorization }, agent: false, signal })
}

/** Hosts and domains with commas or spaces between them, or `*`. `example.com` stands for its sub-domains too. */
function isExempt(url: URL, list: string): boolean {
  const { host, port } = hostAndPort(url)
  const spellings = [host, url.hostname, `${host}:${port}`, `${url.hostname}:${port}`]
  return list.toLowerCase().split(/[\s,]+/).filter(Boolean).some((entry) => {
    const name = entry.replace(/^\*?\./, '')
    return entry === '*' || spellings.some((spelling) => spelling === name || spelling.endsWith(`.${name}`))
  })
}

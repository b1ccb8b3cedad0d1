import { errors } from 'undici'
import { Malformed, NetworkError, type WalkError } from '../errors.ts'
import type { Request } from '../outside.ts'
import { codeOf } from './error-code.ts'
import { proxyName } from './proxy.ts'
import { deadline, otherTlsTrouble, otherTrouble, type Trouble, troubles } from './troubles.ts'

/** How far a request had come when it failed. */
export interface Progress {
  /** The answer's header was here. */
  answered: boolean
  /** Seconds, where it was the deadline. */
  late?: number
  /** What it went through, where that has opened the way. */
  proxy?: URL
}

/** Turns what undici and Node throw into an ending of the walk. They are told apart by type and code alone. */
export function explainFailure(error: unknown, request: Request, { answered, late, proxy }: Progress): WalkError {
  if (late !== undefined) return networkError(error, request, deadline, `within ${late} s`, proxy, 'http-deadline')
  const syntax = unreadable(error, answered)
  if (syntax) return malformed(syntax.check, syntax.problem, request, syntax.read, error)
  const code = codeOf(error)
  const other = /^(ERR_SSL|ERR_TLS|CERT)_/.test(code) ? otherTlsTrouble : otherTrouble
  const trouble = troubles.find(({ codes }) => codes.includes(code)) ?? other
  return networkError(error, request, trouble, [code, ...addressesOf(error)].filter(Boolean).join(', '), proxy)
}

/** An answer that is no HTTP message that may be used. */
export function malformed(check: string, problem: string, { url }: Request, read: string[], cause?: unknown) {
  return new Malformed({
    happened: `${check}: ${placeOf(url)} ${problem}`,
    means: 'The answer can’t be relied on, so nothing of it was used.',
    tries: [
      'Look whether a proxy or a login page of the network answers in place of the server.',
      'Look whether host, port and http or https are right.',
    ],
    read,
    check,
  }, { cause })
}

function unreadable(error: unknown, answered: boolean): { check: string; problem: string; read: string[] } | undefined {
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return { check: 'http-cap', problem: 'sends more than 1 MiB', read: ['RFC 9110 15.6'] }
  }
  if (error instanceof errors.HeadersOverflowError) {
    return { check: 'http-headers', problem: 'sends more header than this client takes', read: ['RFC 9110 5.4'] }
  }
  if (error instanceof errors.ResponseContentLengthMismatchError) {
    return { check: 'http-length', problem: 'says one length and sends another', read: ['RFC 9112 6.3'] }
  }
  const begun = error instanceof errors.SocketError && !answered && (error.socket?.bytesRead ?? 0) > 0
  if (begun || error instanceof errors.HTTPParserError) {
    return { check: 'http-syntax', problem: 'sends something that is no HTTP response', read: ['RFC 9112 4'] }
  }
  return undefined
}

function networkError(cause: unknown, request: Request, trouble: Trouble, detail: string, proxy?: URL, check?: string) {
  const spent = trouble.mayHaveArrived && request.parameters.some(({ name }) => name === 'code')
  const names = certificateNames(cause)
  const means = [
    trouble.means,
    names && `Its names: ${names}`,
    spent && 'The code may be used up, so the request is not sent a second time.',
  ]
  const tries = [
    spent && 'Walk again from the start: a code lives for about a minute and can be used once.',
    ...trouble.tries,
    proxy && trouble.interception && `A proxy that reads along shows a certificate of its own, and this request went through ${proxyName(proxy)}: ask its operator for the authority, and name it with --ca.`,
    !proxy && trouble.proxy && hasProxySettings() && 'The proxy settings of the environment were not used: loopback and what NO_PROXY names is asked directly.',
  ]
  return new NetworkError({
    happened: `${placeOf(request.url)} ${trouble.happened} (${detail})`,
    means: means.filter(Boolean).join(' '),
    tries: tries.filter((line) => typeof line === 'string'),
    read: [...trouble.read],
    ...(check === undefined ? {} : { check }),
  }, { cause })
}

/** `host:port`, also where the URL leaves the port out. */
export function placeOf(url: string): string {
  const { host, port, protocol } = new URL(url)
  return port ? host : `${host}:${protocol === 'https:' ? 443 : 80}`
}

/** Where both families were tried, Node wraps the errors in one that has a code and no message. */
function addressesOf(error: unknown): string[] {
  const each = error instanceof AggregateError ? error.errors : [error]
  const addresses = each.map((one: unknown) => (one instanceof Error && 'address' in one ? one.address : undefined))
  return addresses.filter((address) => typeof address === 'string').map((address) => `tried ${address}`)
}

/** The names in the certificate of a server that turned out to be another one. Remote text. */
function certificateNames(error: unknown): string | undefined {
  const cert = error instanceof Error && 'cert' in error ? error.cert : undefined
  const names = typeof cert === 'object' && cert && 'subjectaltname' in cert ? cert.subjectaltname : undefined
  return typeof names === 'string' ? names.slice(0, 200) : undefined
}

function hasProxySettings(): boolean {
  return Boolean(process.env['https_proxy'] ?? process.env['HTTPS_PROXY'])
}

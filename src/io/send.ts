import type { Socket } from 'node:net'
import { type buildConnector, Client } from 'undici'
import { CheckFailed, WalkError } from '../errors.ts'
import type { Parameter } from '../events.ts'
import { contentTypeOf, encodeBody } from '../oauth/body.ts'
import type { Outside, Request } from '../outside.ts'
import { createAhead } from './ahead.ts'
import { explainFailure, malformed } from './failure.ts'
import { proxyFor, tunnelThrough } from './proxy.ts'
import { explainProxy } from './proxy-failure.ts'
import { trusting } from './trust.ts'

export interface SendOptions {
  signal: AbortSignal
  /** Seconds for a whole request: name lookup, handshake, answer and body. */
  timeout: number
  /** PEM text of certificates that are trusted besides the usual ones. */
  ca?: string
}

const MAX_BODY = 1024 * 1024
/** Milliseconds after which the next address of a host is tried: a satellite needs more than Node's 250. */
const NEXT_ADDRESS = 1000
/** What a timer can hold. */
const LONGEST = 2 ** 31 - 1

/**
 * Every request has a connection of its own, and some have it ahead of time. A reset on one that was used before would
 * leave open whether a code was seen.
 * @throws UsageError where `ca` is not PEM
 */
export function createRequests({ signal, timeout, ca }: SendOptions): Pick<Outside, 'send' | 'approach'> & Disposable {
  const trust = trusting(ca)
  const ahead = createAhead({ ...trust, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS }, signal)
  const send: Outside['send'] = async (request) => {
    signal.throwIfAborted()
    const url = new URL(request.url)
    const { origin, protocol, pathname, search } = url
    if (protocol === 'https:') requireTlsChecks()
    const proxy = proxyFor(url)
    const deadline = startDeadline(signal, timeout)
    const direct = { ...trust, signal: deadline.signal, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS }
    let blocked = proxy
    const socket = ahead.take(origin)
    const connect = proxy ? tunnelThrough(proxy, direct, () => (blocked = undefined)) : socket ? handOver(socket) : direct
    const client = new Client(origin, { maxResponseSize: MAX_BODY, headersTimeout: 0, bodyTimeout: 0, connect })
    const started = performance.now()
    let answered = false
    try {
      const path = pathname + search
      const response = await client.request({ ...wire(request), path, reset: true, signal: deadline.signal })
      answered = true
      const headers = listHeaders(response.headers)
      requirePlain(request, response.statusCode, headers)
      const body = await response.body.bytes()
      const milliseconds = Math.round(performance.now() - started)
      return { status: response.statusCode, reason: response.statusText, headers, body, milliseconds }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof WalkError) throw error
      const late = deadline.signal.aborted ? { late: timeout } : {}
      throw blocked ? explainProxy(error, request, { proxy: blocked, ...late }) : explainFailure(error, request, { answered, ...late, ...(proxy ? { proxy } : {}) })
    } finally {
      deadline.stop()
      await client.destroy()
    }
  }
  return {
    send,
    approach(url) {
      if (checksTls()) ahead.approach(url)
    },
    [Symbol.dispose]: ahead[Symbol.dispose],
  }
}

/** A connection that is open already. undici counts on being called back later. */
function handOver(socket: Socket): buildConnector.connector {
  return (_options, callback) => queueMicrotask(() => callback(null, socket))
}

/** Some APIs answer nobody who does not say who is asking. */
const ALWAYS = [{ name: 'accept-encoding', value: 'identity' }, { name: 'user-agent', value: 'authwalk' }]

function wire({ method, headers, parameters }: Request) {
  const label = method === 'POST' ? [{ name: 'content-type', value: contentTypeOf(headers) }] : []
  const others = headers.filter(({ name }) => name.toLowerCase() !== 'content-type')
  const headerList = [...ALWAYS, ...label, ...others].flatMap(({ name, value }) => [name, value])
  return method === 'GET' ? { method, headers: headerList } : { method, headers: headerList, body: encodeBody(headers, parameters) }
}

/** One deadline over everything: a body that drips resets any timer between two bytes. */
function startDeadline(signal: AbortSignal, seconds: number): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, Math.min(seconds * 1000, LONGEST))
  signal.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}

function listHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Parameter[] {
  return Object.entries(headers).flatMap(([name, values]) => [values ?? []].flat().map((value) => ({ name, value })))
}

/** @throws Malformed */
function requirePlain(request: Request, status: number, headers: readonly Parameter[]): void {
  if (status < 200 || status > 599) throw malformed('http-status', `answers with the status ${status}`, request, ['RFC 9110 15'])
  const encoded = headers.find(({ name, value }) => name === 'content-encoding' && value.toLowerCase() !== 'identity')
  if (!encoded) return
  const problem = `sends a body in the encoding ${encoded.value.slice(0, 100)}, which was not asked for`
  throw malformed('http-encoding', problem, request, ['RFC 9110 12.5.3'])
}

function checksTls(): boolean {
  return process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0'
}

/** @throws CheckFailed */
function requireTlsChecks(): void {
  if (checksTls()) return
  throw new CheckFailed({
    happened: 'tls-env: expected checked certificates, got NODE_TLS_REJECT_UNAUTHORIZED=0',
    means: 'With this environment variable any certificate would do, and a secret would go to whoever answers.',
    tries: ['Remove NODE_TLS_REJECT_UNAUTHORIZED from the environment.', 'Name the certificate of a private authority with --ca.'],
    read: ['RFC 9110 4.3.4', 'RFC 6749 3.2'],
    check: 'tls-env',
  })
}

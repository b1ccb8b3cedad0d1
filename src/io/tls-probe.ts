import { isIP, type Socket } from 'node:net'
import { connect, type PeerCertificate } from 'node:tls'
import { hostAndPort } from '../oauth/url.ts'
import { openTunnel } from './proxy.ts'
import { trusting } from './trust.ts'

/** What a server shows in a handshake. Nothing is sent to it after that. */
export interface TlsFacts {
  protocol: string
  /** Why the certificate would be refused, by Node's or OpenSSL's code. */
  refusal?: string
  subject: string
  /** Who signed it. */
  issuer: string
  /** Other host names that it is made for. */
  names: string
  /** Milliseconds since the epoch. */
  validFrom: number
  validTo: number
  /** Names from the server's certificate to the last that came. */
  chain: string[]
}

interface Options {
  signal: AbortSignal
  ca?: string
  /** Where the way goes through one. */
  proxy?: URL
}

/**
 * A handshake alone. It goes on with a bad certificate, so that the certificate can be shown: it is never relied on.
 * @throws ProxyRefused | UsageError
 */
export async function inspectTls(url: URL, { signal, ca, proxy }: Options): Promise<TlsFacts> {
  const { host, port } = hostAndPort(url)
  const tunnel = proxy ? { socket: await wayThrough(proxy, `${url.hostname}:${port}`, signal) } : {}
  return await new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...tunnel, servername: isIP(host) ? '' : host, rejectUnauthorized: false, ...trusting(ca) })
    const abort = () => socket.destroy(new Error('no handshake in time'))
    signal.addEventListener('abort', abort, { once: true })
    socket.on('error', reject)
    socket.once('close', () => signal.removeEventListener('abort', abort))
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate(true)
      const refusal = socket.authorized ? undefined : codeOf(socket.authorizationError)
      resolve({ protocol: socket.getProtocol() ?? '', ...(refusal === undefined ? {} : { refusal }), ...factsOf(certificate) })
      socket.destroy()
    })
  })
}

function wayThrough(proxy: URL, target: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    openTunnel(proxy, target, signal, (way) => (way instanceof Error ? reject(way) : resolve(way)))
  })
}

function factsOf(certificate: PeerCertificate) {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: certificate.subjectaltname ?? '',
    validFrom: Date.parse(certificate.valid_from),
    validTo: Date.parse(certificate.valid_to),
    chain: chainOf(certificate),
  }
}

function chainOf(certificate: PeerCertificate): string[] {
  const names: string[] = []
  let current: object | undefined = certificate
  while (isDetailed(current) && names.length < 10) {
    names.push(nameOf(current.subject))
    current = current.issuerCertificate === current ? undefined : current.issuerCertificate
  }
  return names
}

function isDetailed(certificate: object | undefined): certificate is PeerCertificate & { issuerCertificate: object | undefined } {
  return certificate !== undefined && 'issuerCertificate' in certificate && 'subject' in certificate
}

function nameOf(subject: Partial<Record<'CN' | 'O', string | string[]>> | undefined): string {
  return [subject?.CN, subject?.O].flat().filter((part) => part !== undefined).join(', ') || 'no name'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

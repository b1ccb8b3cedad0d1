import type { Listener, ResponseMode } from '../outside.ts'
import { bind } from './bind.ts'
import { makeCertificate, type Tls } from './certificate.ts'
import { close, createLoopbackServer } from './loopback-server.ts'
import type { Pasted } from './paste.ts'
import { createReception } from './reception.ts'
import { readRedirectUri } from './redirect-uri.ts'

export interface ListenOptions {
  redirectUri: string
  state: string
  mode?: ResponseMode
  /** Seconds, from the first `next`. */
  wait: number
  signal: AbortSignal
  /** Where to listen, if a tunnel brings the redirect URI's requests there. */
  listenAt?: string
  /** For a place that speaks https; made on the spot where absent. */
  tls?: Tls
  /** What a person pastes instead of letting the browser come here. */
  pasted?: Pasted
}

/**
 * Binds the redirection endpoint and judges whatever reaches it.
 * `next` throws CheckFailed too, where a response of ours can't be read.
 * @throws UsageError | MachineError
 */
export async function listen({ pasted, tls, ...options }: ListenOptions): Promise<Listener> {
  options.signal.throwIfAborted()
  const endpoint = readRedirectUri(options.redirectUri, options.listenAt)
  const reception = createReception(options, endpoint)
  const pair = endpoint.secure ? (tls ?? makeCertificate(Date.now())) : undefined
  const servers = await bind(endpoint, () => createLoopbackServer(reception, pair))
  const unsubscribe = pasted?.(reception.onPasted)
  const stop = async () => {
    unsubscribe?.()
    reception.conclude('stopped')
    await reception.farewell()
    await Promise.all(servers.map(close))
  }
  let stopped: Promise<void> | undefined
  return { next: reception.next, conclude: () => reception.conclude('passed'), [Symbol.asyncDispose]: () => (stopped ??= stop()) }
}

import { randomBytes } from 'node:crypto'
import type { Listener, Outside } from '../outside.ts'
import { listen, type ListenOptions } from './listener.ts'
import type { Pasted } from './paste.ts'
import { createRequests } from './send.ts'

export interface OutsideOptions {
  /** Ends every wait and every request. */
  signal: AbortSignal
  /** Seconds for one request. */
  timeout: number
  /** Seconds for the authorization response. */
  wait: number
  /** PEM text of certificates that are trusted besides the usual ones. */
  ca?: string
  /** Where to listen instead of at the redirect URI, and with which certificate: `ListenOptions`. */
  listening?: Pick<ListenOptions, 'listenAt' | 'tls'>
  browser: (url: string) => Promise<void>
  pasted?: Pasted
}

/**
 * The real world. Disposing of it closes whatever listener or connection is still open.
 * @throws UsageError where `ca` is not PEM
 */
export function createOutside(options: OutsideOptions): Outside & AsyncDisposable {
  const { signal, timeout, wait, ca, browser, pasted, listening } = options
  const listeners: Listener[] = []
  const requests = createRequests({ signal, timeout, ...(ca === undefined ? {} : { ca }) })
  return {
    send: requests.send,
    approach: requests.approach,
    openBrowser: browser,
    async listen(redirectUri, state, mode = 'query') {
      const listener = await listen({ redirectUri, state, mode, wait, signal, ...listening, ...(pasted ? { pasted } : {}) })
      listeners.push(listener)
      return listener
    },
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    now: Date.now,
    async [Symbol.asyncDispose]() {
      requests[Symbol.dispose]()
      await Promise.all(listeners.map((listener) => listener[Symbol.asyncDispose]()))
    },
  }
}

import type { Parameter } from './events.ts'

/** A back-channel request. `parameters` become a form in their order, or JSON where a header labels them so. */
export interface Request {
  method: 'GET' | 'POST'
  url: string
  headers: Parameter[]
  parameters: Parameter[]
}

export interface Response {
  status: number
  /** The reason phrase as it came, untrusted like everything in here. */
  reason: string
  headers: Parameter[]
  body: Uint8Array
  milliseconds: number
}

/**
 * How the response is to come: in the query where absent, or as a form that a page of the server posts (OAuth 2.0 Form
 * Post Response Mode 2).
 */
export type ResponseMode = 'query' | 'form_post'

/** Something reached the redirection endpoint: the authorization response, or a stranger who was turned away. */
export interface Arrival {
  method: string
  path: string
  /** The query (or form body) taken apart, in its order, duplicates kept. */
  parameters: Parameter[]
  accepted: boolean
  reason?: string
  /** Milliseconds since the listener was bound. */
  at: number
  by: 'listener' | 'paste'
}

/** What the page at the redirection endpoint says in the end. */
export type WalkVerdict = 'passed' | 'stopped'

/** Disposed without a conclusion, it tells the browser that the walk was stopped. */
export interface Listener extends AsyncDisposable {
  /**
   * Waits for the next arrival.
   * @throws BrowserTimeout when nobody came in time
   */
  next(): Promise<Arrival>
  /** Every check that could stop the walk has passed: the browser may be told. */
  conclude(): void
}

/**
 * Everything that the flow needs from the world. One implementation is real, a test passes another. All of it obeys
 * one AbortSignal, given where it is made: a generator's `return()` does not interrupt a pending await.
 */
export interface Outside {
  /**
   * Sends one request, once: no redirect followed, bounded in time and size.
   * @throws NetworkError | Malformed
   */
  send(request: Request): Promise<Response>
  /** Opens a connection ahead, for one request that will have to be quick. That it fails is no error. */
  approach(url: string): void
  /** Shows the URL to a browser. A browser that fails is no error: the person has the URL. */
  openBrowser(url: string): Promise<void>
  /**
   * Binds the redirection endpoint: loopback only, both families for `localhost`. Only an arrival with this `state`
   * is accepted, and only one.
   * @throws MachineError when the port is taken
   */
  listen(redirectUri: string, state: string, mode?: ResponseMode): Promise<Listener>
  /** `bytes` bytes from a cryptographically secure source, base64url. */
  random(bytes: number): string
  /** Milliseconds since the epoch. */
  now(): number
}

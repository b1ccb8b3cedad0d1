import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BrowserTimeout, CheckFailed } from '../errors.ts'
import type { Arrival, ResponseMode, WalkVerdict } from '../outside.ts'
import { sendOn, sendRefusal } from './answers.ts'
import { createArrivals } from './arrivals.ts'
import { type Expectations, judgeForm, judgeHit, parseQuery, splitTarget, type Verdict } from './gate.ts'
import type { Handlers } from './loopback-server.ts'
import { judgePasted } from './paste.ts'
import type { RedirectionEndpoint } from './redirect-uri.ts'
import { createVisit } from './visit.ts'

export interface Reception extends Handlers {
  onPasted: (text: string) => void
  next: () => Promise<Arrival>
  /** What the receipt says from here on. The first conclusion counts. */
  conclude: (verdict: WalkVerdict) => void
  /** Resolves once a browser that was sent on to the receipt has got it, or has had its time. */
  farewell: () => Promise<void>
}

interface ReceptionOptions {
  state: string
  mode?: ResponseMode
  wait: number
  signal: AbortSignal
}

/** Turns what reaches the redirection endpoint, by whichever way, into arrivals. One response is accepted, once. */
export function createReception({ state, mode, wait, signal }: ReceptionOptions, endpoint: RedirectionEndpoint): Reception {
  const receipt = `/received/${randomBytes(16).toString('base64url')}`
  const expected: Expectations = { path: endpoint.path, receipt, authority: endpoint.authority, alsoAuthority: endpoint.alsoAuthority, state, formPost: mode === 'form_post', used: false }
  const arrivals = createArrivals({ wait, signal, timedOut: (strangers) => nobodyCame(endpoint, wait, strangers) })
  const started = performance.now()
  const visit = createVisit(signal)
  let received: 'code' | 'error' = 'code'

  function report(came: Pick<Arrival, 'method' | 'path' | 'by'>, query: string, verdict: Verdict): void {
    const { parameters } = parseQuery(query)
    const arrival = { ...came, parameters, at: Math.round(performance.now() - started) }
    if (verdict.kind === 'refused') {
      arrivals.push({ ...arrival, accepted: false, reason: verdict.reason })
      if (verdict.unreadable) arrivals.fail(unreadable())
    }
    if (verdict.kind === 'response') {
      expected.used = true
      received = parameters.some(({ name }) => name === 'error') ? 'error' : 'code'
      arrivals.push({ ...arrival, accepted: true })
    }
  }

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: target = '', httpVersion, rawHeaders } = request
    const { path, query } = splitTarget(target)
    const verdict = judgeHit({ method, target, httpVersion, headers: rawHeaders }, expected)
    const answer = (judged: Verdict, parameters: string) => {
      report({ method, path, by: 'listener' }, parameters, judged)
      if (judged.kind === 'refused') return sendRefusal(response, judged.status, judged.reason)
      if (judged.kind === 'receipt') return visit.arrived(request, response, received)
      visit.sentOn()
      sendOn(response, receipt)
    }
    if (verdict.kind === 'form') readForm(request, (body) => answer(judgeForm(body, expected), body ?? ''))
    else answer(verdict, query)
  }

  return {
    onRequest,
    onStranger(method, reason) {
      report({ method, path: '', by: 'listener' }, '', { kind: 'refused', status: 400, reason })
    },
    onPasted(text) {
      if (!text.trim()) return
      const { verdict, path, query } = judgePasted(text, endpoint, expected)
      report({ method: 'GET', path, by: 'paste' }, query, verdict)
    },
    next: arrivals.next,
    conclude: visit.conclude,
    farewell: visit.over,
  }
}

const LONGEST_FORM = 64 * 1024

/** Hands over the body as it came, or undefined where it is longer than any authorization response. */
function readForm(request: IncomingMessage, done: (body: string | undefined) => void): void {
  const chunks: Uint8Array[] = []
  let length = 0
  request.on('data', (chunk: Uint8Array) => {
    length += chunk.length
    if (length <= LONGEST_FORM) chunks.push(chunk)
  })
  request.once('end', () => done(length > LONGEST_FORM ? undefined : Buffer.concat(chunks).toString('latin1')))
}

function nobodyCame({ redirectUri }: RedirectionEndpoint, wait: number, strangers: number): BrowserTimeout {
  const turnedAway = `${strangers} ${strangers === 1 ? 'request was' : 'requests were'} turned away: none was the response.`
  const others = strangers === 0 ? 'Nothing at all reached it.' : turnedAway
  return new BrowserTimeout({
    happened: `No authorization response reached ${redirectUri} within ${wait} s`,
    means: `The authorization server sends the browser there at the end, and only if exactly this redirect_uri is registered for the client. ${others}`,
    tries: [
      `Register ${redirectUri} for the client, letter by letter.`,
      'Look at the page in the browser: an error about the redirect URI is shown there and never reaches the client.',
      'Where the browser runs on another machine, paste the address that it ended on, or wait longer with --wait.',
    ],
    read: ['RFC 6749 3.1.2.4', 'RFC 6749 4.1.2.1'],
  })
}

function unreadable(): CheckFailed {
  return new CheckFailed({
    happened: 'authorization-response-encoding: expected percent-encoded UTF-8, got other bytes',
    means: 'The response carries the state of this walk, but a value in it can be read in more than one way. Guessing would change it.',
    tries: ['Report it to whoever runs the authorization server: RFC 6749 Appendix B asks for UTF-8.'],
    read: ['RFC 6749 Appendix B', 'RFC 3986 2.5'],
    check: 'authorization-response-encoding',
  })
}

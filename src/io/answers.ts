import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { StepNumber } from '../events.ts'
import type { WalkVerdict } from '../outside.ts'
import { escapeHtml } from '../render/html.ts'
import { page, pageHeaders, type PageOptions } from '../render/page.ts'
import { receiptPage } from '../render/receipt-page.ts'

/** Answers of the listener. All of them are fixed texts: nothing that was sent to it ever comes back. */

/** Sends the browser on to a path without the code: it leaves the address bar (RFC 9700 4.3.1). */
export function sendOn(response: ServerResponse, receipt: string): void {
  response.writeHead(303, { ...pageHeaders(nonce()), location: receipt, connection: 'close' }).end()
}

export interface Receipt {
  received: 'code' | 'error'
  verdict?: WalkVerdict
  /** Seconds after which the page asks for the verdict. */
  refresh?: number
}

/** The page behind the redirection endpoint, before the verdict and after it. */
export function sendReceipt(response: ServerResponse, { received, verdict, refresh }: Receipt): void {
  const headers = refresh === undefined ? {} : { refresh: `${refresh}; url=?verdict` }
  send(response, { status: 200, headers, ...receiptPage(received, verdict) })
}

/** @param reason of a gate's verdict */
export function sendRefusal(response: ServerResponse, status: number, reason: string): void {
  const { title, says } = status === 410 ? USED : STRANGER
  const body = `<p>The client turned this request away: ${escapeHtml(reason)}.</p>\n<p>${says}</p>`
  send(response, { status, title, body, headers: status === 405 ? { allow: 'GET' } : {} })
}

const USED = {
  title: 'This has been here before',
  says: 'A code is used once. This second visit changed nothing. Look at the terminal.',
}

const STRANGER = {
  title: 'This is not what the client waits for',
  says: 'It waits for one authorization response, the one to its own request, and goes on waiting. The terminal shows what came.',
}

interface Answer extends Pick<PageOptions, 'title' | 'body'> {
  status: number
  step?: StepNumber
  headers?: Record<string, string>
}

function send(response: ServerResponse, { status, title, body, step = 4, headers = {} }: Answer): void {
  const own = nonce()
  response
    .writeHead(status, { ...pageHeaders(own), ...headers, connection: 'close' })
    .end(page({ title, step, speaker: 'client', body, nonce: own }))
}

function nonce(): string {
  return randomBytes(16).toString('base64')
}

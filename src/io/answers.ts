import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { page, pageHeaders } from '../render/page.ts'

/** Answers of the listener. All of them are fixed texts: nothing that was sent to it ever comes back. */

/** Sends the browser on to a path without the code: it leaves the address bar (RFC 9700 4.3.1). */
export function sendOn(response: ServerResponse, receipt: string): void {
  response.writeHead(303, { ...pageHeaders(nonce()), location: receipt, connection: 'close' }).end()
}

export function sendReceipt(response: ServerResponse, received: 'code' | 'error'): void {
  send(response, 200, 'The authorization response is here', [
    RECEIVED[received],
    'Look at the terminal: the walk goes on there. This tab has done its work.',
  ])
}

/** @param reason of a gate's verdict */
export function sendRefusal(response: ServerResponse, status: number, reason: string): void {
  const { title, says } = status === 410 ? USED : STRANGER
  send(response, status, title, [`The client turned this request away: ${reason}.`, says])
}

const RECEIVED = {
  code: 'The authorization server gave your browser a code, and your browser brought it here. It has left the address bar already. The client now takes it to the authorization server over the back channel, where no browser is listening, and gets the tokens there.',
  error: 'The authorization server gave your browser an error for the client instead of a code, and your browser brought it here. The client explains it.',
} as const

const USED = {
  title: 'This has been here before',
  says: 'A code is used once. This second visit changed nothing. Look at the terminal.',
}

const STRANGER = {
  title: 'This is not what the client waits for',
  says: 'It waits for one authorization response, the one to its own request, and goes on waiting. The terminal shows what came.',
}

function send(response: ServerResponse, status: number, title: string, paragraphs: readonly string[]): void {
  const own = nonce()
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')
  const allow = status === 405 ? { allow: 'GET' } : {}
  response
    .writeHead(status, { ...pageHeaders(own), ...allow, connection: 'close' })
    .end(page({ title, step: 4, speaker: 'client', body, nonce: own }))
}

function nonce(): string {
  return randomBytes(16).toString('base64')
}

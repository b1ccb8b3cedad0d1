import type { Socket } from 'node:net'
import type { Json, JsonObject, Parameter } from '../../src/events.ts'
import { findLie } from '../../src/practice/lies.ts'
import { type Answer, body, type Facts as PublicFacts, type Lie, type UnsignedToken } from '../../src/practice/lies/lie.ts'
import type { Canaries } from './canaries.ts'

/** What a knob may need to know of the truth. */
export interface Facts extends PublicFacts {
  /** Where the provider itself is. The issuer may have a path behind it. */
  origin: string
  /** Another origin on this machine, honest to look at, to which nothing may ever go. */
  stranger: string
  canaries: Canaries
  /** The authorization request, once it was made. */
  asked: URLSearchParams
  /** The body of the token request, once it was made. */
  redeemed: URLSearchParams
  /** How often this endpoint was asked, this time included. */
  time: number
}

/** A response of which the body need not be JSON. */
export interface Reply {
  status: number
  headers: Readonly<Record<string, string>>
  body: JsonObject | string | Uint8Array
}

/** Bytes in the place of an HTTP message. */
export interface Raw {
  raw: (socket: Socket) => void
}

export type Turn = (honest: Answer, facts: Facts) => Reply | Raw

/**
 * What the provider does wrong: a function of the honest message for each message, named as in the practice provider's
 * lies. A token that comes back as text is sent as it is.
 */
export interface Knob {
  metadata?: Turn
  jwks?: Turn
  'token-response'?: Turn
  userinfo?: Turn
  refusal?: Turn
  'authorization-response'?: (honest: Parameter[], facts: Facts) => Parameter[]
  'id-token'?: (honest: UnsignedToken, facts: Facts) => UnsignedToken | string
}

/** What the practice provider does under the name of this lie. */
export function lie(id: string): Knob {
  return knobOf(findLie(id))
}

export function knobOf({ in: message, change }: Lie): Knob {
  return { [message]: change }
}

/** A body that is no JSON object, or no JSON at all. */
export function says(body: Reply['body'], headers: Reply['headers'] = {}, status = 200): Turn {
  return () => ({ status, headers: { 'content-type': 'application/json', ...headers }, body })
}

/** The honest JSON text with one part rewritten: for what no object can express, as the same name twice. */
export function rewritten(pattern: string | RegExp, replacement: string): Turn {
  return ({ body, ...answer }) => ({ ...answer, body: JSON.stringify(body).replace(pattern, replacement) })
}

/** Sends the browser of whoever follows redirects to the stranger, who has the same document. */
export function redirect(status: number, to: (facts: Facts) => string): Turn {
  return (_, facts) => ({ status, headers: { location: to(facts) }, body: '' })
}

export function bytes(text: string | Uint8Array): Turn {
  return () => ({ raw: (socket) => void socket.end(text) })
}

/** One piece after the other, for as long as somebody takes them. */
export function drip(head: string, piece: string, milliseconds: number): Turn {
  return () => ({
    raw(socket) {
      socket.write(head)
      const timer = setInterval(() => socket.write(piece), milliseconds)
      socket.on('close', () => clearInterval(timer))
    },
  })
}

/** As fast as they are taken, until `total` bytes, or without an end. */
export function flood(head: string, total = Infinity, filler = 'x'.repeat(65_536)): Turn {
  return () => ({
    raw(socket) {
      let sent = 0
      const pour = () => {
        while (sent < total && !socket.destroyed) {
          sent += filler.length
          if (!socket.write(filler)) return void socket.once('drain', pour)
        }
        socket.end()
      }
      socket.write(head, pour)
    },
  })
}

/** Members of the honest JSON body changed. */
export function members(patch: (facts: Facts, honest: JsonObject) => Record<string, Json | undefined>): Turn {
  return (answer, facts) => body((_, honest) => patch(facts, honest))(answer, facts)
}

/** The honest answer as bytes, with others before it. */
export function preceded(by: string): Turn {
  return ({ status, headers, body }) => ({
    raw(socket) {
      const text = JSON.stringify(body)
      const fields = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(text)) }).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`${by}HTTP/1.1 ${status} OK\r\n${fields.join('')}\r\n${text}`)
    },
  })
}

export const JSON_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n'
/** What would repaint a terminal, hide text in it, or forge a line of a report. */
export const PAINT = '\x1b]0;pwned\x07\x1b[2J\x1b[1;1H\x1b[38;5;203m\u009b31m\r\u202e\u200b\u2028\x7f\n ✓ id-token-sig   all valid'

import type { NavigateEvent, Parameter, RedirectEvent, RequestEvent, ResponseEvent } from '../events.ts'
import { contentTypeOf, encodeBody, FORM } from '../oauth/body.ts'
import { broken } from './layout.ts'
import type { Look } from './look.ts'
import { block, penOf } from './pen.ts'

export type Message = NavigateEvent | RedirectEvent | RequestEvent | ResponseEvent

const MOST_CHARACTERS = 20_000
/** What a redactor puts in the place of a value: encoding it would only hide what it says. */
const PLACEHOLDER = /^\[\w+(, \d+ characters, sha256 [0-9a-f]{8})?\]$/

/** The message as HTTP, behind a bar: whatever is in it can't be taken for a line of ours. */
export function raw(look: Look, message: Message): string {
  const pen = penOf(look)
  const { head, body } = httpOf(message)
  const left = body.length - MOST_CHARACTERS
  const shown = body.slice(0, MOST_CHARACTERS).split(/\r?\n/)
  const text = body === '' ? head : [...head, '', ...shown]
  const lines = text.flatMap((line) => broken(pen.text(line), look.width - 4))
  return block([
    ...lines.map((line) => ` ${pen.dim(pen.glyph.bar)} ${line}`.trimEnd()),
    ...(left > 0 ? [pen.dim(`   and ${left} more characters`)] : []),
  ])
}

function httpOf(message: Message): { head: string[]; body: string } {
  switch (message.type) {
    case 'navigate': {
      const { target, host } = placeOf(message.endpoint)
      return { head: [`GET ${withQuery(target, message.parameters)} HTTP/1.1`, `Host: ${host}`], body: '' }
    }
    case 'redirect':
      return { head: [`${message.method} ${withQuery(message.path, message.parameters)} HTTP/1.1`], body: '' }
    case 'request': {
      const { target, host } = placeOf(message.url)
      const body = message.method === 'POST' ? bodyOf(message) : ''
      const head = [`${message.method} ${target} HTTP/1.1`, `Host: ${host}`, ...fields(message.headers)]
      return { head, body }
    }
    case 'response':
      return { head: [statusLine(message), ...fields(message.headers)], body: message.body }
  }
}

function statusLine({ status, reason }: ResponseEvent): string {
  return `HTTP/1.1 ${status} ${reason}`.trimEnd()
}

function fields(headers: readonly Parameter[]): string[] {
  return headers.map(({ name, value }) => `${name}: ${value}`)
}

function placeOf(url: string): { target: string; host: string } {
  if (!URL.canParse(url)) return { target: url, host: '' }
  const { pathname, search, host } = new URL(url)
  return { target: pathname + search, host }
}

function withQuery(target: string, parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return target
  return `${target}${target.includes('?') ? '&' : '?'}${encoded(parameters)}`
}

/** In JSON a placeholder stays what it is. */
function bodyOf({ headers, parameters }: RequestEvent): string {
  return contentTypeOf(headers) === FORM ? encoded(parameters) : encodeBody(headers, parameters)
}

function encoded(parameters: readonly Parameter[]): string {
  const pairs = parameters.map(({ name, value }) => {
    return PLACEHOLDER.test(value) ? `${name}=${value}` : new URLSearchParams([[name, value]]).toString()
  })
  return pairs.join('&')
}

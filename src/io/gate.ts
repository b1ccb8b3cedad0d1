import { createHash, timingSafeEqual } from 'node:crypto'
import type { Parameter } from '../events.ts'

/** One HTTP request that reached the listener, as raw as node:http gives it. */
export interface Hit {
  method: string
  /** The request target of the request line. */
  target: string
  httpVersion: string
  /** Names and values alternating, duplicates kept: `rawHeaders`. */
  headers: readonly string[]
}

export interface Expectations {
  /** The path of the redirection endpoint, raw. */
  path: string
  /** The path of the page that the browser is sent on to. */
  receipt: string
  authority: string
  alsoAuthority?: string | undefined
  state: string
  /** The response may be posted as a form: it was asked for so. */
  formPost?: boolean
  /** The authorization response has been here. */
  used: boolean
}

export interface Refused {
  kind: 'refused'
  status: number
  /** Safe to show to whoever asked: it holds nothing of the request, and nothing that was expected. */
  reason: string
  /** It carried our `state`, so it is no stranger's: the wait can't go on as if nothing had come. */
  unreadable?: true
}

/** A form can be judged only once it has been read: `judgeForm`. */
export type Verdict = { kind: 'response'; parameters: Parameter[] } | { kind: 'receipt' } | { kind: 'form' } | Refused

/** Decides about a request to the listener. The first rule that it breaks refuses it. */
export function judgeHit(hit: Hit, expected: Expectations): Verdict {
  const { path, query } = splitTarget(hit.target)
  const asked: Asked = { ...hit, path, header: (name) => valuesOf(hit.headers, name) }
  const rule = rules.find(({ breaks }) => breaks(asked, expected))
  if (rule) return { kind: 'refused', status: rule.status, reason: rule.reason }
  if (path === expected.receipt) return { kind: 'receipt' }
  return hit.method === 'POST' ? { kind: 'form' } : judgeQuery(query, expected)
}

/** @param body undefined where it was too long to be read */
export function judgeForm(body: string | undefined, expected: Expectations): Verdict {
  if (body === undefined) return { kind: 'refused', status: 413, reason: 'a form that is longer than 64 KiB' }
  if (!/^[\x21-\x7e]*$/.test(body)) return { kind: 'refused', status: 400, reason: 'its body is no form' }
  return judgeQuery(body, expected)
}

/**
 * Decides whether a query is the authorization response that is awaited. Duplicates and syntax are judged later, in
 * the open: here it is only told apart from what strangers send.
 */
export function judgeQuery(query: string, { state, used }: Expectations): Verdict {
  const { parameters, malformed } = parseQuery(query)
  const has = (name: string) => parameters.some((parameter) => parameter.name === name)
  if (used) return { kind: 'refused', status: 410, reason: 'the authorization response has already been here' }
  if (!has('state')) return { kind: 'refused', status: 400, reason: 'it has no state' }
  if (!parameters.some(({ name, value }) => name === 'state' && isSame(value, state))) {
    return { kind: 'refused', status: 400, reason: 'state is not ours (an old tab?)' }
  }
  if (malformed) return { kind: 'refused', status: 400, reason: 'its percent-encoding is no UTF-8', unreadable: true }
  if (!has('code') && !has('error')) return { kind: 'refused', status: 400, reason: 'it has neither code nor error' }
  return { kind: 'response', parameters }
}

/**
 * Takes a query apart as a form (`application/x-www-form-urlencoded`), in its order, duplicates kept. Where the
 * percent-encoding is broken or is not UTF-8, the text stays as it came and `malformed` is set: no value is replaced.
 */
export function parseQuery(query: string): { parameters: Parameter[]; malformed: boolean } {
  let malformed = false
  const decode = (text: string) => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '))
    } catch {
      malformed = true
      return text
    }
  }
  const parameters = query.split('&').filter(Boolean).map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return { name: decode(name), value: decode(value.join('=')) }
  })
  return { parameters, malformed }
}

/** The raw path and the raw query. No URL parser: it would resolve `..`, drop `//host` and throw on `//`. */
export function splitTarget(target: string): { path: string; query: string } {
  const [path = '', ...query] = target.split('?')
  return { path, query: query.join('?') }
}

interface Asked extends Hit {
  path: string
  header: (name: string) => string[]
}

interface Rule {
  status: number
  reason: string
  breaks: (asked: Asked, expected: Expectations) => boolean
}

/** RFC 9112 3.2, RFC 9110 7.4 and 15.5, Fetch Metadata. In the order in which they are asked. */
const rules: readonly Rule[] = [
  {
    status: 405,
    reason: 'a POST: the response was asked for in the query, not in a form',
    breaks: ({ method }, { formPost }) => method === 'POST' && !formPost,
  },
  { status: 405, reason: 'only GET is answered here', breaks: ({ method }) => method !== 'GET' && method !== 'POST' },
  {
    status: 400,
    reason: 'the request target is no path',
    breaks: ({ target }) => !/^\/[\x21-\x7e]*$/.test(target) || target === '//',
  },
  {
    status: 400,
    reason: 'an HTTP version of another age',
    breaks: ({ httpVersion }) => httpVersion !== '1.1' && httpVersion !== '1.0',
  },
  { status: 400, reason: 'not exactly one Host header', breaks: ({ header }) => header('host').length !== 1 },
  {
    status: 421,
    reason: 'Host is not that of the redirect_uri (another name for this machine?)',
    breaks: ({ header }, { authority, alsoAuthority }) => ![authority, alsoAuthority].includes(header('host')[0]?.toLowerCase()),
  },
  {
    status: 404,
    reason: 'not the redirect_uri',
    breaks: ({ path }, expected) => path !== expected.path && path !== expected.receipt,
  },
  {
    status: 417,
    reason: 'it wants to be asked to go on (Expect)',
    breaks: ({ header }) => header('expect').length > 0,
  },
  {
    status: 400,
    reason: 'it asks for another protocol (Upgrade)',
    breaks: ({ header }) => header('upgrade').length > 0,
  },
  {
    status: 400,
    reason: 'a GET with a body',
    breaks: ({ method, header }) =>
      method === 'GET' && (header('transfer-encoding').length > 0 || header('content-length').some((length) => length !== '0')),
  },
  {
    status: 415,
    reason: 'a POST that is no form',
    breaks: ({ method, header }) => method === 'POST' && !/^application\/x-www-form-urlencoded *(;|$)/i.test(header('content-type').join()),
  },
  {
    status: 405,
    reason: 'a POST to the page that is shown afterwards',
    breaks: ({ method, path }, { receipt }) => method === 'POST' && path === receipt,
  },
  {
    status: 403,
    reason: 'a page asked for it in the background: it is no navigation of the browser',
    breaks: ({ header }) =>
      header('sec-fetch-mode').some((mode) => mode !== 'navigate') ||
      header('sec-fetch-dest').some((destination) => destination !== 'document'),
  },
]

function valuesOf(headers: readonly string[], name: string): string[] {
  return headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name)
}

/** Compares in a time that tells nothing about where two values differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

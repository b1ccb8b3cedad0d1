import type { Parameter, RedirectEvent, RequestEvent, ResponseEvent, WalkEvent } from '../../events.ts'
import { contentTypeOf, encodeBody } from '../../oauth/body.ts'
import { escapeJson } from '../escape.ts'
import { type Facts, factsOf, valueOf } from '../story/facts.ts'
import { headlineOf } from '../story/headline.ts'
import { type Moment, timelineOf } from '../story/timeline.ts'
import type { Report } from './report.ts'

const PAGE = 'walk'
const UNKNOWN = -1

/** HTTP Archive 1.2, for the network panel of a browser. */
export const har: Report = {
  format: 'har',
  extension: 'har',
  render(transcript) {
    const { events } = transcript
    const facts = factsOf(transcript)
    const entries = timelineOf(events).map((moment) => entryOf(moment, events, facts))
    const page = { startedDateTime: timeOf(0, facts), id: PAGE, title: headlineOf(transcript), pageTimings: {} }
    const creator = { name: 'authwalk', version: String(transcript.version) }
    const log = { version: '1.2', creator, pages: [page], entries }
    return `${escapeJson(JSON.stringify({ log }, null, 2))}\n`
  },
}

function entryOf(moment: Moment, events: readonly WalkEvent[], facts: Facts): object {
  const event = events[moment.event]
  const answer = moment.answer && events[moment.answer.event]
  const took = moment.answer?.took
  const nothing = took === undefined ? UNKNOWN : 0
  return {
    pageref: PAGE,
    startedDateTime: timeOf(moment.start, facts),
    time: took ?? 0,
    request: event ? requestOf(event, facts) : {},
    response: answer?.type === 'response' ? responseOf(answer) : NO_RESPONSE,
    cache: {},
    // What was measured is the whole, which the specification has no field for.
    timings: { send: nothing, wait: took ?? UNKNOWN, receive: nothing },
    comment: event ? commentOn(event) : '',
  }
}

/** The last millisecond whose year has four digits, as RFC 3339 wants it. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Where no message carried a date, the archive begins with the epoch. */
function timeOf(start: number, { moment = 0 }: Facts): string {
  return new Date(Math.min(LAST, Math.max(0, moment + start))).toISOString()
}

function requestOf(event: WalkEvent, facts: Facts): object {
  switch (event.type) {
    case 'request':
      return backChannel(event)
    case 'navigate':
      return frontChannel('GET', withQuery(event.endpoint, event.parameters))
    case 'redirect':
      return frontChannel(event.method, arrivedAt(event, facts))
    default:
      return {}
  }
}

function backChannel({ method, url, headers, parameters }: RequestEvent): object {
  const text = encodeBody(headers, parameters)
  const postData = { mimeType: contentTypeOf(headers), params: parameters, text }
  return { ...frontChannel(method, url), headers, bodySize: text.length, ...(method === 'POST' ? { postData } : {}) }
}

function frontChannel(method: string, address: string): object {
  const url = URL.canParse(address) ? new URL(address) : undefined
  return {
    method,
    url: url?.href ?? 'about:blank',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    queryString: Array.from(url?.searchParams ?? [], ([name, value]) => ({ name, value })),
    headersSize: UNKNOWN,
    bodySize: 0,
    ...(url ? {} : { comment: address }),
  }
}

function withQuery(address: string, parameters: readonly Parameter[]): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  for (const { name, value } of parameters) url.searchParams.append(name, value)
  return url.href
}

function arrivedAt({ path, parameters, accepted }: RedirectEvent, { redirectUri = '' }: Facts): string {
  const shown = accepted ? parameters : parameters.map(({ name }) => ({ name, value: '…' }))
  return URL.canParse(path, redirectUri) ? withQuery(new URL(path, redirectUri).href, shown) : path
}

function responseOf({ status, reason, headers, body, bytes }: ResponseEvent): object {
  return {
    status,
    statusText: reason,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers,
    content: { size: bytes, mimeType: valueOf(headers, 'content-type') ?? 'x-unknown', text: body },
    redirectURL: valueOf(headers, 'location') ?? '',
    headersSize: UNKNOWN,
    bodySize: bytes,
  }
}

/** As browsers write what was never answered, or what they could not see. */
const NO_RESPONSE = {
  status: 0,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: UNKNOWN,
  bodySize: UNKNOWN,
}

function commentOn(event: WalkEvent): string {
  switch (event.type) {
    case 'request':
      return `${event.name}, back channel`
    case 'navigate':
      return 'authorization request, front channel: the browser sent it, and its answer is not for the client to see'
    case 'redirect':
      return event.accepted
        ? 'authorization response, front channel: the browser brought it to the redirection endpoint'
        : `front channel, ignored: ${event.reason ?? ''}`
    default:
      return ''
  }
}

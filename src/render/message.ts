import type { NavigateEvent, Parameter, RedirectEvent, RequestEvent, ResponseEvent } from '../events.ts'
import {
  authorizationRequest,
  authorizationResponse,
  meaningOf,
  type Meanings,
  requestHeaders,
  requestMeanings,
  responseHeaders,
} from '../oauth/parameters.ts'
import { drawBody } from './body.ts'
import { bytes, clock, milliseconds } from './format.ts'
import { lanesOf } from './lanes.ts'
import { broken, displayWidth } from './layout.ts'
import { block, type Pen } from './pen.ts'
import { type Row, table } from './table.ts'

/** What is known of a value beside its meaning, for the right edge: `made here`, `edited`. */
export type Mark = (parameter: Parameter) => string | undefined

/** The browser is sent away. */
export function drawNavigate(event: NavigateEvent, mark: Mark, pen: Pen): string {
  const { endpoint, parameters } = event
  const head = [...lanesOf(pen).message(event), ...drawTarget('GET', endpoint, pen)]
  return block([...head, ...table(rows(parameters, authorizationRequest, mark), pen)])
}

/** The authorization response reached the redirection endpoint. */
export function drawRedirect(event: RedirectEvent, mark: Mark, pen: Pen): string {
  const { method, path, parameters, at, by } = event
  const how = by === 'paste' ? 'pasted by you' : `after ${clock(at)}`
  const head = [...lanesOf(pen).message(event), ...drawTarget(method, path, pen, how)]
  return block([...head, ...table(rows(parameters, authorizationResponse, mark), pen)])
}

/** Somebody who was turned away. Their values are nobody's business: names alone. */
export function drawStranger({ method, path, parameters, at, reason = '' }: RedirectEvent, pen: Pen): string[] {
  const query = parameters.map(({ name }) => `${name}=…`).join('&')
  return drawIgnored({ at, what: `${method} ${path}${query === '' ? '' : `?${query}`}`, reason }, pen)
}

export interface Ignored {
  /** Milliseconds since the wait began. */
  at: number
  what: string
  reason: string
}

/** `0:09  GET /favicon.ico   ignored: not the redirect_uri`, on two lines where one is too short. */
export function drawIgnored({ at, what, reason }: Ignored, pen: Pen): string[] {
  const when = `   ${clock(at)}  `
  const room = pen.width - when.length
  const short = pen.cut(pen.prose(what), room)
  const why = pen.cut(`ignored: ${pen.prose(reason)}`, room)
  const beside = displayWidth(short) + 3 + displayWidth(why) <= room
  return beside ? [`${when}${short}   ${pen.dim(why)}`] : [when + short, ' '.repeat(when.length) + pen.dim(why)]
}

export function drawRequest(request: RequestEvent, mark: Mark, pen: Pen): string {
  const { name, method, url, headers, parameters } = request
  return block([
    ...lanesOf(pen).message(request),
    ...drawTarget(method, url, pen),
    ...table([...known(headers, requestHeaders), ...rows(parameters, requestMeanings(name), mark)], pen),
  ])
}

export function drawResponse(response: ResponseEvent, pen: Pen): string {
  const { name, status, reason, headers, body } = response
  const cost = `${milliseconds(response.milliseconds)}   ${bytes(response.bytes)}`
  const said = pen.cut(`${status} ${pen.text(reason)}`.trim(), pen.width - cost.length - 4)
  const fields = table(known(headers.filter((header) => matters(header, name)), responseHeaders), pen)
  const content = drawBody(name, headers, body, pen)
  return block([
    ...lanesOf(pen).message(response),
    ` ${status < 400 ? said : pen.exposed(said)}   ${pen.dim(cost)}`,
    ...fields,
    ...(fields.length > 0 && content.length > 0 ? [''] : []),
    ...content,
  ])
}

const MOST_LINES = 8
/** Anybody may send anything to the redirection endpoint. */
const LONGEST_METHOD = 16

/** What is asked for, and what is known of it beside. */
function drawTarget(method: string, target: string, pen: Pen, aside = ''): string[] {
  const verb = ` ${pen.cut(pen.text(method), LONGEST_METHOD)} `
  const indent = ' '.repeat(displayWidth(verb))
  const room = pen.width - indent.length
  const pieces = broken(shortenUrl(pen.text(target), MOST_LINES * room, pen), room)
  const lines = pieces.map((piece, index) => (index === 0 ? verb : indent) + piece)
  const last = lines.at(-1) ?? ''
  const beside = `   ${aside}`
  if (aside === '') return lines
  if (displayWidth(last + beside) > pen.width) return [...lines, pen.dim(beside)]
  return [...lines.slice(0, -1), last + pen.dim(beside)]
}

/** The host decides where a secret goes: it stays whole, and what stands before it only to push it away goes. */
function shortenUrl(url: string, room: number, pen: Pen): string {
  if (displayWidth(url) <= room || !URL.canParse(url)) return pen.cut(url, room)
  const { protocol, host, pathname, search } = new URL(url)
  const origin = `${protocol}//${host}`
  return origin + pen.cut(pathname + search, Math.max(1, room - origin.length))
}

function rows(parameters: readonly Parameter[], meanings: Meanings, mark: Mark): Row[] {
  return parameters.map((parameter) => {
    const marked = mark(parameter)
    const meaning = meaningOf(meanings, parameter.name)?.meaning ?? ''
    return { ...parameter, meaning, ...(marked === undefined ? {} : { mark: marked }) }
  })
}

/** JSON is what everybody expects, and only tokens must not be kept. */
function matters({ name, value }: Parameter, response: string): boolean {
  if (/^content-type$/i.test(name)) return !/json/i.test(value)
  return !/^cache-control$/i.test(name) || /^(token|refresh)/i.test(response)
}

/** The header fields that carry a part of the flow. */
function known(headers: readonly Parameter[], meanings: Meanings): Row[] {
  return headers.flatMap(({ name, value }) => {
    const field = name.toLowerCase()
    const scheme = value.split(' ')[0]?.toLowerCase()
    const meaning = meaningOf(meanings, field === 'authorization' ? `${field} ${scheme}` : field)?.meaning
    return meaning === undefined ? [] : [{ name, value, meaning }]
  })
}

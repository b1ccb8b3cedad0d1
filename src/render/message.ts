import type { Channel, NavigateEvent, Parameter, RedirectEvent, RequestEvent, ResponseEvent } from '../events.ts'
import {
  authorizationRequest,
  authorizationResponse,
  meaningOf,
  type Meanings,
  requestHeaders,
  responseHeaders,
  tokenRequest,
} from '../oauth/parameters.ts'
import { drawBody } from './body.ts'
import { bytes, clock, milliseconds } from './format.ts'
import { broken, displayWidth, shorten, spread } from './layout.ts'
import { block, type Pen } from './pen.ts'
import { smallArrow } from './step.ts'
import { type Row, table } from './table.ts'

/** What is known of a value beside its meaning, for the right edge: `made here`, `edited`. */
export type Mark = (parameter: Parameter) => string | undefined

/** The browser is sent away. */
export function drawNavigate({ endpoint, parameters }: NavigateEvent, mark: Mark, pen: Pen): string {
  const heading = drawHeading({ channel: 'front', direction: 'out', method: 'GET', target: endpoint, name: 'authorization request' }, pen)
  return block([...heading, ...table(rows(parameters, authorizationRequest, mark), pen)])
}

/** Something reached the redirection endpoint. */
export function drawRedirect({ method, path, parameters, accepted, at, by, reason }: RedirectEvent, mark: Mark, pen: Pen): string {
  if (!accepted) return `${drawStranger({ method, path, parameters, at, reason: reason ?? '' }, pen).join('\n')}\n`
  const name = by === 'paste' ? 'authorization response, pasted by you' : `authorization response after ${clock(at)}`
  const heading = drawHeading({ channel: 'front', direction: 'in', method, target: path, name }, pen)
  return block([...heading, ...table(rows(parameters, authorizationResponse, mark), pen)])
}

/** Somebody who was turned away. Their values are nobody's business: names alone. */
export function drawStranger(stranger: { method: string; path: string; parameters: readonly Parameter[]; at: number; reason: string }, pen: Pen): string[] {
  const { method, path, parameters, at, reason } = stranger
  const query = parameters.map(({ name }) => `${name}=${pen.glyph.ellipsis}`).join('&')
  return drawIgnored({ at, what: `${method} ${path}${query === '' ? '' : `?${query}`}`, reason }, pen)
}

/** `0:09  GET /favicon.ico   ignored: not the redirect_uri`, on two lines where one is too short. */
export function drawIgnored({ at, what, reason }: { at: number; what: string; reason: string }, pen: Pen): string[] {
  const when = `   ${clock(at)}  `
  const room = pen.width - when.length
  const short = shorten(pen.text(what), room, pen.glyph.ellipsis)
  const why = shorten(`ignored: ${pen.prose(reason)}`, room, pen.glyph.ellipsis)
  const beside = displayWidth(short) + 3 + displayWidth(why) <= room
  return beside ? [`${when}${short}   ${pen.dim(why)}`] : [when + short, ' '.repeat(when.length) + pen.dim(why)]
}

export function drawRequest({ name, method, url, headers, parameters }: RequestEvent, mark: Mark, pen: Pen): string {
  const heading = drawHeading({ channel: 'back', direction: 'out', method, target: url, name }, pen)
  return block([...heading, ...table([...known(headers, requestHeaders), ...rows(parameters, tokenRequest, mark)], pen)])
}

export function drawResponse(response: ResponseEvent, pen: Pen): string {
  const { name, status, reason, headers, body } = response
  const cost = `${milliseconds(response.milliseconds)}   ${bytes(response.bytes)}`
  const failed = status >= 400 ? pen.exposed : (text: string) => text
  const said = shorten(`${status} ${pen.text(reason)}`.trim(), Math.floor(pen.width / 2), pen.glyph.ellipsis)
  const plain = `     ${said}   ${cost}`
  const rest = spread(plain, pen.text(name), pen.width)?.slice(plain.length) ?? ''
  const line = ` ${smallArrow('back', 'in', pen)} ${failed(said)}   ${pen.dim(cost + rest)}`
  const headerRows = table(known(headers.filter((header) => matters(header, name)), responseHeaders), pen)
  const drawnBody = drawBody(name, headers, body, pen)
  return block([line, ...headerRows, ...(headerRows.length > 0 && drawnBody.length > 0 ? [''] : []), ...drawnBody])
}

interface Heading {
  channel: Channel
  direction: 'out' | 'in'
  method: string
  /** Never shortened: a host in its middle decides where a secret goes. */
  target: string
  name: string
}

function drawHeading({ channel, direction, method, target, name }: Heading, pen: Pen): string[] {
  const verb = ` ${pen.text(method)} `
  const indent = ' '.repeat(4 + displayWidth(verb))
  const [first = '', ...more] = broken(pen.text(target), pen.width - indent.length)
  const label = pen.text(name)
  const line = more.length === 0 ? spread(indent + first, label, pen.width) : undefined
  const top = ` ${smallArrow(channel, direction, pen)}${verb}${first}`
  const named = line === undefined ? [top, ...more.map((piece) => indent + piece), pen.dim(`     ${label}`)] : [top + pen.dim(line.slice((indent + first).length))]
  return named
}

function rows(parameters: readonly Parameter[], meanings: Meanings, mark: Mark): Row[] {
  return parameters.map((parameter) => {
    const marked = mark(parameter)
    return { ...parameter, meaning: meaningOf(meanings, parameter.name)?.meaning ?? '', ...(marked === undefined ? {} : { mark: marked }) }
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
    const meaning = meaningOf(meanings, field === 'authorization' ? `${field} ${value.split(' ')[0]?.toLowerCase()}` : field)?.meaning
    return meaning === undefined ? [] : [{ name, value, meaning }]
  })
}

import type { Outcome, Transcript } from '../../../events.ts'
import { date, milliseconds } from '../../format.ts'
import { type Facts, inWords } from '../../story/facts.ts'
import { timelineOf } from '../../story/timeline.ts'
import { isMessage, type Message, messageOf } from '../../story/messages.ts'
import { type SightRow, whoSawWhat } from '../../who-saw-what.ts'
import { code, type Html, table, text } from './parts.ts'

/** Where, as whom and with what result. */
export function facts({ events }: Transcript, known: Facts): Html {
  const { issuer, clientId, redirectUri, scope, moment, tally, onTheWire } = known
  const named = { issuer, client_id: clientId, redirect_uri: redirectUri, scope }
  const messages = events.filter(isMessage).length
  const day = moment === undefined ? undefined : date(Math.floor(moment / 1000))
  const items = [
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [item(name, code(value))])),
    ...(day === undefined ? [] : [item('when', day)]),
    item('checks', inWords(tally)),
    item('messages', `${messages}, ${milliseconds(onTheWire)} on the wire`),
  ]
  return `<dl class="facts">${items.join('')}</dl>`
}

function item(name: string, value: Html): Html {
  return `<div><dt>${name}</dt><dd>${value}</dd></div>`
}

/** What to fix first. */
export function failure({ happened, means, causes = [], tries, read }: NonNullable<Outcome['error']>, exit: number): Html {
  const probably = causes.map(({ says, evidence }) => text(says) + (evidence === undefined ? '' : lines(evidence)))
  return `<p class="alert">${text(happened)}</p><p>${text(means)}</p>
${probably.length === 0 ? '' : `<h3>Probably</h3>${list(probably)}<h3>What to try</h3>`}${list(tries.map(text))}
<p class="read">Read ${text(read.join(', '))} · exit ${exit}</p>`
}

function list(items: readonly Html[]): Html {
  return items.length === 0 ? '' : `<ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`
}

/** What speaks for a cause. A mark under a character stays where it is. */
function lines(evidence: string): Html {
  return `<pre>${evidence.split('\n').map(text).join('\n')}</pre>`
}

const SIGHTS = {
  saw: '<span class="sight saw">●<span> saw it</span></span>',
  not: '<span class="sight not">·<span> did not</span></span>',
  unknown: '<span class="sight unknown">○<span> may have</span></span>',
}

export function sights({ events }: Transcript): Html {
  const { rows, sentence } = whoSawWhat(events)
  if (rows.length === 0) return '<p>Nothing worth stealing was sent in this walk.</p>'
  const columns = ['what', 'browser', 'client', 'authori&shy;zation server', 'resource'].map((title) => ({ title }))
  const cells = ({ what, browser, client, authorizationServer, resource }: SightRow) => {
    return [text(what), ...[browser, client, authorizationServer, resource].map((sight) => SIGHTS[sight])]
  }
  return `<div class="sights">${table(text(sentence), columns, rows.map((row) => ({ cells: cells(row) })))}</div>
<p class="skip">● saw it · ○ may have seen it, outside this program’s sight</p>`
}

/** A bar for each answer. The time of the person is told and not drawn: it would dwarf everything. */
export function waterfall({ events }: Transcript, { onTheWire }: Facts): Html {
  let before = 0
  const rows = timelineOf(events).flatMap(({ event: index, answer }) => {
    const event = events[index]
    const message = event && messageOf(event)
    if (!message) return []
    const cells = answer ? [bar(before, answer.took, onTheWire), milliseconds(answer.took)] : aside(message)
    before += answer?.took ?? 0
    return [{ cells: [`<a href="#e${index}">${text(message.name)}</a>`, ...cells] }]
  })
  if (rows.length === 0) return '<p>No message was sent.</p>'
  const caption = `Time on the wire, one request after the other: ${milliseconds(onTheWire)}`
  const columns = [{ title: 'message' }, { title: 'when' }, { title: 'time' }]
  return `<div class="waterfall">${table(caption, columns, rows)}</div>`
}

function bar(before: number, took: number, whole: number): Html {
  const [x, width] = [before, took].map((part) => (whole > 0 ? ((100 * part) / whole).toFixed(2) : '0'))
  const drawn = `<rect x="${x}%" width="${width}%" height="14" rx="2"/>`
  return `<svg class="bar" width="100%" height="14" aria-hidden="true">${drawn}</svg>`
}

function aside({ channel, at }: Message): Html[] {
  if (at !== undefined) return ['<i>your time, not drawn</i>', `after ${milliseconds(at)}`]
  return [channel === 'front' ? '<i>the browser is sent away</i>' : '<i>no answer came</i>', '']
}

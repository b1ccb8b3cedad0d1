import type { Outcome, Transcript } from '../../../events.ts'
import { date, milliseconds } from '../../format.ts'
import { type Facts, inWords } from '../../story/facts.ts'
import { timelineOf } from '../../story/timeline.ts'
import { messageOf } from '../../story/messages.ts'
import { type SightRow, whoSawWhat } from '../../who-saw-what.ts'
import { code, type Html, table, text } from './parts.ts'

/** Where, as whom and with what result. */
export function facts({ events }: Transcript, { issuer, clientId, redirectUri, scope, moment, tally, onTheWire }: Facts): Html {
  const named: Readonly<Record<string, string | undefined>> = { issuer, client_id: clientId, redirect_uri: redirectUri, scope }
  const sent = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, code(value)] as const]))
  const messages = events.filter((event) => messageOf(event)).length
  const counted = [
    ...(moment === undefined ? [] : [['when', text(date(Math.floor(moment / 1000)) ?? '')] as const]),
    ['checks', inWords(tally)] as const,
    ['messages', `${messages}, ${milliseconds(onTheWire)} on the wire`] as const,
  ]
  return `<dl class="facts">${[...sent, ...counted].map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`
}

/** What to fix first. */
export function failure({ happened, means, tries, read }: NonNullable<Outcome['error']>, exit: number): Html {
  const steps = tries.map((one) => `<li>${text(one)}</li>`)
  return `<p class="alert">${text(happened)}</p><p>${text(means)}</p>
${steps.length === 0 ? '' : `<ol>${steps.join('')}</ol>`}<p class="read">Read ${text(read.join(', '))} · exit ${exit}</p>`
}

const SIGHTS = {
  saw: '<span class="sight saw">●<span> saw it</span></span>',
  not: '<span class="sight not">·<span> did not</span></span>',
  unknown: '<span class="sight unknown">○<span> may have</span></span>',
}

export function sights({ events }: Transcript): Html {
  const { rows, sentence } = whoSawWhat(events)
  if (rows.length === 0) return '<p>Nothing worth stealing was sent in this walk.</p>'
  const columns = ['what', 'browser', 'client', 'authorization server', 'resource'].map((title) => ({ title }))
  const cells = ({ what, browser, client, authorizationServer, resource }: SightRow) => {
    return [text(what), ...[browser, client, authorizationServer, resource].map((sight) => SIGHTS[sight])]
  }
  return `<div class="sights">${table(text(sentence), columns, rows.map((row) => ({ cells: cells(row) })))}</div>
<p class="skip">● saw it · ○ may have seen it, outside this program’s sight</p>`
}

/** A bar for each answer. The time of the person is told and not drawn: it would dwarf everything. */
export function waterfall({ events }: Transcript, { onTheWire }: Facts): Html {
  const moments = timelineOf(events)
  let before = 0
  const rows = moments.flatMap(({ event: index, answer }) => {
    const event = events[index]
    const message = event && messageOf(event)
    if (!message) return []
    const link = `<a href="#e${index}">${text(message.name)}</a>`
    const aside = message.at === undefined ? ['<i>the browser is sent away</i>', ''] : ['<i>your time, not drawn</i>', `after ${milliseconds(message.at)}`]
    if (!answer) return [{ className: message.channel, cells: [link, ...aside] }]
    const bar = `<svg class="bar" width="100%" height="14" aria-hidden="true"><rect x="${percent(before, onTheWire)}" width="${percent(answer.took, onTheWire)}" height="14" rx="2"/></svg>`
    before += answer.took
    return [{ className: message.channel, cells: [link, bar, milliseconds(answer.took)] }]
  })
  if (rows.length === 0) return '<p>No message was sent.</p>'
  const caption = `Time on the wire, one request after the other: ${milliseconds(onTheWire)}`
  return `<div class="waterfall">${table(caption, [{ title: 'message' }, { title: 'when' }, { title: 'time' }], rows)}</div>`
}

function percent(part: number, whole: number): string {
  return `${whole > 0 ? ((100 * part) / whole).toFixed(2) : '0'}%`
}

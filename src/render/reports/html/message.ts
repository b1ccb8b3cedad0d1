import type { Channel } from '../../../events.ts'
import { bytes, clock, milliseconds, shortSection } from '../../format.ts'
import type { Detail } from '../../story/members.ts'
import type { Message } from '../../story/messages.ts'
import { straight, wave } from '../../svg/shapes.ts'
import { code, type Html, table, text } from './parts.ts'

/**
 * One message, with everything that is known of it.
 * @param index where its event stands in the transcript
 * @param made values that this client made
 */
export function messageArticle(message: Message, index: number, made: ReadonlySet<string>): Html {
  const { name, channel, from, to, line, parts, text: body, others, took, bytes: size, at, refused } = message
  const cost = [
    ...(took === undefined ? [] : [milliseconds(took)]),
    ...(size === undefined ? [] : [bytes(size)]),
    ...(at === undefined ? [] : [`after ${clock(at)}`]),
  ]
  return `<article id="e${index}" class="message ${channel}${refused === undefined ? '' : ' refused'}">
<h4>${text(name)}</h4><p class="route">${route(channel, from, to)}<span class="cost">${cost.join(' · ')}</span></p>
<p class="line">${code(line)}</p>${refused === undefined ? '' : `<p class="skip">Ignored: ${text(refused)}</p>`}
${parts.map(({ title, details }) => part(title, details, made)).join('\n')}
${body === '' ? '' : pre(body)}${folded('more header field', others)}
</article>`
}

/** From whom to whom, and over which channel. */
export function route(channel: Channel, from: string, to: string): Html {
  const path = channel === 'front' ? wave(0, 34, 6) : straight(0, 34, 6)
  const drawn = `<path class="shaft" d="${path}"/><path class="head" d="M44 6l-9-5v10z"/>`
  const arrow = `<svg class="${channel}" width="44" height="12" aria-hidden="true">${drawn}</svg>`
  return `${from} ${arrow} ${to} <span class="channel ${channel}">${channel} channel</span>`
}

/** A server may say much that plays no part here. */
const MOST_UNKNOWN = 6

function part(title: string, details: readonly Detail[], made: ReadonlySet<string>): Html {
  const unknown = details.filter(({ meaning }) => meaning === '')
  const isLong = unknown.length > MOST_UNKNOWN
  const shown = isLong ? details.filter(({ meaning }) => meaning !== '') : details
  const rows = shown.map(({ name, value, meaning, section }) => {
    const mark = made.has(value) ? ' <span class="made">made here</span>' : ''
    return { cells: [code(name), code(value) + mark, text(meaning), text(shortSection(section))] }
  })
  const columns = [{ title: 'name' }, { title: 'value' }, { title: 'meaning' }, { title: 'read', className: 'read' }]
  return `${rows.length === 0 ? '' : table(title, columns, rows)}${isLong ? folded('more member', unknown) : ''}`
}

function folded(what: string, details: readonly { name: string; value: string }[]): Html {
  if (details.length === 0) return ''
  const rows = details.map(({ name, value }) => `<dt>${code(name)}</dt><dd>${code(value)}</dd>`)
  const summary = `${details.length} ${what}${details.length === 1 ? '' : 's'}`
  return `<details><summary>${summary}</summary><dl>${rows.join('\n')}</dl></details>`
}

const LONGEST_BODY = 4096

function pre(body: string): Html {
  const lines = body.slice(0, LONGEST_BODY).split('\n').map(text)
  const left = body.length - LONGEST_BODY
  return `<pre>${lines.join('\n')}</pre>${left > 0 ? `<p class="skip">and ${left} more characters</p>` : ''}`
}

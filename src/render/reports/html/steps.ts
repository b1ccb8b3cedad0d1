import type { SkipEvent, StepEvent, WalkEvent } from '../../../events.ts'
import { groupOf } from '../../ledger.ts'
import { inWords, tallyOf } from '../../story/facts.ts'
import { type Run, runsOf } from '../../story/lines.ts'
import { messageOf } from '../../story/messages.ts'
import { messageArticle, route } from './message.ts'
import { code, type Html, table, text } from './parts.ts'

/** Step by step: what each teaches, and every message, value and observation in it. */
export function steps(events: readonly WalkEvent[]): Html {
  const values = events.filter((event) => event.type === 'value')
  const made = new Set(values.filter(({ origin }) => origin === 'made').map(({ value }) => value))
  const chapters: Html[][] = [[]]
  for (const run of runsOf(events)) {
    if (run.first.type === 'step') chapters.push([])
    chapters.at(-1)?.push(piece(run, made))
  }
  const told = chapters.filter((pieces) => pieces.length > 0)
  return told.map((pieces) => `<div class="step">${pieces.join('\n')}</div>`).join('\n')
}

function piece({ first, start, all }: Run, made: ReadonlySet<string>): Html {
  const message = messageOf(first)
  if (message) return messageArticle(message, start, made)
  switch (first.type) {
    case 'step':
      return heading(first, start)
    case 'skip':
      return left(first, start)
    case 'check':
      return `<p class="verdict"><a href="#c${start}">${text(groupOf(first))}: ${inWords(tallyOf(all))}</a></p>`
    case 'value':
      if (!first.decoded) return values(all, first.origin, start)
      return `<p class="verdict"><a href="#t${start}">${text(first.name)}, decoded</a></p>`
    default:
      return observed(all)
  }
}

function heading({ step, title, channel, from, to, says, why, read }: StepEvent, index: number): Html {
  const reasons = why.split(/\n\s*\n/).map((paragraph) => `<p>${text(paragraph)}</p>`).join('')
  return `<h3 id="e${index}" class="${channel}"><b>${step}</b> ${text(title)}</h3>
<p class="route">${route(channel, from, to)}</p>
<p class="says">${text(says)}</p>
<details><summary>Why</summary>${reasons}<p class="read">Read ${text(read.join(', '))}</p></details>`
}

function left({ what, why }: SkipEvent, index: number): Html {
  return `<p id="e${index}" class="skip"><b>${text(what)}</b> ${text(why)}</p>`
}

const ORIGINS = { made: 'Set by this client', received: 'Received' }

function values(run: readonly WalkEvent[], origin: 'made' | 'received', index: number): Html {
  const rows = run.flatMap((event) => {
    return event.type === 'value' ? [{ cells: [code(event.name), code(event.value), text(event.purpose)] }] : []
  })
  const columns = [{ title: 'name' }, { title: 'value' }, { title: 'purpose' }]
  return `<div id="e${index}" class="values">${table(ORIGINS[origin], columns, rows)}</div>`
}

/** The other side, which the client knows nothing of. */
function observed(run: readonly WalkEvent[]): Html {
  const seen = run.flatMap((event) => (event.type === 'observed' ? [event] : []))
  const items = seen.map(({ saw, details }) => {
    const given = details.map(({ name, value }) => `<dt>${text(name)}</dt><dd>${code(value)}</dd>`)
    return `<li>${text(saw)}${given.length === 0 ? '' : `<dl>${given.join('')}</dl>`}</li>`
  })
  return `<div class="observed"><p>What the ${seen[0]?.by ?? ''} saw</p><ul>${items.join('\n')}</ul></div>`
}

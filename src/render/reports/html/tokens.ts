import type { Json, JsonObject, ValueEvent, WalkEvent } from '../../../events.ts'
import { claims, joseHeader, timeClaims } from '../../../oauth/claims.ts'
import { meaningOf, type Meanings } from '../../../oauth/parameters.ts'
import { inOneLine } from '../../story/members.ts'
import { date, distance, shortSection } from '../../format.ts'
import { code, type Html, table, text } from './parts.ts'

const TITLES: Readonly<Record<string, string>> = {
  id_token: 'ID Token',
  access_token: 'Access token',
  refresh_token: 'Refresh token',
}

const COLUMNS = [{ title: 'name' }, { title: 'value' }, { title: 'meaning' }, { title: 'read', className: 'read' }]

/**
 * The tokens, taken apart where they can be.
 * @param moment milliseconds since the epoch: when they came
 */
export function tokens(events: readonly WalkEvent[], moment: number | undefined): Html {
  const received = events.flatMap((event, index) => {
    if (event.type !== 'value' || !(event.decoded || Object.hasOwn(TITLES, event.name))) return []
    return [token(event, index, moment)]
  })
  return received.length === 0 ? '<p>No token came in this walk.</p>' : received.join('\n')
}

function token({ name, value, purpose, decoded }: ValueEvent, index: number, moment: number | undefined): Html {
  const title = Object.hasOwn(TITLES, name) ? TITLES[name] : undefined
  const inside = decoded
    ? `<p class="skip">Decoded, which is not verified: anybody can write this. The ledger says what is true of it.</p>
${members('Header', decoded.header, joseHeader, moment)}
${members('Claims', decoded.claims, claims, moment)}`
    : '<p class="skip">Opaque to the client: what it stands for is a matter between the servers.</p>'
  return `<h3 id="t${index}">${text(title ?? name)}</h3>
<p>${text(purpose)}</p><p class="line">${code(value)}</p>
${inside}`
}

function members(caption: string, object: JsonObject, meanings: Meanings, moment: number | undefined): Html {
  const rows = Object.entries(object).map(([name, value]) => {
    const { meaning, section } = meaningOf(meanings, name) ?? { meaning: '', section: '' }
    const says = `${text(meaning)} ${when(name, value, moment)}`.trim()
    return { cells: [code(name), code(inOneLine(value)), says, text(shortSection(section))] }
  })
  return table(caption, COLUMNS, rows)
}

/** A NumericDate as people read it. */
function when(name: string, value: Json, moment: number | undefined): Html {
  if (!timeClaims.has(name) || typeof value !== 'number') return ''
  const day = date(value)
  if (day === undefined) return ''
  return moment === undefined ? `on ${day}` : `${distance(value - Math.floor(moment / 1000))}, ${day}`
}

import type { Json, Parameter } from '../events.ts'
import { jsonOf } from './format.ts'
import { broken } from './layout.ts'
import type { Pen } from './pen.ts'
import { membersOf } from './story/members.ts'
import { andMore, table } from './table.ts'

const MOST_LINES = 16
/** Of a body that is neither JSON nor a form: enough to recognize a login page of the network. */
const EXCERPT = 200

/** A response body as a table where its members have a meaning, else as JSON, else the beginning of the text. */
export function drawBody(name: string, headers: readonly Parameter[], body: string, pen: Pen): string[] {
  if (body === '') return []
  const { details = [], matter = 'none' } = membersOf(name, headers, body) ?? {}
  if (matter !== 'none') {
    const rows = matter === 'all' ? details : details.filter(({ meaning }) => meaning !== '')
    return [...table(rows, pen), ...andMore(details.length - rows.length, 'member', pen)]
  }
  const reading = jsonOf(body)
  return reading === undefined ? drawText(body, pen) : drawJson(reading.value, pen)
}

function drawJson(value: Json, pen: Pen): string[] {
  const lines = JSON.stringify(value, null, 2).split('\n')
  const shown = lines.slice(0, MOST_LINES).map((line) => `   ${pen.cut(pen.text(line), pen.width - 3)}`)
  return [...shown, ...andMore(lines.length - shown.length, 'line', pen)]
}

function drawText(body: string, pen: Pen): string[] {
  const shown = body.slice(0, EXCERPT)
  const lines = broken(pen.text(shown).trimEnd(), pen.width - 3).map((line) => `   ${line}`.trimEnd())
  return [...lines, ...andMore(body.length - shown.length, 'character', pen)]
}

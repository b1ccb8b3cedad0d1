import type { CheckEvent, WalkEvent } from '../../../events.ts'
import { shortSection } from '../../format.ts'
import { groupOf } from '../../ledger.ts'
import { inWords, tallyOf } from '../../story/facts.ts'
import { runsOf } from '../../story/lines.ts'
import { code, type Html, table, text } from './parts.ts'

const VERDICTS = { pass: '✓ passed', fail: '✗ failed', warn: '! look at it', skip: '– did not apply' }

const COLUMNS = [
  { title: 'rule' },
  { title: 'verdict', className: 'verdict' },
  { title: 'expected' },
  { title: 'got' },
  { title: 'read', className: 'read' },
]

/** Every check with what was expected and what came, message by message. */
export function ledger(events: readonly WalkEvent[]): Html {
  const runs = runsOf(events).filter(({ first }) => first.type === 'check')
  if (runs.length === 0) return '<p>The walk did not get as far as a check.</p>'
  return runs.map(({ first, start, all }) => {
    const checks = all.filter((event) => event.type === 'check')
    const title = first.type === 'check' ? groupOf(first) : ''
    const caption = `<span id="c${start}">${text(title)}</span> <small>${inWords(tallyOf(all))}</small>`
    return table(caption, COLUMNS, checks.map((check) => ({ className: check.status, cells: cells(check) })))
  }).join('\n')
}

function cells({ id, title, status, expected, actual, why, section, level }: CheckEvent): Html[] {
  const opened = status === 'fail' || status === 'warn' ? `<p class="why">${text(why)}</p>` : ''
  const got = status === 'skip' ? text(actual) : code(actual)
  return [
    `${text(title)}<small>${text(id)}</small>${opened}`,
    VERDICTS[status],
    status === 'skip' ? '' : code(expected),
    got,
    `${level === 'POLICY' ? 'policy' : level}<br>${text(shortSection(section))}`,
  ]
}

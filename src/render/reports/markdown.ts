import type { CheckEvent, Outcome, Transcript } from '../../events.ts'
import { clipped } from '../clip.ts'
import { escape } from '../escape.ts'
import { milliseconds } from '../format.ts'
import { type Facts, factsOf, inWords } from '../story/facts.ts'
import { headlineOf } from '../story/headline.ts'
import { type Message, messageOf } from '../story/messages.ts'
import { type SightRow, whoSawWhat } from '../who-saw-what.ts'
import { mermaid } from './mermaid.ts'
import type { Report } from './report.ts'

/** For an issue or a wiki. Whatever came from outside stands in a code span. */
export const markdown: Report = {
  format: 'markdown',
  extension: 'md',
  render(transcript) {
    const { events, outcome } = transcript
    const checks = events.filter((event) => event.type === 'check')
    const messages = events.flatMap((event) => messageOf(event) ?? [])
    const blocks = [
      `# ${prose(headlineOf(transcript))}`,
      facts(factsOf(transcript)),
      ...(outcome.error ? failure(outcome.error, outcome.exit) : []),
      '## The walk',
      `\`\`\`mermaid\n${mermaid.render(transcript)}\`\`\``,
      '## Checks',
      checks.length === 0 ? 'None was reached.' : ledger(checks),
      '## Messages',
      ...(messages.length === 0 ? ['None was sent.'] : messages.flatMap(message)),
      ...sights(transcript),
    ]
    return `${blocks.join('\n\n')}\n`
  },
}

const LONGEST = 300
const MARKUP = /[\\`*~[\]<>&|#]|(?<!\w)_|_(?!\w)/g
/** Has to be written otherwise in a code span inside a table. */
const UNSAFE_IN_CELL = /[\\|`]/

/** A sentence of ours. It may quote others, so nothing in it is markup, a mention or a reference. */
function prose(text: string): string {
  const line = escape(clipped(text, LONGEST))
  return line.replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`).replaceAll('@', '@<!-- -->')
}

/** A text from outside, in a table or a paragraph. */
function code(text: string): string {
  const line = escape(clipped(text, LONGEST))
  if (line === '') return ''
  if (!UNSAFE_IN_CELL.test(line) && line === line.trim()) return `\`${line}\``
  return `<code>${line.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)}</code>`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function facts({ issuer, clientId, redirectUri, scope, moment, tally, onTheWire }: Facts): string {
  const named = { Issuer: issuer, 'client\\_id': clientId, 'redirect\\_uri': redirectUri, scope }
  return [
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`- ${name} ${code(value)}`])),
    `- Checks: ${inWords(tally)}`,
    `- On the wire: ${milliseconds(onTheWire)}${moment === undefined ? '' : `, on ${new Date(moment).toISOString()}`}`,
  ].join('\n')
}

function failure({ happened, means, causes = [], tries, read }: NonNullable<Outcome['error']>, exit: number): string[] {
  const list = (items: readonly string[]) => items.map((item, index) => `${index + 1}. ${item}`).join('\n')
  const probably = causes.map(({ says, evidence = '' }) => [prose(says), ...evidence.split('\n').map(code)].filter(Boolean).join('<br>'))
  return [
    '## What to fix first',
    code(happened),
    prose(means),
    ...(probably.length === 0 ? [] : ['Probably:', list(probably), 'Try:']),
    list(tries.map(prose)),
    `Read ${read.map(prose).join(', ')} (exit ${exit})`,
  ]
}

const VERDICTS = { pass: 'passed', fail: '**failed**', warn: '**look at it**', skip: 'not asked' }

function ledger(checks: readonly CheckEvent[]): string {
  const rows = checks.map(({ id, title, status, expected, actual, section }) => {
    return [VERDICTS[status], code(id), prose(title), code(expected), code(actual), prose(section)]
  })
  return table(['', 'check', 'rule', 'expected', 'got', 'section'], rows)
}

function message({ name, channel, line, parts, took, refused }: Message): string[] {
  const time = took === undefined ? '' : `, ${milliseconds(took)}`
  return [
    `### ${prose(name)}`,
    `${code(line)}, ${channel} channel${time}${refused === undefined ? '' : `, ignored: ${prose(refused)}`}`,
    ...parts.map(({ title, details }) => {
      const rows = details.map((one) => [code(one.name), code(one.value), prose(one.meaning)])
      return table([title, 'value', 'meaning'], rows)
    }),
  ]
}

const SIGHT = { saw: '●', not: '', unknown: '○' }

function sights({ events }: Transcript): string[] {
  const { rows, sentence } = whoSawWhat(events)
  if (rows.length === 0) return []
  const cells = ({ what, browser, client, authorizationServer, resource }: SightRow) => {
    return [prose(what), ...[browser, client, authorizationServer, resource].map((sight) => SIGHT[sight])]
  }
  const head = ['', 'browser', 'client', 'authorization server', 'resource']
  return ['## Who saw what', table(head, rows.map(cells)), prose(sentence), '● saw it, ○ may have seen it']
}

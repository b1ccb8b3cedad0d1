import type { Party } from '../../events.ts'
import { escape } from '../escape.ts'
import { clipped } from '../clip.ts'
import { type ArrowLine, type Line, linesOf, type NoteLine } from '../story/lines.ts'
import type { Report } from './report.ts'

const ID: Readonly<Record<Party, string>> = {
  browser: 'B',
  client: 'C',
  'authorization server': 'A',
  resource: 'R',
}

const HEAD = `sequenceDiagram
  participant B as browser
  participant C as client
  participant A as authorization server
  participant R as resource
  Note over B,R: dotted lines go through the browser, solid ones are between client and server alone
`

/** A sequence diagram for wherever Mermaid is drawn: wikis, issues, READMEs. */
export const mermaid: Report = {
  format: 'mermaid',
  extension: 'mmd',
  render: (transcript) => HEAD + linesOf(transcript).map((line) => `  ${drawn(line)}\n`).join(''),
}

function drawn(line: Line): string {
  switch (line.kind) {
    case 'step': {
      const { step, title, channel } = line.step
      return `Note over B,R: ${harmless(`${step} ${title}, ${channel} channel`)}`
    }
    case 'note':
      return `Note over C: ${harmless(withMark(line))}`
    case 'arrow': {
      const says = line.detail === '' ? line.label : `${line.label}, ${line.detail}`
      return `${ID[line.from]}${shaft(line)}${ID[line.to]}: ${harmless(says)}`
    }
  }
}

function shaft({ channel, state }: ArrowLine): string {
  if (channel === 'local') return '->>'
  if (state === 'unseen') return '--)'
  const head = state === 'refused' ? 'x' : '>>'
  return channel === 'front' ? `--${head}` : `-${head}`
}

function withMark({ label, verdict }: NoteLine): string {
  return verdict === 'fail' ? `✗ ${label}` : label
}

const LONGEST = 100

/** Everything that Mermaid could read as syntax, a directive or markup becomes a numeric entity of its own kind. */
function harmless(text: string): string {
  const line = escape(clipped(text, LONGEST)).trim() || '-'
  return line.replace(/[^\p{L}\p{N} ,./()?=✗-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`)
}

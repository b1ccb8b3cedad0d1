import { marked } from './clip.ts'
import { displayWidth, padEnd, wrap } from './layout.ts'
import { block, type Pen } from './pen.ts'
import { shortSection } from './format.ts'

/** One finding of the doctor. */
export interface Finding {
  id: string
  family: string
  title: string
  status: 'pass' | 'warn' | 'fail' | 'undecided'
  found: string
  evidence?: readonly string[]
  fix?: string
  sure?: string
  section?: string
}

const MARGIN = 5
const LABEL = 10

/** One line where all is well; what is not opens up with its evidence and its fix. */
export function drawFinding(finding: Finding, before: string | undefined, pen: Pen): string {
  const heading = finding.family === before ? '' : `\n ${pen.bold(finding.family)}\n`
  const mark = markOf(finding.status, pen)
  const section = pen.text(shortSection(finding.section ?? ''))
  const title = finding.status === 'fail' || finding.status === 'warn' ? `not so: ${finding.title}` : finding.title
  const brief = isBrief(finding)
  const opened = brief ? [] : open(finding, pen)
  return `${heading}${[...line(mark, pen.prose(title), brief ? pen.text(finding.found) : '', section, pen), ...opened].join('\n')}\n`
}

/** Well, or left open by something that is told elsewhere. */
function isBrief({ status, evidence = [], fix }: Finding): boolean {
  return status === 'pass' || (status === 'undecided' && evidence.length === 0 && fix === undefined)
}

/** How many of each, and the one to begin with. */
export function drawSummary(findings: readonly Finding[], exit: number, pen: Pen): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const parts = [
    `${count('pass')} passed`,
    ...(count('fail') > 0 ? [`${count('fail')} failed`] : []),
    ...(count('warn') > 0 ? [`${count('warn')} to look at`] : []),
    ...(count('undecided') > 0 ? [`${count('undecided')} not decided`] : []),
  ].join(', ')
  const first = findings.find(({ status }) => status === 'fail')
  if (!first) return block([pen.dim(` ${parts}`)])
  const fix = first.fix === undefined ? [] : wrap(pen.prose(first.fix), pen.measure - 8).map((text, index) => ` ${index === 0 ? 'Try' : '   '}    ${text}`)
  const rule = wrap(pen.prose(`not so: ${first.title}`), pen.measure - 8).map((text, index) => pen.dim(` ${index === 0 ? 'Rule' : '    '}   ${text}`))
  const begin = wrap(pen.prose(`Begin with: ${first.found}`), pen.measure - 2).map((text) => ` ${pen.bold(text)}`)
  return block([pen.exposed(` ${parts}`), '', ...begin, ...rule, ...fix, pen.dim(` Read   authwalk explain ${first.id}`.padEnd(pen.measure - 7) + ` exit ${exit}`)])
}

function markOf(status: Finding['status'], pen: Pen): string {
  switch (status) {
    case 'pass':
      return pen.sheltered(pen.glyph.pass)
    case 'fail':
      return pen.exposed(pen.glyph.fail)
    case 'warn':
      return pen.exposed(pen.glyph.warn)
    case 'undecided':
      return pen.glyph.unknown
  }
}

function line(mark: string, title: string, found: string, section: string, pen: Pen): string[] {
  const room = pen.width - MARGIN
  const titles = wrap(title, room)
  const last = titles.at(-1) ?? ''
  const edge = displayWidth(last) + displayWidth(section) + 2
  const fits = section !== '' && edge <= room
  const free = room - displayWidth(last) - (fits ? displayWidth(section) + 2 : 0) - 3
  const beside = found === '' || free < 8 ? '' : ` ${pen.glyph.dot} ${pen.cut(found, free)}`
  const end = fits ? padEnd(beside, room - displayWidth(last) - displayWidth(section)) + section : beside
  return [...titles.slice(0, -1), end === '' ? last : last + pen.dim(end)].map((text, index) => (index === 0 ? `   ${mark} ${text}` : ' '.repeat(MARGIN) + text))
}

function open({ id, found, evidence = [], fix, sure }: Finding, pen: Pen): string[] {
  const room = pen.measure - MARGIN - LABEL
  const part = (label: string, text: string) =>
    wrap(pen.cut(pen.prose(text), 5 * room), room).map((one, index) => ' '.repeat(MARGIN) + padEnd(index === 0 ? label : '', LABEL) + one)
  return [
    ...part('found', found),
    ...evidence.flatMap((text, index) => (text.startsWith(' ') ? [' '.repeat(MARGIN + LABEL) + pen.prose(marked(text, room))] : part(index === 0 ? 'evidence' : '', text))),
    ...(fix === undefined ? [] : part('try', fix)),
    ...part('rule', sure === undefined ? id : `${id}, ${sure}`).map(pen.dim),
  ]
}

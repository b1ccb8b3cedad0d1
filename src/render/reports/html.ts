import { createHash } from 'node:crypto'
import type { Transcript } from '../../events.ts'
import { pageStyle } from '../page-style.ts'
import { factsOf } from '../story/facts.ts'
import { headlineOf } from '../story/headline.ts'
import { type Line, linesOf } from '../story/lines.ts'
import { narrow, sequence, wide } from '../svg/sequence.ts'
import { sequenceStyle } from '../svg/style.ts'
import { ledger } from './html/ledger.ts'
import { failure, facts, sights, waterfall } from './html/overview.ts'
import { type Html, text } from './html/parts.ts'
import { steps } from './html/steps.ts'
import { reportStyle } from './html/style.ts'
import { tokens } from './html/tokens.ts'
import type { Report } from './report.ts'

/** One file that asks nobody for anything: no script, and a policy that would let none run. */
export const html: Report = {
  format: 'html',
  extension: 'html',
  render(transcript) {
    const title = text(headlineOf(transcript))
    const known = factsOf(transcript)
    const sections = sectionsOf(transcript)
    const links = sections.map(({ id, heading }) => `<li><a href="#${id}">${heading}</a></li>`)
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="who"><strong>authwalk</strong> · one walk through the Authorization Code Flow</p>
<h1>${title.replaceAll(/(\d) /g, '$1&nbsp;')}</h1>
${facts(transcript, known)}
<nav aria-label="Contents"><ul>${links.join('')}</ul></nav>
</header>
<main>
${sections.map(({ id, heading, body }) => `<section id="${id}">\n<h2>${heading}</h2>\n${body}\n</section>`).join('\n')}
</main>
<footer><p>What stands in square brackets was taken out; equal fingerprints are equal values.</p></footer>
</body>
</html>
`
  },
}

const STYLE = pageStyle + sequenceStyle + reportStyle
const HASH = createHash('sha256').update(STYLE).digest('base64')
const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; img-src data:`

interface Section {
  id: string
  heading: string
  body: Html
}

function sectionsOf(transcript: Transcript): Section[] {
  const { events, outcome } = transcript
  const known = factsOf(transcript)
  const lines = linesOf(transcript)
  const href = (line: Line) => hrefOf(line, transcript)
  const picture = sequence(lines, wide, href) + sequence(lines, narrow, href)
  return [
    ...(outcome.error ? [{ id: 'fix', heading: 'What to fix first', body: failure(outcome.error, outcome.exit) }] : []),
    { id: 'picture', heading: 'The walk', body: `<p class="lede">Each line leads to its message.</p>\n${picture}` },
    { id: 'steps', heading: 'Step by step', body: steps(events) },
    { id: 'checks', heading: 'Ledger of checks', body: ledger(events) },
    { id: 'tokens', heading: 'Tokens', body: tokens(events, known.moment) },
    { id: 'sights', heading: 'Who saw what', body: sights(transcript) },
    { id: 'time', heading: 'Where the time went', body: waterfall(transcript, known) },
  ]
}

/** Checks have their place in the ledger, and the end in what to fix. */
function hrefOf({ event: index }: Line, { events, outcome }: Transcript): string | undefined {
  const event = events[index]
  if (!event) return outcome.error ? '#fix' : undefined
  return `#${event.type === 'check' ? 'c' : 'e'}${index}`
}

import { colours } from '../page-style.ts'
import { linesOf } from '../story/lines.ts'
import { sequence, wide } from '../svg/sequence.ts'
import { sequenceStyle } from '../svg/style.ts'
import type { Report } from './report.ts'

const ALONE = `
.sequence { background: var(--card); max-width: 62rem; margin: auto; }
`

/** The sequence diagram alone, for a slide or a page of documentation. */
export const svg: Report = {
  format: 'svg',
  extension: 'svg',
  render(transcript) {
    const drawn = sequence(linesOf(transcript), wide, () => undefined)
    return `${drawn.replace('>', `><style>${colours}${sequenceStyle}${ALONE}</style>`)}\n`
  },
}

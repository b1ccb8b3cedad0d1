import type { Look } from '../look.ts'
import { textRenderer } from '../text.ts'
import { momentOf } from '../story/facts.ts'
import type { Report } from './report.ts'

const PLAIN: Look = { width: 100, unicode: true, colour: false }

/** What a terminal shows, for a file. */
export const text: Report = {
  format: 'text',
  extension: 'txt',
  render({ events, outcome }) {
    const renderer = textRenderer(PLAIN, () => momentOf(events) ?? 0)
    return [...events.map(renderer.event), renderer.outcome(outcome)].join('')
  },
}

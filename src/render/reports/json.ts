import { escapeJson } from '../escape.ts'
import type { Report } from './report.ts'

/** The transcript itself, by `transcript.schema.json`, harmless for a terminal. */
export const json: Report = {
  format: 'json',
  extension: 'json',
  render: (transcript) => `${escapeJson(JSON.stringify(transcript, null, 2))}\n`,
}

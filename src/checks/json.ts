import type { Check } from '../check.ts'
import type { JsonReading } from '../oauth/json.ts'

/** Of every JSON body, whichever message it belongs to. Shown only where it objects. */
export const byteOrderMarkCheck: Check<Pick<JsonReading, 'byteOrderMark'>> = {
  id: 'json-bom',
  title: 'the JSON begins with its first character',
  section: 'RFC 8259 8.1',
  level: 'MUST',
  onFail: 'warn',
  why: 'Many parsers refuse a text that begins with one.',
  fix: 'Save the document without a byte order mark, or report it to whoever runs this server.',
  test: ({ byteOrderMark }) => ({ ok: !byteOrderMark, expected: '{', actual: byteOrderMark ? 'a byte order mark before it' : '{' }),
}

/** Measuring, wrapping and shortening of plain text. Styles come after it, so that they are never measured or cut. */

const ZERO_WIDTH = /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/u
const REGIONAL_INDICATOR = /\p{Regional_Indicator}/u
/** East Asian Wide and Fullwidth (UAX 11), and what a terminal draws as a picture. */
const WIDE = new RegExp(
  [
    '[\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97f\\uac00-\\ud7a3\\uf900-\\ufaff',
    '\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18cff}\\u{1aff0}-\\u{1b2ff}',
    '\\u{1f200}-\\u{1f265}\\u{20000}-\\u{3fffd}\\p{Emoji_Presentation}]',
  ].join(''),
  'u',
)

/** More code units than one column holds after `escape`, which lets no more than six marks pile up on a letter. */
const UNITS_PER_COLUMN = 16

/** Made when it is needed: it takes longer than drawing most screens. */
let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/**
 * Columns that a terminal needs for text that has been through `escape`. Code points are added up as terminals do it;
 * what joins them into one picture (ZWJ, variation selectors) has been written out by then.
 */
export function displayWidth(text: string): number {
  if (isAscii(text)) return text.length
  let width = 0
  for (const character of text) width += widthOfCodePoint(character)
  return width
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

function widthOfCodePoint(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0
  return WIDE.test(character) && !REGIONAL_INDICATOR.test(character) ? 2 : 1
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Takes out the middle of a text that is too wide: both ends are what people compare. */
export function shorten(text: string, room: number, ellipsis: string): string {
  if (displayWidth(text) <= room) return text
  const left = Math.max(0, room - displayWidth(ellipsis))
  const last = Math.floor(left / 3)
  return beginning(text, left - last) + ellipsis + ending(text, last)
}

/** Graphemes from the start, as many as fit. */
function beginning(text: string, room: number): string {
  let taken = ''
  let width = 0
  for (const { segment } of graphemes(text.slice(0, UNITS_PER_COLUMN * (room + 1)))) {
    width += displayWidth(segment)
    if (width > room) break
    taken += segment
  }
  return taken
}

/** Graphemes from the end, as many as fit. */
export function ending(text: string, room: number): string {
  if (room <= 0) return ''
  const segments = Array.from(graphemes(text.slice(-UNITS_PER_COLUMN * (room + 1))), ({ segment }) => segment)
  let start = segments.length
  let width = 0
  while (start > 0) {
    width += displayWidth(segments[start - 1] ?? '')
    if (width > room) break
    start -= 1
  }
  return segments.slice(start).join('')
}

/** Lines of at most `width` columns, broken at spaces, and inside a word only where it is wider than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (displayWidth(joined) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = broken(word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

/** Pieces of at most `width` columns: for what has no spaces, or where every character counts. */
export function broken(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text]
  if (isAscii(text)) return text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const { segment } of graphemes(text)) {
    const wide = displayWidth(segment)
    if (used + wide > width && piece !== '') {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += segment
    used += wide
  }
  return [...pieces, piece]
}

/** `left` and `right` at both ends of a line of `width` columns; undefined where they don't fit. */
export function spread(left: string, right: string, width: number): string | undefined {
  const gap = width - displayWidth(left) - displayWidth(right)
  return gap < 2 ? undefined : left + ' '.repeat(gap) + right
}

export interface Glyphs {
  /** Shafts of the arrows, by what they run through. */
  front: string
  back: string
  /** Inside this machine: no network. */
  local: string
  right: string
  left: string
  /** Under the name of a party. */
  lane: string
  pass: string
  fail: string
  warn: string
  skip: string
  /** To the left of what somebody else says. */
  bar: string
  saw: string
  not: string
  unknown: string
  ellipsis: string
  dot: string
}

export const unicodeGlyphs: Glyphs = {
  front: '∿',
  back: '━',
  local: '─',
  right: '▶',
  left: '◀',
  lane: '│',
  pass: '✓',
  fail: '✗',
  warn: '!',
  skip: '–',
  bar: '┃',
  saw: '●',
  not: '·',
  unknown: '○',
  ellipsis: '…',
  dot: '·',
}

export const asciiGlyphs: Glyphs = {
  front: '~',
  back: '=',
  local: '-',
  right: '>',
  left: '<',
  lane: '|',
  pass: '+',
  fail: 'x',
  warn: '!',
  skip: '-',
  bar: '|',
  saw: '*',
  not: '.',
  unknown: '?',
  ellipsis: '...',
  dot: '-',
}

/** Twins of the punctuation in our own sentences. */
export const asciiPunctuation: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '·': '-',
  '→': '->',
}

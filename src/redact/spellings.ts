/** Shorter values occur in other words by chance. No spelling is shorter than its value. */
export const SHORTEST = 6

/** The value as it is, percent-, form-, JSON-, base64-, base64url- and hex-encoded. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value)
  const percent = [encodeURIComponent(bytes.toString()), new URLSearchParams([['', value]]).toString().slice(1)]
  const hex = bytes.toString('hex')
  return [...new Set([
    value,
    ...percent,
    ...percent.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase())),
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(JSON.stringify(value)).slice(3, -3),
    hex,
    hex.toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),
  ])]
}

/** A value to be taken out, in all its spellings. */
interface Findable {
  name: string
  placeholder: string
  spellings: string[]
}

/** Values that are taken out of texts. How long that takes depends on the text, and hardly on how many they are. */
export interface Search {
  /** @param value `SHORTEST` characters or more */
  add(name: string, value: string, placeholder: string): void
  /** The text with placeholders for the values whose name is `hidden`. */
  replaced(text: string, hidden: (name: string) => boolean): string
}

export function createSearch(): Search {
  const byStart = new Map<string, Set<Findable>>()

  function candidates(text: string): Findable[] {
    const found = new Set<Findable>()
    for (let at = 0; at <= text.length - SHORTEST; at += 1) {
      for (const findable of byStart.get(text.slice(at, at + SHORTEST)) ?? NONE) found.add(findable)
    }
    return [...found]
  }

  return {
    add(name, value, placeholder) {
      const findable = { name, placeholder, spellings: spellings(value) }
      for (const spelling of findable.spellings) {
        const start = spelling.slice(0, SHORTEST)
        byStart.set(start, (byStart.get(start) ?? new Set()).add(findable))
      }
    },
    replaced(text, hidden) {
      const spans = readings(text).flatMap((reading) => candidates(reading.text).filter(({ name }) => hidden(name)).flatMap((secret) => found(reading, secret)))
      return spans.length === 0 ? text : without(spans, text)
    },
  }
}

const NONE: readonly Findable[] = []

interface Span {
  from: number
  to: number
  placeholder: string
}

/** Where two spellings overlap, the first one's placeholder stands for both. No regular expression holds a long token. */
function without(spans: readonly Span[], text: string): string {
  let result = ''
  let at = 0
  for (const { from, to, placeholder } of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= at) result += text.slice(at, from) + placeholder
    at = Math.max(at, to)
  }
  return result + text.slice(at)
}

/** A text, and for each of its characters where it begins in the text that is shown. */
interface Reading {
  text: string
  start: (index: number) => number
}

const ESCAPED = /\\u([0-9a-f]{4})|\\\//gi

/** The text as it is, and as it is read where it is JSON: any character may be written as `\u0041` there. */
function readings(text: string): Reading[] {
  const asItIs: Reading = { text, start: (index) => index }
  if (!/\\[u/]/.test(text)) return [asItIs]
  const starts = new Uint32Array(text.length + 1)
  let length = 0
  let read = 0
  const plain = text.replace(ESCAPED, (whole, hex: string | undefined, at: number) => {
    while (read <= at) starts[length++] = read++
    read = at + whole.length
    return hex === undefined ? '/' : String.fromCharCode(Number.parseInt(hex, 16))
  })
  while (read <= text.length) starts[length++] = read++
  return [asItIs, { text: plain, start: (index) => starts[index] ?? text.length }]
}

function found({ text, start }: Reading, { spellings, placeholder }: Findable): Span[] {
  return spellings.flatMap((spelling) => {
    const spans: Span[] = []
    for (let at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + spelling.length)) {
      spans.push({ from: start(at), to: start(at + spelling.length), placeholder })
    }
    return spans
  })
}

/** The characters that a value always has inside a longer base64 text, at one of three alignments. */
function inBase64(bytes: Buffer, offset: number): string[] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  const start = Math.ceil((offset * 8) / 6)
  const end = Math.floor(((offset + bytes.length) * 8) / 6)
  const core = padded.slice(start, end)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}

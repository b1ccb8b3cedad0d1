/** Where two texts part: the index of the first character that differs, or undefined. */
export function differsAt(one: string, other: string): number | undefined {
  if (one === other) return undefined
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}

/** A line of a narrow terminal takes as much beside its margins and names. */
const LONGEST = 46
/** What of the common beginning stays before the character that differs. */
const BEFORE = 18

/** Both texts, and under them a mark at the first character that differs. Long ones are shown around that place. */
export function shownDifference(asked: string, found: string, [first, second]: readonly [string, string]): string[] {
  const at = differsAt(asked, found)
  if (at === undefined) return []
  const start = Math.max(asked.length, found.length) <= LONGEST ? 0 : Math.max(0, at - BEFORE)
  const around = (text: string) => `${start > 0 ? '…' : ''}${text.slice(start, start + LONGEST)}${text.length > start + LONGEST ? '…' : ''}`
  const width = Math.max(first.length, second.length) + 2
  const mark = width + at - start + (start > 0 ? 1 : 0)
  return [`${first.padEnd(width)}${around(asked)}`, `${second.padEnd(width)}${around(found)}`, `${' '.repeat(mark)}^ character ${at + 1}`]
}

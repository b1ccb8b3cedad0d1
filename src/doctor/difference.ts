/** Where two texts part: the index of the first character that differs, or undefined. */
export function differsAt(one: string, other: string): number | undefined {
  if (one === other) return undefined
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}

/** Both texts, and under them a mark at the first character that differs. */
export function shownDifference(asked: string, found: string, [first, second]: readonly [string, string]): string[] {
  const at = differsAt(asked, found)
  if (at === undefined) return []
  const width = Math.max(first.length, second.length) + 2
  return [`${first.padEnd(width)}${asked}`, `${second.padEnd(width)}${found}`, `${' '.repeat(width + at)}^ character ${at + 1}`]
}
